//! Pieces used by two rooms or more. What can be pressed stands on a step; what only tells
//! lies flat; warm colour means that a person is wanted.

/// Every word of the screens, Chinese and English side by side.
pub mod words;

mod caught;
mod chip;
mod choose;
mod demo_line;
mod dialog;
mod distance;
mod download;
mod drawing;
mod failure;
mod heading;
mod icon;
mod in_sight;
mod in_wechat;
mod isolated;
mod landings;
mod list;
mod long_list;
mod picture;
mod qr;
mod search_box;
mod second_tap;
mod state_chip;
mod stepper;
mod steps;
mod strip;
mod tabs;
mod text;
mod top_bar;
mod way_back;
mod wide;
mod wordmark;

pub use self::{
    caught::{catch_the_focus, catch_the_focus_when_fewer},
    chip::Chip,
    choose::{Segment, Switch, Tile},
    demo_line::DemoLine,
    dialog::Dialog,
    distance::{about, far, straight},
    download::download,
    drawing::drawing,
    failure::Failure,
    heading::{Arrival, Heading},
    icon::{Icon, IconSize, sprite},
    in_sight::bring_in_sight,
    in_wechat::in_wechat,
    isolated::isolated,
    landings::{Landing, Landings, SmallLandings},
    list::{Chevron, IconBox, Row, Section, Tone, inside_row},
    long_list::{ROWS_AT_FIRST, Unfolded, long_list, rows_of_window},
    picture::{Empty, Stair},
    qr::qr,
    search_box::SearchBox,
    second_tap::let_no_second_tap_through,
    state_chip::{ChipState, StateChip},
    stepper::{Stepper, Whole},
    steps::{STEPS, Steps},
    strip::{Strip, StripTone},
    tabs::TabBar,
    text::Text,
    top_bar::{BackLink, TopBar},
    way_back::keep_the_place,
    wide::wide,
    wordmark::Wordmark,
    words::{live, t, words},
};
