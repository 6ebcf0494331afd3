//! What the phone remembers beside its rows.

use model::{
    base_map::BaseMap,
    base64::{Cursor, Token},
    hex::Epoch,
    ids::{DeviceId, ReportId},
    receipt::{Keyring, SignedKey},
    wire::{Hello, Mode, Operator},
};
use serde::{Deserialize, Serialize};

use crate::{Now, row::Row};

/// One record, changed only inside a transaction that reads it first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phone {
    /// This browser storage, as the endpoint knows it. Made with the first report that is sealed or
    /// read in.
    pub device: Option<Device>,
    /// The endpoint's keys, oldest first.
    #[serde(default)]
    pub keys: Keyring,
    /// The last greeting of the endpoint whose keys are stored.
    #[serde(default)]
    pub met: Option<Met>,
    /// An endpoint that came with other keys and waits for a person's word.
    #[serde(default)]
    pub stranger: Option<Stranger>,
    /// The endpoint has begun another life, and has yet to be asked what it misses of all that is
    /// kept here.
    #[serde(default)]
    pub asks: bool,
    /// How far the feed of this life of the endpoint was read: kept together with what it brought.
    #[serde(default)]
    pub cursor: Option<Cursor>,
    /// The highest millisecond an id was made from, so that ids rise when the clock goes back.
    #[serde(default)]
    pub last_id_ms: u64,
}

/// A device: who seals, and who sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What it proves itself with. Stored before the endpoint hears of it.
    pub token: Token,
    /// The number of the last thing it sealed.
    pub last_dseq: u64,
    /// The endpoint knows it.
    pub enrolled: bool,
}

/// What an endpoint said of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Met {
    /// Which life of its database.
    pub epoch: Epoch,
    /// Does anybody read what is sent?
    pub mode: Mode,
    /// Who does.
    pub operator: Option<Operator>,
    /// The highest `seq` known to be off its machine; none: no backup is configured.
    pub safe_upto: Option<u64>,
    /// Does it take contributions to the map?
    #[serde(default)]
    pub contributions: bool,
    /// Pictures that may be laid under the map.
    #[serde(default)]
    pub base_map: Option<BaseMap>,
    /// Its clock when it greeted, milliseconds since 1970.
    #[serde(default)]
    pub now_ms: i64,
}

/// An endpoint whose keys no stored key vouches for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stranger {
    /// What it says of itself.
    pub met: Met,
    /// Its keys.
    pub keys: Vec<SignedKey>,
}

impl From<&Hello> for Met {
    fn from(hello: &Hello) -> Self {
        Self {
            epoch: hello.epoch,
            mode: hello.mode,
            operator: hello.operator.clone(),
            safe_upto: hello.safe_upto,
            contributions: hello.contributions,
            base_map: hello.base_map.clone(),
            now_ms: hello.now.unix_ms,
        }
    }
}

impl Device {
    /// A new device: an id and a random token that nobody has heard of.
    pub fn new(now: &Now, id_ms: u64) -> Self {
        Self {
            id: DeviceId::new(id_ms, &now.bytes(0)),
            token: Token(now.bytes(10)),
            last_dseq: 0,
            enrolled: false,
        }
    }
}

/// Something that happened to the phone.
#[derive(Clone, Debug, PartialEq)]
pub enum PhoneChange {
    /// An endpoint greeted, and these are its keys now.
    Met(Met, Keyring),
    /// An endpoint with other keys greeted.
    Stranger(Stranger),
    /// In this life the endpoint was asked about all that is kept here.
    Asked(Epoch),
    /// The feed of this life was read so far; and up to which `seq` all is off its machine.
    Read(Epoch, Cursor, Option<u64>),
    /// The feed is to be read from its beginning.
    Unread,
    /// The endpoint knows this device.
    Enrolled(DeviceId),
    /// The endpoint does not know this device any more.
    Forgotten(DeviceId),
    /// What is sealed from now on is sealed by a new device.
    Renewed {
        /// The device that is given up.
        old: DeviceId,
        /// The device in its place.
        new: Device,
    },
}

