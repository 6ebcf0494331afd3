use outbox::{Input, Why};

use crate::{network::Letter, phone::WaitsFor, tally::Fault, world::World};

/// The most time that passes until everything must be delivered, in timers that ring.
const PATIENCE: usize = 60;

impl World {
    /// The network is good again, the server is up, and time passes.
    pub(crate) fn heal(&mut self) {
        self.clear_sky();
        self.tell(|| "--- the sky clears ---".to_owned());
        let woken = self.percent(50);
        for phone in 0..2 {
            // What the worker has brought, only a page can check.
            self.phones[phone].tabs.retain(|tab| !tab.is_worker);
            if self.phones[phone].tabs.is_empty() {
                self.open_tab(phone);
            } else if woken || self.tally.times(Fault::Restored) > 0 {
                self.input(phone, 0, Input::Wake(Why::Online));
            }
        }
        for _ in 0..PATIENCE {
            while self.something_moves() {}
            if self.all_is_done() {
                break;
            }
            self.time_goes_on();
        }
    }

    /// Time passes until then, whatever the weather.
    pub(crate) fn live_until(&mut self, ms: i64) {
        while self.now_ms < ms {
            while self.something_moves() {}
            self.time_goes_on();
        }
    }

    /// Everything that can be done without waiting is done. Returns whether there was anything.
    pub(crate) fn something_moves(&mut self) -> bool {
        let mut moved = false;
        for phone in 0..2 {
            for tab in 0..self.phones[phone].tabs.len() {
                moved |= self.act(phone, tab);
                moved |= self.hears_nothing(phone, tab);
            }
        }
        let group: Vec<Letter> = self.network.requests.drain(..).collect();
        moved |= !group.is_empty();
        for letter in group {
            self.serve(vec![letter], false);
        }
        for (to, answer) in core::mem::take(&mut self.network.answers) {
            moved = true;
            self.deliver(to, answer);
        }
        moved
    }

    /// What a tab waits for was lost before the sky cleared.
    fn hears_nothing(&mut self, phone: usize, tab: usize) -> bool {
        let WaitsFor::Answer(no) = self.phones[phone].tabs[tab].waits_for else { return false };
        let lost = !self.network.carries(no);
        if lost {
            self.give_up_waiting(phone, tab);
        }
        lost
    }

    /// Nothing is left to send or to ask, and no phone rests on what an earlier life of the server
    /// confirmed. (An answer of the storm that comes late may take the place of the only greeting.)
    fn all_is_done(&self) -> bool {
        let epoch = self.server.epoch();
        self.phones.iter().map(|phone| &phone.storage).all(|storage| {
            let finished = !storage.rows.values().any(|row| storage.record.loads(row));
            finished && (storage.record.is_in(epoch) || storage.rows.is_empty())
        })
    }

    /// The next timer rings. Where there is none, the network goes and comes back: a page that nothing
    /// waits on greets again then, or when it is opened anew, and not when somebody only looks at it.
    fn time_goes_on(&mut self) {
        let tabs = self.phones.iter().flat_map(|phone| &phone.tabs);
        match tabs.filter_map(|tab| tab.timer_ms).min() {
            Some(next) => {
                self.now_ms = self.now_ms.max(next);
                self.ring_timers();
            }
            None => (0..2).for_each(|phone| self.input(phone, 0, Input::Wake(Why::Online))),
        }
    }
}
