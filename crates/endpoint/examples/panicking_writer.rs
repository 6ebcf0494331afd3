//! An endpoint whose writer panics as soon as there is a file `panic` in its data folder. Nobody
//! runs this but the test that looks what becomes of the process.
//!
//! `panicking_writer DATA_FOLDER`

use std::{io::Write as _, path::PathBuf, sync::Arc};

use anyhow::{Context as _, Result};
use endpoint::{
    clock,
    server::{Config, Server},
};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let data = std::env::args_os().nth(1).map(PathBuf::from).context("name a data folder")?;
    let (cue, machine) = (data.join("panic"), clock::system());
    let clock: clock::Clock = Arc::new(move || {
        let writer = std::thread::current().name() == Some("writer");
        assert!(!(writer && cue.exists()), "told to panic");
        machine()
    });
    let server = Server::open(Config { clock, ..Config::new(&data) })?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    server.run(listener, None, std::future::pending()).await
}
