//! `cargo xtask run`, `test`, `pack`, `size`, `bench`: what Cargo cannot do alone.
//!
//! Everything happens in the project's folder; tools that are missing go to `.tools` and
//! `node_modules`, so that nothing of the machine's own is replaced.

mod bench;
mod carrier;
mod command;
mod district;
mod files;
mod finish;
mod live;
mod page;
mod run;
mod size;
mod style;
mod tally;
mod test;
mod tools;
mod wasm;

use std::{
    path::{Path, PathBuf, absolute},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use clap::Parser;

/// What can be asked of `cargo xtask`.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "坡上: run it, test it, build its district pack")]
enum Task {
    /// Build what is missing, start the endpoint with the page and print its address.
    Run(run::Run),
    /// Install what the tests need, run all of them and end with `N passed, N failed`.
    Test {
        /// Let the simulator of the delivery live through a million seeds: about an hour more.
        #[arg(long)]
        long: bool,
    },
    /// Build the district pack from a folder of facts, and say what was joined and what is in doubt.
    Pack {
        /// The folder: tables, and what is imported (`official.csv`, `osm.json` or `osm.geojson`).
        #[arg(long, value_name = "DIR", default_value = "data")]
        district: PathBuf,
        /// Write it for an endpoint that serves it apart from the page: the folder `pack` in its data
        /// folder.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Take an edition of a day that has not come, which phones take no other edition after.
        #[arg(long, requires = "out")]
        ahead: bool,
    },
    /// Show the bytes that a first visit loads.
    Size,
    /// Measure anew what docs/benchmarks.md says.
    Bench,
    /// Build page and endpoint without starting them.
    #[command(hide = true)]
    Build,
    /// Install what build and tests need.
    #[command(hide = true)]
    Tools,
    /// Before Trunk: the one stylesheet and the district pack.
    #[command(hide = true)]
    Prepare,
    /// After Trunk: the service worker's list and the compressed copies.
    #[command(hide = true)]
    Finish,
    /// Copy a built page under another build id, to try an update without compiling.
    #[command(hide = true)]
    RebuildId { dist: PathBuf, new_dist: PathBuf, id: String },
}

fn main() -> ExitCode {
    match perform(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    let task = task.with_absolute_paths()?;
    std::env::set_current_dir(root()).context("the project's folder is gone")?;
    match task {
        Task::Run(run) => run.start(),
        Task::Test { long } => test::everything(long),
        Task::Pack { district, out: None, .. } => district::write(&district),
        Task::Pack { district, out: Some(out), ahead } => {
            district::write_for_endpoint(&district, &out, ahead)
        }
        Task::Size => size::show(),
        Task::Bench => bench::measure(),
        Task::Tools => tools::for_tests(),
        Task::Build => page::build().and_then(|()| run::build_endpoint()),
        Task::Prepare => district::write(Path::new(district::TABLES)).and_then(|()| style::write()),
        Task::Finish => finish::staged(),
        Task::RebuildId { dist, new_dist, id } => finish::under_another_id(&dist, &new_dist, &id),
    }
}

impl Task {
    /// Paths mean what they mean where the person stands, before we step into the project.
    fn with_absolute_paths(self) -> Result<Self> {
        Ok(match self {
            Self::Run(run) => Self::Run(run.with_absolute_paths()?),
            Self::Pack { district, out, ahead } => {
                let out = out.map(absolute).transpose()?;
                Self::Pack { district: absolute(district)?, out, ahead }
            }
            Self::RebuildId { dist, new_dist, id } => {
                Self::RebuildId { dist: absolute(dist)?, new_dist: absolute(new_dist)?, id }
            }
            other => other,
        })
    }
}

/// The project's folder: two above this crate.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("crates/xtask lies two folders deep")
}
