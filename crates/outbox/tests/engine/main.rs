//! The engine's judgement, one sentence after the other, with answers made to measure and real keys.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

/// Login pages, lost answers, endpoints that ask for patience.
mod answers;
/// Who the phone is to the endpoint.
mod devices;
/// What the endpoint says that it has stored.
mod feed;
/// The bytes of the golden file.
mod golden;
/// A phone and an endpoint, each as small as a test needs.
mod harness;
/// An endpoint that is restored from a copy, and what it is offered then.
mod lives;
/// Photos over ways that are slow, cut, or know better.
mod pieces;
/// What a person is asked for, and what stops nobody else.
mod refusals;
/// What the endpoint fails over, and what goes on past it.
mod stumbles;
/// What a person takes back, and what travels all the same.
mod taken_back;
/// What leaves the phone by itself, and what never does.
mod tidy;
/// What proves a delivery, and whose word counts.
mod trust;
/// The order of a pass, its limits, its waits, its storage.
mod turns;
/// What the worker brings, and what the page makes of it.
mod worker;
