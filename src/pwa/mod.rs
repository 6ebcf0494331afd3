//! The installed page: its worker, a new build that asks, the way to the home screen, and what is
//! said when the page itself breaks.

mod broken;
mod install;
mod new_build;

pub use self::{
    broken::say_it_broke,
    install::Install,
    new_build::{NewBuild, NewBuildQuestion},
};
