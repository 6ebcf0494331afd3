//! Every word of the screens, in one typed table: one file for each room, Chinese and English side
//! by side, so that a missing English word does not compile. A test finds Han characters anywhere
//! else in the page's code.
//!
//! Write a space between Chinese and figures; the middle dot stands without spaces.

mod capture;
mod common;
mod complete;
mod contact;
mod explore;
mod failure;
mod holding;
mod home;
mod kind;
mod map;
mod mine;
mod outbox;
mod parks;
mod photo;
mod place;
mod safe;
mod settings;
mod visit;
mod voice;
mod walk;

use leptos::prelude::*;

pub use self::{
    capture::Capture, common::Common, complete::Complete, contact::Contact, explore::Explore,
    failure::Failure, holding::Holding, home::Home, kind::Kind, map::Map, mine::Mine,
    outbox::Outbox, parks::Parks, photo::Photo, place::Place, safe::Safe, settings::SettingsWords,
    visit::Visit, voice::Voice, walk::Walk,
};
use crate::settings::Settings;

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese, the first screen of everybody.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The words of this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// The tag that `<html lang>` and a sealed report carry.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// All words of one language, by room.
pub struct Words {
    /// Words of several rooms, among them the three that are never mixed.
    pub common: &'static Common,
    /// 首页.
    pub home: &'static Home,
    /// 公园.
    pub parks: &'static Parks,
    /// Finding a place in 公园.
    pub explore: &'static Explore,
    /// The map of 公园.
    pub map: &'static Map,
    /// Adding to the map.
    pub complete: &'static Complete,
    /// What a person keeps of parks for themselves.
    pub mine: &'static Mine,
    /// Going to a park and telling others of it.
    pub visit: &'static Visit,
    /// 上报.
    pub capture: &'static Capture,
    /// Photos of 上报.
    pub photo: &'static Photo,
    /// Where, in 上报.
    pub place: &'static Place,
    /// The voice note of 上报.
    pub voice: &'static Voice,
    /// A telephone number beside a report.
    pub contact: &'static Contact,
    /// What is broken, in 上报.
    pub kind: &'static Kind,
    /// 上报箱.
    pub outbox: &'static Outbox,
    /// 我的.
    pub settings: &'static SettingsWords,
    /// Whether what was written is safe.
    pub safe: &'static Safe,
    /// Many reports in one walk, and one that was reported before.
    pub walk: &'static Walk,
    /// Where the browser keeps nothing.
    pub holding: &'static Holding,
    /// What the screen says when something broke.
    pub failure: &'static Failure,
}

static ZH: Words = Words {
    common: &common::ZH,
    home: &home::ZH,
    parks: &parks::ZH,
    explore: &explore::ZH,
    map: &map::ZH,
    complete: &complete::ZH,
    mine: &mine::ZH,
    visit: &visit::ZH,
    capture: &capture::ZH,
    photo: &photo::ZH,
    place: &place::ZH,
    voice: &voice::ZH,
    contact: &contact::ZH,
    kind: &kind::ZH,
    outbox: &outbox::ZH,
    settings: &settings::ZH,
    safe: &safe::ZH,
    walk: &walk::ZH,
    holding: &holding::ZH,
    failure: &failure::ZH,
};

static EN: Words = Words {
    common: &common::EN,
    home: &home::EN,
    parks: &parks::EN,
    explore: &explore::EN,
    map: &map::EN,
    complete: &complete::EN,
    mine: &mine::EN,
    visit: &visit::EN,
    capture: &capture::EN,
    photo: &photo::EN,
    place: &place::EN,
    voice: &voice::EN,
    contact: &contact::EN,
    kind: &kind::EN,
    outbox: &outbox::EN,
    settings: &settings::EN,
    safe: &safe::EN,
    walk: &walk::EN,
    holding: &holding::EN,
    failure: &failure::EN,
};

/// The words of the language in use. Nobody follows it: when it changes, every screen is made anew, so
/// that a word costs no more than its letters.
pub fn words() -> &'static Words {
    Settings::expect().lang().words()
}

/// Words: a child, an attribute or a prop.
///
/// ```ignore
/// view! { <p>{t(|w| w.home.no_network)}</p> }
/// ```
pub fn t<T>(pick: impl FnOnce(&'static Words) -> T) -> T {
    pick(words())
}

/// Words that depend on more than the language, and follow what they depend on.
pub fn live<T: Send + Sync + 'static>(
    pick: impl Fn(&'static Words) -> T + Send + Sync + 'static,
) -> Signal<T> {
    let words = words();
    Signal::derive(move || pick(words))
}
