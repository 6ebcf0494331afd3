//! What is true on both sides of the wire. Pure: no I/O, no clock, no randomness.
//!
//! Read [`sealed`] first: it says what a phone fixes for ever when a person seals a report.

/// What the phone knows of its district.
pub mod pack;

/// Positions that carry their datum.
pub mod datum;