impl Phone {
    /// Does anybody read what is sent? Before any greeting: nobody is known to.
    pub fn mode(&self) -> Mode {
        self.met.as_ref().map_or(Mode::Demo, |met| met.mode)
    }

    /// Who reads it.
    pub fn operator(&self) -> Option<&Operator> {
        self.met.as_ref().filter(|met| met.mode != Mode::Demo)?.operator.as_ref()
    }

    /// A millisecond for a new id: each is later than the last, even when the clock goes back, so
    /// that two ids of one moment differ.
    pub fn id_ms(&mut self, now_ms: i64) -> u64 {
        let ms = u64::try_from(now_ms).unwrap_or(0).max(self.last_id_ms.saturating_add(1));
        self.last_id_ms = ms;
        ms
    }

    /// Its device, made now if there is none: whoever seals or sends needs one.
    pub fn needs_device(&mut self, now: &Now) -> &mut Device {
        let id_ms = self.id_ms(now.ms);
        self.device.get_or_insert_with(|| Device::new(now, id_ms))
    }

    /// An id for a new report.
    pub fn new_id(&mut self, now: &Now) -> ReportId {
        ReportId::new(self.id_ms(now.ms), &now.bytes(42))
    }

    /// Takes in what happened. A second time changes nothing.
    pub fn apply(&mut self, change: &PhoneChange) {
        match change {
            PhoneChange::Met(met, keys) => self.meet(met.clone(), keys),
            PhoneChange::Stranger(stranger) => self.stranger = Some(stranger.clone()),
            PhoneChange::Asked(epoch) => self.asks &= !self.is_in(*epoch),
            PhoneChange::Read(epoch, next, safe_upto) => {
                if let Some(met) = self.met.as_mut().filter(|met| met.epoch == *epoch) {
                    met.safe_upto = *safe_upto;
                    self.cursor = Some(*next);
                }
            }
            PhoneChange::Unread => self.cursor = None,
            PhoneChange::Enrolled(id) => self.set_enrolled(*id, true),
            PhoneChange::Forgotten(id) => self.set_enrolled(*id, false),
            PhoneChange::Renewed { old, new } => {
                if self.device.as_ref().is_some_and(|device| device.id == *old) {
                    self.device = Some(new.clone());
                }
            }
        }
    }

    /// A person has read who the stranger says it is, and takes it: its keys are stored beside the
    /// old ones, so that old receipts still verify. Returns whether there was a stranger to take.
    pub fn accept_stranger(&mut self) -> bool {
        let Some(stranger) = self.stranger.take() else { return false };
        let accepted = self.keys.accept(&stranger.keys);
        if accepted {
            self.meet(stranger.met, &Keyring::default());
        }
        accepted
    }

    /// Keys are only ever added: a person may have accepted some in another tab meanwhile.
    fn meet(&mut self, met: Met, keys: &Keyring) {
        if !self.is_in(met.epoch) {
            self.asks |= self.met.is_some();
            self.cursor = None;
            if let Some(device) = &mut self.device {
                device.enrolled = false;
            }
        }
        self.stranger = None;
        self.keys.keep(keys);
        self.met = Some(met);
    }

    /// Is this the life of the endpoint that greeted last?
    pub fn is_in(&self, epoch: Epoch) -> bool {
        self.met.as_ref().is_some_and(|met| met.epoch == epoch)
    }

    /// Does an engine need this row? The unfinished ones; and while there is something to ask,
    /// those that are delivered and still whole here.
    pub fn loads(&self, row: &Row) -> bool {
        row.is_unfinished() || self.asks && row.is_delivered_and_whole()
    }

    fn set_enrolled(&mut self, id: DeviceId, enrolled: bool) {
        if let Some(device) = self.device.as_mut().filter(|device| device.id == id) {
            device.enrolled = enrolled;
        }
    }
}
