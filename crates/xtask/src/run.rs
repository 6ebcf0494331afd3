//! `cargo xtask run`: from a checkout to an address in the browser.

use std::{
    net::IpAddr,
    path::{PathBuf, absolute},
    process::Command,
};

use anyhow::Result;
use clap::Args;

use crate::{
    command::{program, run},
    page,
};

/// How the endpoint is to be started.
#[derive(Args)]
pub struct Run {
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where reports, photos and keys are kept.
    #[arg(long, value_name = "DIR", default_value = "poshang-data")]
    data: PathBuf,
    /// The address to listen on; 0.0.0.0 for other devices of the network.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// The certificate chain (PEM). A phone needs TLS for camera and offline use.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Who reads the reports (TOML). Without it the service says that it is a demonstration.
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// Serve this built page instead of building one.
    #[arg(long, value_name = "DIR", hide = true)]
    page: Option<PathBuf>,
}

impl Run {
    /// The paths as they are meant where the person stands.
    pub fn with_absolute_paths(mut self) -> Result<Self> {
        self.data = absolute(self.data)?;
        for path in [&mut self.tls_cert, &mut self.tls_key, &mut self.operator, &mut self.page] {
            *path = path.take().map(absolute).transpose()?;
        }
        Ok(self)
    }

    /// Builds what is missing and becomes the endpoint.
    pub fn start(&self) -> Result<()> {
        if self.page.is_none() {
            page::build()?;
        }
        build_endpoint()?;
        become_program(self.endpoint())
    }

    fn endpoint(&self) -> Command {
        let binary = page::target().join(page::endpoint_profile()).join("endpoint");
        let mut endpoint = program(&binary.to_string_lossy(), &["serve"]);
        let page = self.page.clone().unwrap_or_else(|| page::DIST.into());
        endpoint.arg("--page").arg(page).arg("--data").arg(&self.data);
        endpoint.args(["--host", &self.host.to_string(), "--port", &self.port.to_string()]);
        let files = [&self.tls_cert, &self.tls_key, &self.operator];
        for (flag, file) in ["--tls-cert", "--tls-key", "--operator"].iter().zip(files) {
            if let Some(file) = file {
                endpoint.arg(flag).arg(file);
            }
        }
        endpoint
    }
}

/// The endpoint as it is used: optimised.
pub fn build_endpoint() -> Result<()> {
    let profile = page::endpoint_profile();
    let arguments = ["build", "--quiet", "--locked", "--profile", profile, "--package", "endpoint"];
    let instead = "It needs a C compiler for SQLite. Where that is missing: sudo apt-get install gcc libc6-dev";
    run(&mut program("cargo", &arguments), instead)
}

/// Gives this process over, so that ctrl-C and SIGTERM reach the endpoint itself.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<()> {
    run(&mut command, "Look at the lines above")
}
