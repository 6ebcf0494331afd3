use outbox::{Input, Now};
use rand::{Rng as _, SeedableRng as _, rngs::SmallRng, seq::IndexedRandom as _};

use crate::{
    checker::{Checker, Violation},
    network::Network,
    phone::{Phone, Storage, WaitsFor},
    runs::Mutation,
    server::Server,
    tally::Tally,
};

/// Steps of a run before it heals.
const STEPS: usize = 150;
/// 2026-11-23, a Monday morning in Chongqing.
const MORNING_MS: i64 = 1_795_392_000_000;
/// Characters of a line of the story.
const LINE: usize = 400;

/// Two phones, a network, a server, and whoever checks them. Everything follows from the seed.
pub struct World {
    pub(crate) rng: SmallRng,
    /// The true time, which nobody in here can read but the server.
    pub(crate) now_ms: i64,
    pub(crate) mutation: Mutation,
    pub(crate) phones: [Phone; 2],
    pub(crate) network: Network,
    pub(crate) server: Server,
    pub(crate) checker: Checker,
    pub(crate) tally: Tally,
    pub(crate) weather: Weather,
    pub(crate) last_tab: u32,
    story: Option<String>,
}

/// How bad it is, in percent. Some seeds are calm: there other things happen.
#[derive(Default)]
pub(crate) struct Weather {
    pub(crate) loss: u32,
    pub(crate) repeats: u32,
    pub(crate) lies: u32,
    pub(crate) busy: u32,
    pub(crate) disk: u32,
    pub(crate) crashes: u32,
    /// The server's disk is copied, or lost.
    pub(crate) disasters: u32,
}

impl Weather {
    fn of(rng: &mut SmallRng) -> Self {
        let mut one_of = |percents: &[u32]| *percents.choose(rng).unwrap();
        Self {
            loss: one_of(&[0, 5, 20, 50]),
            repeats: one_of(&[0, 10, 40]),
            lies: one_of(&[0, 3, 15]),
            busy: one_of(&[0, 3, 15]),
            disk: one_of(&[0, 1, 5]),
            crashes: one_of(&[0, 3, 12]),
            disasters: one_of(&[0, 0, 7]),
        }
    }
}

impl World {
    /// Runs a seed to its end.
    pub fn run(seed: u64, mutation: Mutation) -> (Vec<Violation>, Tally) {
        let world = Self::new(seed, mutation, None).lived();
        (world.checker.violations, world.tally)
    }

    /// Runs a seed again and tells what happened, line by line.
    pub fn story(seed: u64, mutation: Mutation) -> String {
        Self::new(seed, mutation, Some(String::new())).lived().story.unwrap_or_default()
    }

    fn new(seed: u64, mutation: Mutation, story: Option<String>) -> Self {
        let mut rng = SmallRng::seed_from_u64(seed);
        let weather = Weather::of(&mut rng);
        let phone = || Phone { storage: Storage::default(), tabs: Vec::new(), skew_ms: 0 };
        Self {
            rng,
            now_ms: MORNING_MS,
            mutation,
            phones: [phone(), phone()],
            network: Network::default(),
            server: Server::new(mutation, MORNING_MS),
            checker: Checker::default(),
            tally: Tally::default(),
            weather,
            last_tab: 0,
            story,
        }
    }

    /// Two phones on a quiet day: only what a tale tells happens.
    pub fn calm() -> Self {
        let mut world = Self::new(1, Mutation::NONE, None);
        world.clear_sky();
        world
    }

    /// The storm, the calm after it, and the last look.
    fn lived(mut self) -> Self {
        if self.percent(10) {
            self.clone_a_phone();
        }
        for _ in 0..STEPS {
            self.step();
        }
        self.checker.looks_at(&self.server);
        self.heal();
        let storages = [&self.phones[0].storage, &self.phones[1].storage];
        self.checker.in_the_end(&storages, &self.server);
        if self.checker.violations.is_empty() {
            self.tally.delivered = self.checker.count() as u64;
        }
        self
    }

    /// One thing happens.
    fn step(&mut self) {
        let phone = self.rng.random_range(0..2);
        if self.percent(self.weather.disasters) {
            return self.disaster_or_its_remedy();
        }
        match self.rng.random_range(0..100) {
            0..3 => self.person_seals(phone),
            3..5 => self.person_edits(phone),
            5..6 => self.person_takes_back(phone),
            6..9 => self.wake(phone),
            9..11 => self.open_tab(phone),
            11..13 => self.time_passes(),
            13..14 => self.wake_worker(phone),
            14..16 => self.server.is_up = true,
            16..17 => self.rare_things(phone),
            17..98 => self.something_goes_on(),
            _ => self.patience_ends(phone),
        }
    }

    /// Whoever can do something does it: a tab, a request, an answer.
    fn something_goes_on(&mut self) {
        let ready = self.ready_tabs();
        let (requests, answers) = (self.network.requests.len(), self.network.answers.len());
        let all = ready.len() + requests + answers;
        if all == 0 {
            let phone = self.rng.random_range(0..2);
            return if self.percent(5) { self.person_seals(phone) } else { self.wake(phone) };
        }
        let who = self.rng.random_range(0..all);
        if let Some((phone, tab)) = ready.get(who) {
            self.act(*phone, *tab);
        } else if who < ready.len() + requests {
            self.a_request_travels();
        } else {
            self.an_answer_travels();
        }
    }

    /// Tabs whose engine asked for something that is in the phone's own hands.
    fn ready_tabs(&self) -> Vec<(usize, usize)> {
        let tabs_of = |phone: usize| {
            let tabs = self.phones[phone].tabs.iter().enumerate();
            let ready = tabs.filter(|(_, tab)| matches!(tab.waits_for, WaitsFor::Effect(_)));
            ready.map(move |(tab, _)| (phone, tab))
        };
        (0..2).flat_map(tabs_of).collect()
    }

    fn rare_things(&mut self, phone: usize) {
        match self.rng.random_range(0..8) {
            0..2 => self.clock_jumps(phone),
            2..4 => self.close_tab(phone),
            4..6 => self.phone_dies(phone),
            6 => self.devices_are_forgotten(),
            _ => self.a_device_id_is_taken(phone),
        }
    }

    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.rng.random_range(0..100) < chance
    }

    /// Writes a line of the story, if anybody reads it.
    pub(crate) fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.extend(line().chars().take(LINE));
            story.push('\n');
        }
    }

    /// The clocks of a tab, and chance for it.
    pub(crate) fn clocks(&mut self, phone: usize, tab: usize) -> Now {
        let mut random = [0; 64];
        self.rng.fill(&mut random);
        let Phone { tabs, skew_ms, .. } = &self.phones[phone];
        tabs[tab].clocks(self.now_ms, *skew_ms, random)
    }

    /// A tab's engine takes something in.
    pub(crate) fn input(&mut self, phone: usize, tab: usize, input: Input) {
        let now = self.clocks(phone, tab);
        let told = self.story.is_some().then(|| format!("{input:?}"));
        let it = &mut self.phones[phone].tabs[tab];
        it.step(&now, self.now_ms, input);
        if let Some(input) = told {
            let line = format!("phone {phone} tab {}: {input} → {:?}", it.no, it.waits_for);
            self.tell(|| line);
        }
    }

    /// Weather that no seed chooses, and everybody heals.
    pub(crate) fn clear_sky(&mut self) {
        self.weather = Weather::default();
        self.server.is_up = true;
    }
}
