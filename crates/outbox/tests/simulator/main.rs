//! The very engine of the page against the very accept function of the endpoint, with everything
//! in between that a street can do to them.
//!
//! One seed is one run: two phones, a network that loses, repeats, delays and lies, a server that
//! dies in the middle of a commit, people who edit what is under way. Then the network heals, time
//! passes, and everything that was sealed must be where it belongs. `POSHANG_SEEDS` sets how many
//! seeds are run, or which; a seed that fails is printed with its whole story, and replays.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what it found")]

/// What a tab does for its engine: storage and requests, and what fails there.
mod acts;
/// What must hold at every moment and in the end.
mod checker;
/// After the storm: the network is good, and time passes.
mod healing;
/// Everything that is between the phones and the server.
mod network;
/// What people do, and what they do while something is under way.
mod person;
/// A phone: what is on its disk, and the tabs that are open.
mod phone;
/// Runs of many seeds.
mod runs;
/// The real endpoint on a database that survives its crashes.
mod server;
/// Tabs that open, close and die; timers and clocks.
mod tabs;
/// Single accidents, told from beginning to end.
mod tales;
/// What happened, counted.
mod tally;
/// What becomes of requests and answers on their way.
mod travel;
/// Who acts next.
mod world;

use runs::{Mutation, run_all, seeds};
use tally::Fault;
use world::World;

#[test]
fn no_seed_loses_doubles_or_overwrites_anything() {
    let run = run_all(seeds(10_000), Mutation::NONE);
    println!("{} seeds, {} a second; {}", run.seeds, run.a_second(), run.tally);
    if let Some((seed, violation)) = run.first() {
        panic!("seed {seed}: {violation}\n{}", World::story(seed, Mutation::NONE));
    }
    assert!(run.tally.delivered > run.seeds, "a run that delivers nothing proves nothing");
}

#[test]
fn every_rule_that_is_switched_off_is_noticed() {
    let seeds = seeds(500).end.clamp(500, 1_000);
    assert!(Mutation::ALL.len() >= 12);
    for mutation in Mutation::ALL {
        let run = run_all(0..seeds, mutation);
        println!("without {}: {}", mutation.name, run.by_class());
        let found = run.seeds_with(mutation.breaks);
        assert!(found > 0, "nobody noticed {} in {seeds} seeds", mutation.name);
    }
}

#[test]
fn a_seed_replays_itself() {
    for seed in [1, 7, 4_242] {
        let story = World::story(seed, Mutation::NONE);
        assert_eq!(story, World::story(seed, Mutation::NONE));
        assert!(story.lines().count() > 100);
    }
}

// After a restore an answer of the storm came late and took the place of the only greeting, or the endpoint
// was busy when a phone asked what it misses. The run ended there, with a receipt of the life before.
#[test]
fn a_phone_whose_greeting_an_old_answer_took_greets_again_and_asks_until_it_is_told() {
    for seed in [28_016, 44_457, 92_216, 125_223] {
        let (violations, _) = World::run(seed, Mutation::NONE);
        assert!(violations.is_empty(), "{}", World::story(seed, Mutation::NONE));
    }
}

/// A fault that never happens tests nothing.
#[test]
fn every_fault_happens() {
    let run = run_all(0..300, Mutation::NONE);
    for fault in Fault::ALL {
        assert!(run.tally.times(fault) > 0, "in {} seeds there was never {fault:?}", run.seeds);
    }
}
