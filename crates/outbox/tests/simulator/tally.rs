use core::fmt;

/// Everything that happens to somebody, sooner or later.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    RequestLost,
    RequestRepeated,
    AnswerLost,
    AnswerCut,
    StaleAnswer,
    PatienceEnded,
    LoginPage,
    Busy,
    PhotoDamaged,
    ServerDied,
    PhoneDied,
    StorageFailed,
    SecondTab,
    WorkerBrought,
    EditedUnderWay,
    Undone,
    Withdrawn,
    NumberUndone,
    NumberWithdrawn,
    Overtaken,
    ClockJumped,
    PhoneCloned,
    DevicesForgotten,
    DeviceTaken,
    Restored,
    RowMissed,
    PieceSent,
    PieceCut,
    SlowDown,
    TooOld,
    AnswerForged,
    WordsLetGo,
}

impl Fault {
    pub const ALL: [Self; 32] = [
        Self::RequestLost,
        Self::RequestRepeated,
        Self::AnswerLost,
        Self::AnswerCut,
        Self::StaleAnswer,
        Self::PatienceEnded,
        Self::LoginPage,
        Self::Busy,
        Self::PhotoDamaged,
        Self::ServerDied,
        Self::PhoneDied,
        Self::StorageFailed,
        Self::SecondTab,
        Self::WorkerBrought,
        Self::EditedUnderWay,
        Self::Undone,
        Self::Withdrawn,
        Self::NumberUndone,
        Self::NumberWithdrawn,
        Self::Overtaken,
        Self::ClockJumped,
        Self::PhoneCloned,
        Self::DevicesForgotten,
        Self::DeviceTaken,
        Self::Restored,
        Self::RowMissed,
        Self::PieceSent,
        Self::PieceCut,
        Self::SlowDown,
        Self::TooOld,
        Self::AnswerForged,
        Self::WordsLetGo,
    ];
}

/// How often each fault happened, and how much was delivered all the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub delivered: u64,
    times: [u64; Fault::ALL.len()],
}

impl Tally {
    pub fn count(&mut self, fault: Fault) {
        self.times[fault as usize] += 1;
    }

    pub fn times(&self, fault: Fault) -> u64 {
        self.times[fault as usize]
    }

    pub fn add(&mut self, other: &Self) {
        self.delivered += other.delivered;
        for (times, more) in self.times.iter_mut().zip(other.times) {
            *times += more;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} delivered", self.delivered)?;
        Fault::ALL.iter().try_for_each(|fault| write!(f, ", {fault:?} {}", self.times(*fault)))
    }
}
