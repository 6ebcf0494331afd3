use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    panic::catch_unwind,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    checker::{Class, Violation},
    tally::Tally,
    world::World,
};

/// The machines the tests run on have two cores at least.
const THREADS: usize = 2;

/// A rule switched off, and what must come of it.
#[derive(Clone, Copy)]
pub struct Mutation {
    pub name: &'static str,
    pub phone: outbox::Rules,
    pub server: endpoint::Rules,
    /// What a phone commits is about the bytes that stand there at that moment.
    pub overtaken: bool,
    /// The server digests every photo.
    pub digest: bool,
    pub breaks: Class,
}

impl Mutation {
    const PHONE: outbox::Rules = outbox::Rules {
        seal: true,
        undo_before_tried: true,
        keep_until_receipt: true,
        whole_before_delivered: true,
        safe_before_remainder: true,
        hear_epoch: true,
        tried_first: true,
        prove: true,
        stored_device: true,
        renew_device: true,
    };
    const SERVER: endpoint::Rules =
        endpoint::Rules { unique_key: true, commit_before_answer: true, erase_withdrawn: true };

    /// All rules hold.
    pub const NONE: Self = Self {
        name: "nothing",
        phone: Self::PHONE,
        server: Self::SERVER,
        overtaken: true,
        digest: true,
        breaks: Class::Lost,
    };

    /// Each rule, alone.
    pub const ALL: [Self; 15] = [
        Self {
            name: "the unique key",
            server: endpoint::Rules { unique_key: false, ..Self::SERVER },
            breaks: Class::Doubled,
            ..Self::NONE
        },
        Self {
            name: "the seal",
            phone: outbox::Rules { seal: false, ..Self::PHONE },
            breaks: Class::Overwritten,
            ..Self::NONE
        },
        Self {
            name: "undoing only what has not left",
            phone: outbox::Rules { undo_before_tried: false, ..Self::PHONE },
            breaks: Class::Overwritten,
            ..Self::NONE
        },
        Self {
            name: "keeping until a receipt",
            phone: outbox::Rules { keep_until_receipt: false, ..Self::PHONE },
            breaks: Class::Lost,
            ..Self::NONE
        },
        Self {
            name: "the commit before the receipt",
            server: endpoint::Rules { commit_before_answer: false, ..Self::SERVER },
            breaks: Class::Lost,
            ..Self::NONE
        },
        Self {
            name: "`need: []` before 已送达",
            phone: outbox::Rules { whole_before_delivered: false, ..Self::PHONE },
            breaks: Class::Untrue,
            ..Self::NONE
        },
        Self {
            name: "asking what another epoch misses",
            phone: outbox::Rules { hear_epoch: false, ..Self::PHONE },
            breaks: Class::Lost,
            ..Self::NONE
        },
        Self {
            name: "keeping until it is off the machine",
            phone: outbox::Rules { safe_before_remainder: false, ..Self::PHONE },
            breaks: Class::Lost,
            ..Self::NONE
        },
        Self {
            name: "the mark before the first attempt",
            phone: outbox::Rules { tried_first: false, ..Self::PHONE },
            breaks: Class::Untried,
            ..Self::NONE
        },
        Self {
            name: "the proof of a receipt",
            phone: outbox::Rules { prove: false, ..Self::PHONE },
            breaks: Class::Unproven,
            ..Self::NONE
        },
        Self {
            name: "storing a device before it is made known",
            phone: outbox::Rules { stored_device: false, ..Self::PHONE },
            breaks: Class::Ghost,
            ..Self::NONE
        },
        Self {
            name: "a new device for one that is taken",
            phone: outbox::Rules { renew_device: false, ..Self::PHONE },
            breaks: Class::Stuck,
            ..Self::NONE
        },
        Self {
            name: "committing only about what stands there",
            overtaken: false,
            breaks: Class::Overwritten,
            ..Self::NONE
        },
        Self { name: "the digest of a photo", digest: false, breaks: Class::Untrue, ..Self::NONE },
        Self {
            name: "erasing a number that was taken back",
            server: endpoint::Rules { erase_withdrawn: false, ..Self::SERVER },
            breaks: Class::Kept,
            ..Self::NONE
        },
    ];
}

/// What came of many seeds.
pub struct Run {
    pub seeds: u64,
    pub tally: Tally,
    took: Duration,
    /// The violations of each seed that had any.
    broken: BTreeMap<u64, Vec<Violation>>,
}

impl Run {
    pub fn a_second(&self) -> u64 {
        let ms = self.took.as_millis().max(1);
        u64::try_from(u128::from(self.seeds) * 1_000 / ms).unwrap()
    }

    /// The first seed that broke something, and what.
    pub fn first(&self) -> Option<(u64, &Violation)> {
        let (seed, violations) = self.broken.iter().next()?;
        Some((*seed, violations.first()?))
    }

    /// How many seeds had a violation of this class.
    pub fn seeds_with(&self, class: Class) -> usize {
        let has = |violations: &&Vec<Violation>| violations.iter().any(|it| it.class == class);
        self.broken.values().filter(has).count()
    }

    /// How many of the seeds had which violation.
    pub fn by_class(&self) -> String {
        let mut seeds = BTreeMap::<Class, usize>::new();
        for violations in self.broken.values() {
            for class in violations.iter().map(|it| it.class).collect::<BTreeSet<Class>>() {
                *seeds.entry(class).or_default() += 1;
            }
        }
        format!("{} of {} seeds, {seeds:?}", self.broken.len(), self.seeds)
    }
}

/// The seeds that `POSHANG_SEEDS` asks for: so many from 0 up, or `500000..600000`, a part of a long run.
pub fn seeds(unless_said: u64) -> Range<u64> {
    let Ok(said) = std::env::var("POSHANG_SEEDS") else { return 0..unless_said };
    let number = |said: &str| said.parse().expect("POSHANG_SEEDS must be 10000 or 500000..600000");
    match said.split_once("..") {
        Some((from, to)) => number(from)..number(to),
        None => 0..number(&said),
    }
}

/// Runs the seeds on two threads.
pub fn run_all(seeds: Range<u64>, mutation: Mutation) -> Run {
    let begun = Instant::now();
    let next = AtomicU64::new(seeds.start);
    let found = Mutex::new((Tally::default(), BTreeMap::new()));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let (violations, tally) = run_one(seed, mutation);
                    let mut found = found.lock().unwrap();
                    found.0.add(&tally);
                    if !violations.is_empty() {
                        found.1.insert(seed, violations);
                    }
                }
            });
        }
    });
    let (tally, broken) = found.into_inner().unwrap();
    Run { seeds: seeds.end - seeds.start, tally, took: begun.elapsed(), broken }
}

/// A panic is told with its seed.
fn run_one(seed: u64, mutation: Mutation) -> (Vec<Violation>, Tally) {
    catch_unwind(|| World::run(seed, mutation)).unwrap_or_else(|_| {
        panic!("seed {seed} panicked");
    })
}
