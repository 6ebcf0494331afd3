use std::collections::{BTreeMap, BTreeSet};

use model::hex::{Boot, Digest};
use outbox::{
    Checks, Effect, Engine, Input, Now, Phone as Record, Row, RowKey, Rules,
    engine::Changes,
    row::RowChange,
    tidy::{is_safe, needs_photos, shrink},
};

/// A phone. Only what is in `storage` survives a crash.
pub struct Phone {
    pub storage: Storage,
    pub tabs: Vec<Tab>,
    /// How far its clock is off, milliseconds.
    pub skew_ms: i64,
}

/// What is on the phone's disk.
#[derive(Clone, Default)]
pub struct Storage {
    pub record: Record,
    pub rows: BTreeMap<RowKey, Row>,
    pub blobs: BTreeMap<Digest, Vec<u8>>,
}

/// A page, or the worker: an engine, and what it waits for. Nothing of it is durable.
pub struct Tab {
    pub no: u32,
    /// It checks no signatures, and has no timer.
    pub is_worker: bool,
    pub engine: Engine,
    pub waits_for: WaitsFor,
    /// When its timer rings, by the true clock.
    pub timer_ms: Option<i64>,
    boot: Boot,
    started_ms: i64,
}

/// What a tab waits for.
#[derive(Clone, Debug)]
pub enum WaitsFor {
    /// Nothing: the engine rests.
    Nothing,
    /// That this is done.
    Effect(Effect),
    /// The answer to the request with this number.
    Answer(u64),
}

impl Storage {
    /// What an engine loads, rows oldest first.
    pub fn load(&self) -> Input {
        let rows = self.rows.values().filter(|row| self.record.loads(row)).cloned().collect();
        Input::Loaded(Box::new(self.record.clone()), rows)
    }

    /// One transaction: each is read, changed and written back, or none if one of them is about
    /// other bytes than those that stand there now, or about another life of the endpoint.
    pub fn commit(&mut self, changes: &Changes, checks: bool) -> Input {
        let fits = |(key, change): &(RowKey, RowChange)| {
            self.rows.get(key).is_none_or(|row| change.fits(row))
        };
        if checks && !(changes.rows.iter().all(fits) && changes.fits(&self.record)) {
            return Input::Overtaken;
        }
        for (key, change) in &changes.rows {
            if let Some(row) = self.rows.get_mut(key) {
                row.apply(change);
            }
        }
        for change in &changes.phone {
            self.record.apply(change);
        }
        Input::Committed
    }
}

impl Storage {
    /// Lets go what may go. Returns how many rows did.
    pub fn tidy(&mut self, now_ms: i64, rules: Rules) -> usize {
        let Some(met) = &self.record.met else { return 0 };
        let safe = self.rows.values_mut().filter(|row| is_safe(row, met, now_ms, rules));
        let gone = safe.map(shrink).count();
        let rows = self.rows.values().filter(|row| needs_photos(row));
        let named: BTreeSet<_> = rows.flat_map(|row| &row.blobs).map(|it| it.sha256).collect();
        self.blobs.retain(|sha256, _| named.contains(sha256));
        gone
    }
}

impl Tab {
    pub fn open(no: u32, rules: Rules, boot: Boot, now_ms: i64) -> Self {
        Self {
            no,
            is_worker: false,
            engine: Engine::new(rules, Checks::ALL),
            waits_for: WaitsFor::Nothing,
            timer_ms: None,
            boot,
            started_ms: now_ms,
        }
    }

    pub fn worker(no: u32, rules: Rules, boot: Boot, now_ms: i64) -> Self {
        let engine = Engine::new(rules, Checks::BUT_SIGNATURES);
        Self { is_worker: true, engine, ..Self::open(no, rules, boot, now_ms) }
    }

    /// The clocks as this tab sees them.
    pub fn clocks(&self, true_ms: i64, skew_ms: i64, random: [u8; 64]) -> Now {
        Now {
            ms: true_ms + skew_ms,
            zone: 480,
            mono_ms: u64::try_from(true_ms - self.started_ms).unwrap(),
            boot: self.boot,
            random,
        }
    }

    /// Lets the engine take in what happened, and remembers what it asks for.
    pub fn step(&mut self, now: &Now, true_ms: i64, input: Input) {
        let mut effects = self.engine.step(now, input);
        assert!(effects.len() <= 1, "one thing at a time: {effects:?}");
        match effects.pop() {
            None => {}
            Some(Effect::Rest(until)) => {
                self.waits_for = WaitsFor::Nothing;
                let wait = |until: i64| until.saturating_sub(now.ms).clamp(0, HOUR_MS);
                let until = until.filter(|_| !self.is_worker);
                self.timer_ms = until.map(|until| true_ms + wait(until));
            }
            Some(effect) => self.waits_for = WaitsFor::Effect(effect),
        }
    }
}

/// The longest appointment that the page's timer keeps.
const HOUR_MS: i64 = 3_600_000;
