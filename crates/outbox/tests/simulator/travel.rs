use outbox::{
    Input,
    exchange::{Answer, Body},
};
use rand::{Rng as _, seq::IndexedRandom as _};

use crate::{
    network::{Asker, Letter, cut_short, forged, login_page},
    phone::WaitsFor,
    server::Arrived,
    tally::Fault,
    world::World,
};

impl World {
    /// Some requests reach the server together, or something else becomes of one.
    pub(crate) fn a_request_travels(&mut self) {
        let Some(letter) = self.any_letter() else { return };
        let to = letter.from;
        let is_piece = matches!(letter.request.body, Body::Piece { .. });
        if is_piece && self.weather.loss > 0 && self.percent(40) {
            self.a_piece_is_cut(letter);
        } else if self.percent(self.weather.loss) {
            self.tally.count(Fault::RequestLost);
            self.tell(|| format!("request {} is lost", to.no));
        } else if self.percent(self.weather.lies) {
            self.tally.count(Fault::LoginPage);
            self.network.answers.push((to, login_page()));
        } else if self.percent(self.weather.busy) {
            let (fault, status, slug) = *[
                (Fault::Busy, 503, "busy"),
                (Fault::SlowDown, 429, "slow-down"),
                (Fault::TooOld, 426, "upgrade"),
            ]
            .choose(&mut self.rng)
            .unwrap();
            self.tally.count(fault);
            let mut busy = self.server.refusal(status, slug);
            busy.retry_after = (status != 426).then(|| self.rng.random_range(0..7_200));
            self.network.answers.push((to, Answer::Reply(busy)));
        } else {
            let mut group = vec![letter];
            while self.percent(30)
                && let Some(letter) = self.any_letter()
            {
                group.push(letter);
            }
            let repeats = self.weather.repeats;
            for letter in &group {
                if self.percent(repeats) {
                    self.tally.count(Fault::RequestRepeated);
                    self.network.requests.push(letter.clone());
                }
            }
            self.arrive(group);
        }
    }

    /// The connection breaks in the middle of a piece: what came before is there, and nobody is told.
    fn a_piece_is_cut(&mut self, mut letter: Letter) {
        self.tally.count(Fault::PieceCut);
        let (to, whole) = (letter.from, letter.bytes.as_ref().map_or(0, Vec::len));
        let came = self.rng.random_range(0..=whole);
        letter.bytes.iter_mut().for_each(|bytes| bytes.truncate(came));
        self.serve(vec![letter], false);
        self.network.answers.retain(|(other, _)| *other != to);
        self.network.answers.push((to, Answer::Unreachable));
    }

    fn any_letter(&mut self) -> Option<Letter> {
        let letters = self.network.requests.len();
        let at = (letters > 0).then(|| self.rng.random_range(0..letters))?;
        Some(self.network.requests.swap_remove(at))
    }

    /// The server gets a group of requests.
    fn arrive(&mut self, group: Vec<Letter>) {
        let dies = self.percent(self.weather.crashes);
        self.serve(group, dies);
    }

    pub(crate) fn serve(&mut self, group: Vec<Letter>, dies: bool) {
        let to: Vec<Asker> = group.iter().map(|letter| letter.from).collect();
        if !self.server.is_up {
            let nobody = to.into_iter().map(|to| (to, Answer::Unreachable));
            return self.network.answers.extend(nobody);
        }
        let mut arrived = Vec::new();
        for Letter { from, request, bytes } in group {
            arrived.push(Arrived { no: from.no, request, bytes: self.carried(bytes) });
        }
        let replies = self.server.serve(self.now_ms, arrived, dies);
        if !self.server.is_up {
            self.network.cut();
            self.tally.count(Fault::ServerDied);
        }
        let up = self.server.is_up;
        for (no, reply) in replies {
            self.tell(|| format!("the server answers {no} {}: {}", reply.status, reply.body));
            let to = to.iter().find(|to| to.no == no).unwrap();
            self.network.answers.push((*to, Answer::Reply(reply)));
        }
        self.tell(|| format!("after {to:?} the server is up: {up}"));
    }

    /// A proxy that thinks it knows better how a photo should look.
    fn carried(&mut self, bytes: Option<Vec<u8>>) -> Option<Vec<u8>> {
        let lies = self.weather.lies;
        let mut bytes = bytes?;
        if !bytes.is_empty() && self.percent(lies) {
            self.tally.count(Fault::PhotoDamaged);
            *bytes.last_mut().unwrap() ^= 1;
        }
        Some(bytes)
    }

    pub(crate) fn an_answer_travels(&mut self) {
        let answers = self.network.answers.len();
        if answers == 0 {
            return;
        }
        let at = self.rng.random_range(0..answers);
        let (to, mut answer) = self.network.answers.swap_remove(at);
        if self.percent(self.weather.repeats) {
            self.network.answers.push((to, answer.clone()));
        }
        if self.percent(self.weather.loss) {
            self.tally.count(Fault::AnswerLost);
            answer = Answer::Unreachable;
        } else if self.percent(self.weather.lies) {
            let forges = self.percent(50);
            self.tally.count(if forges { Fault::AnswerForged } else { Fault::AnswerCut });
            answer = if forges { forged(answer) } else { cut_short(answer) };
        }
        self.deliver(to, answer);
    }

    /// An answer reaches its tab. One that comes when nobody waits for it any more is told to the
    /// engine all the same, now and then: it must not believe it too much.
    pub(crate) fn deliver(&mut self, to: Asker, answer: Answer) {
        let tabs = &self.phones[to.phone].tabs;
        let Some(tab) = tabs.iter().position(|tab| tab.no == to.tab) else { return };
        let awaited = matches!(tabs[tab].waits_for, WaitsFor::Answer(no) if no == to.no);
        if awaited {
            self.phones[to.phone].tabs[tab].waits_for = WaitsFor::Nothing;
        } else if self.percent(70) {
            return;
        } else {
            self.tally.count(Fault::StaleAnswer);
        }
        self.input(to.phone, tab, Input::Answered(answer));
    }

    /// A tab waits no longer. Its request may still arrive, today or next week.
    pub(crate) fn patience_ends(&mut self, phone: usize) {
        let Some(tab) = self.any_tab(phone) else { return };
        self.give_up_waiting(phone, tab);
    }

    pub(crate) fn give_up_waiting(&mut self, phone: usize, tab: usize) {
        let it = &mut self.phones[phone].tabs[tab];
        if let WaitsFor::Answer(_) = it.waits_for {
            it.waits_for = WaitsFor::Nothing;
            self.tally.count(Fault::PatienceEnded);
            self.input(phone, tab, Input::Answered(Answer::Unreachable));
        }
    }
}
