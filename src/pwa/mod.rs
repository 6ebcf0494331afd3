//! The installed page: its worker, a new build that asks, the way to the home screen, the count on
//! its icon, the moment when it is left, and what is said when the page itself breaks.

mod badge;
mod broken;
mod build;
mod install;
mod left;
mod new_build;
mod offline;

pub use self::{
    badge::show_badge,
    broken::say_it_broke,
    install::Install,
    left::when_left,
    new_build::{NewBuild, NewBuildQuestion},
};
pub(crate) use self::{build::build, new_build::container, offline::opens_offline};
