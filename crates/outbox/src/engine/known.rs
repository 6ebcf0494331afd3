use model::{
    receipt::Trust,
    wire::{Enrolled, Hello},
};

use super::{Effect, Engine};
use crate::{
    Now,
    exchange::{Answer, Verdict},
    phone::{Device, Met, PhoneChange, Stranger},
    row::{Row, WaitReason},
};

impl Engine {
    pub(super) fn greeted_with(&mut self, now: &Now, answer: &Answer) -> Vec<Effect> {
        let (hello, epoch) = match answer.read::<Hello>() {
            Verdict::Done(hello, epoch) => (hello, epoch),
            other => return self.failed(now, other),
        };
        if hello.epoch != epoch {
            return self.wait_all(now, WaitReason::NotAnAnswer, None);
        }
        let met = Met::from(&hello);
        let Some(trust) = (self.checks.greeting)(&self.phone.keys, &hello.keys) else {
            // Keys that this engine cannot judge: the page will hear the greeting itself.
            self.pass.end();
            return self.advance(now);
        };
        match trust {
            Trust::Known(keys) => {
                self.greeted = true;
                self.failures = 0;
                self.change_phone(PhoneChange::Met(met, keys))
            }
            Trust::Stranger => {
                let stranger = PhoneChange::Stranger(Stranger { met, keys: hello.keys });
                let mut changes = self.waits(now, WaitReason::OtherKeys, None);
                changes.phone.push(stranger);
                self.commit(changes)
            }
            Trust::Broken => self.wait_all(now, WaitReason::NotAnAnswer, None),
        }
    }

    pub(super) fn enrolled_with(&mut self, now: &Now, answer: &Answer) -> Vec<Effect> {
        let Some(device) = self.phone.device.clone() else { return self.give_up(now) };
        match answer.read::<Enrolled>() {
            Verdict::Done(enrolled, _) if enrolled.device == device.id => {
                self.renewed = false;
                self.change_phone(PhoneChange::Enrolled(device.id))
            }
            Verdict::Done(..) => self.wait_all(now, WaitReason::NotAnAnswer, None),
            Verdict::Refused(problem) if problem.status == 409 => self.renew_device(now, &device),
            other => self.failed(now, other),
        }
    }

    /// The endpoint does not know this token: it was restored, or is another one. So hear who it is
    /// before making the device known again, and do so once a pass.
    pub(super) fn token_refused(&mut self, now: &Now) -> Vec<Effect> {
        self.greeted = false;
        match self.phone.device.as_ref().map(|device| device.id) {
            Some(id) if self.pass.may_enrol_again() => {
                self.change_phone(PhoneChange::Forgotten(id))
            }
            _ => self.wait_all(now, WaitReason::TokenRefused, None),
        }
    }

    pub(super) fn renew_device(&mut self, now: &Now, device: &Device) -> Vec<Effect> {
        if core::mem::replace(&mut self.renewed, true) || !self.rules.renew_device {
            self.renewed = false;
            return self.wait_all(now, WaitReason::TokenRefused, None);
        }
        let new = Device::new(now, self.phone.id_ms(now.ms));
        self.change_phone(PhoneChange::Renewed { old: device.id, new })
    }

    pub(super) fn renewal(&mut self, now: &Now) -> Option<PhoneChange> {
        let old = self.phone.device.as_ref()?.id;
        let new = Device::new(now, self.phone.id_ms(now.ms));
        Some(PhoneChange::Renewed { old, new })
    }

    /// Rows of a device that was given up long ago say nothing about the one in its place.
    pub(super) fn is_of_this_device(&self, row: &Row) -> bool {
        self.phone.device.as_ref().is_some_and(|device| row.sealed_by() == Some(device.id))
    }
}
