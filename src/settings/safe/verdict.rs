//! Whether what was written today would survive this phone, this browser and this network. Pure:
//! findings in, one verdict out.

use crate::outbox::RESERVE_BYTES;

/// What was looked at. What a browser does not say is none, and none is never as good as well.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "findings that hold beside each other")]
pub(super) struct Findings {
    /// A probe was written into the storage, and what was read back is the same.
    pub kept: bool,
    /// Bytes that the browser would still give.
    pub room: Option<f64>,
    /// The browser has promised to keep the storage when it makes room.
    pub promised: Option<bool>,
    /// The page opens with no network.
    pub opens_offline: bool,
    /// The collecting point has the probe, and its receipt was verified.
    pub reached: bool,
    /// Another endpoint answers than last time, and nobody has agreed to it.
    pub stranger: bool,
    /// Nobody reads what is sent there.
    pub demo: bool,
    /// Sealed and not delivered, or waiting for the person; probes do not count.
    pub unsent: u32,
    /// Of these, such as wait for the person: nothing sends them before.
    pub needs_you: u32,
}

/// The one thing to say, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The storage does not keep what is written.
    NotKept,
    /// Less room is left than is kept free for texts.
    RoomLow,
    /// The browser may throw the storage away when it makes room.
    NotPromised,
    /// The page will not open with no network.
    NeedsNetwork,
    /// Another endpoint answers than last time: it gets nothing before the person agrees.
    Stranger { unsent: u32 },
    /// Nobody was reached: what is unsent is on this phone only.
    Away { unsent: u32 },
    /// The collecting point was reached, and so many things are still on this phone only.
    Unsent { unsent: u32 },
    /// Nothing but the person stands in the way of so many things.
    NeedsYou { count: u32 },
    /// All well, but the browser does not say how much room is left.
    RoomUnknown,
    /// All well.
    Well { demo: bool },
}

/// The worst of what was found.
pub(super) fn verdict(found: &Findings) -> Verdict {
    let Findings { unsent, demo, .. } = *found;
    if !found.kept {
        Verdict::NotKept
    } else if found.room.is_some_and(|left| left < RESERVE_BYTES) {
        Verdict::RoomLow
    } else if found.promised != Some(true) {
        Verdict::NotPromised
    } else if !found.opens_offline {
        Verdict::NeedsNetwork
    } else if found.stranger {
        Verdict::Stranger { unsent }
    } else if !found.reached {
        Verdict::Away { unsent }
    } else if unsent > found.needs_you {
        Verdict::Unsent { unsent }
    } else if unsent > 0 {
        Verdict::NeedsYou { count: unsent }
    } else if found.room.is_none() {
        Verdict::RoomUnknown
    } else {
        Verdict::Well { demo }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: Findings = Findings {
        kept: true,
        room: Some(RESERVE_BYTES),
        promised: Some(true),
        opens_offline: true,
        reached: true,
        stranger: false,
        demo: false,
        unsent: 0,
        needs_you: 0,
    };

    #[test]
    fn the_worst_of_what_was_found_is_what_is_said() {
        let mut found = WELL;
        assert_eq!(verdict(&found), Verdict::Well { demo: false });
        assert_eq!(verdict(&Findings { demo: true, ..found }), Verdict::Well { demo: true });
        // Each of these stays, and the next one is worse.
        found.room = None;
        assert_eq!(verdict(&found), Verdict::RoomUnknown);
        (found.unsent, found.needs_you) = (1, 1);
        assert_eq!(verdict(&found), Verdict::NeedsYou { count: 1 });
        found.unsent = 2;
        assert_eq!(verdict(&found), Verdict::Unsent { unsent: 2 });
        found.reached = false;
        assert_eq!(verdict(&found), Verdict::Away { unsent: 2 });
        found.stranger = true;
        assert_eq!(verdict(&found), Verdict::Stranger { unsent: 2 });
        found.opens_offline = false;
        assert_eq!(verdict(&found), Verdict::NeedsNetwork);
        found.promised = Some(false);
        assert_eq!(verdict(&found), Verdict::NotPromised);
        found.room = Some(RESERVE_BYTES - 1.0);
        assert_eq!(verdict(&found), Verdict::RoomLow);
        found.kept = false;
        assert_eq!(verdict(&found), Verdict::NotKept);
    }

    #[test]
    fn what_a_browser_does_not_say_is_never_well() {
        let silent = Findings { promised: None, ..WELL };
        assert_eq!(verdict(&silent), Verdict::NotPromised);
        assert_eq!(verdict(&Findings { room: None, ..WELL }), Verdict::RoomUnknown);
        assert_eq!(verdict(&Findings { reached: false, ..WELL }), Verdict::Away { unsent: 0 });
    }
}
