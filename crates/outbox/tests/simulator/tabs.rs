use model::hex::Boot;
use outbox::{Input, Why};
use rand::{Rng as _, seq::IndexedRandom as _};

use crate::{phone::Tab, tally::Fault, world::World};

const YEAR_MS: i64 = 365 * 86_400_000;

impl World {
    pub(crate) fn open_tab(&mut self, phone: usize) {
        if self.phones[phone].tabs.len() == 2 {
            return;
        }
        self.last_tab += 1;
        let boot = Boot(self.rng.random());
        let tab = Tab::open(self.last_tab, self.mutation.phone, boot, self.now_ms);
        self.phones[phone].tabs.push(tab);
        if self.phones[phone].tabs.len() == 2 {
            self.tally.count(Fault::SecondTab);
        }
        let newest = self.phones[phone].tabs.len() - 1;
        self.input(phone, newest, Input::Wake(Why::Start));
    }

    /// The browser wakes the worker, page or no page.
    pub(crate) fn wake_worker(&mut self, phone: usize) {
        if self.phones[phone].tabs.len() == 2 {
            return self.wake(phone);
        }
        self.last_tab += 1;
        let boot = Boot(self.rng.random());
        let worker = Tab::worker(self.last_tab, self.mutation.phone, boot, self.now_ms);
        self.phones[phone].tabs.push(worker);
        let newest = self.phones[phone].tabs.len() - 1;
        self.input(phone, newest, Input::Wake(Why::Online));
    }

    /// What is safe goes, as at each start of a page.
    pub(crate) fn tidy(&mut self, phone: usize) {
        let Some(tab) = self.any_tab(phone) else { return };
        let now_ms = self.clocks(phone, tab).ms;
        if self.phones[phone].storage.tidy(now_ms, self.mutation.phone) > 0 {
            self.tally.count(Fault::WordsLetGo);
            self.tell(|| format!("phone {phone} lets go what is safe"));
        }
    }

    pub(crate) fn close_tab(&mut self, phone: usize) {
        if let Some(tab) = self.any_tab(phone) {
            let closed = self.phones[phone].tabs.remove(tab).no;
            self.tell(|| format!("phone {phone} tab {closed} is closed"));
        }
    }

    /// Its battery, or the browser: whatever it is, only what was committed stays.
    pub(crate) fn phone_dies(&mut self, phone: usize) {
        self.phones[phone].tabs.clear();
        self.tally.count(Fault::PhoneDied);
        self.tell(|| format!("phone {phone} dies"));
    }

    pub(crate) fn any_tab(&mut self, phone: usize) -> Option<usize> {
        let tabs = self.phones[phone].tabs.len();
        (tabs > 0).then(|| self.rng.random_range(0..tabs))
    }

    pub(crate) fn wake(&mut self, phone: usize) {
        let why = *[Why::Online, Why::Visible, Why::Timer, Why::Tap].choose(&mut self.rng).unwrap();
        match self.any_tab(phone) {
            Some(tab) => self.input(phone, tab, Input::Wake(why)),
            None => self.open_tab(phone),
        }
    }

    pub(crate) fn time_passes(&mut self) {
        let seconds = *[1, 10, 100, 1_000, 10_000, 1_000_000].choose(&mut self.rng).unwrap();
        self.now_ms += self.rng.random_range(0..seconds * 1_000);
        self.ring_timers();
    }

    /// Timers that are due ring.
    pub(crate) fn ring_timers(&mut self) {
        for phone in 0..2 {
            for tab in 0..self.phones[phone].tabs.len() {
                let it = &mut self.phones[phone].tabs[tab];
                if it.timer_ms.is_some_and(|at| at <= self.now_ms) {
                    it.timer_ms = None;
                    self.input(phone, tab, Input::Wake(Why::Timer));
                }
            }
        }
    }

    /// Somebody sets a phone's clock, or the network does, or its battery was empty.
    pub(crate) fn clock_jumps(&mut self, phone: usize) {
        let range = *[60_000, 86_400_000, 12 * YEAR_MS].choose(&mut self.rng).unwrap();
        self.phones[phone].skew_ms = self.rng.random_range(-range..=range);
        self.tally.count(Fault::ClockJumped);
        let skew = self.phones[phone].skew_ms;
        self.tell(|| format!("phone {phone} is {skew} ms off"));
    }
}
