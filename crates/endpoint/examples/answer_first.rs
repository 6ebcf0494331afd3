//! An endpoint with its most important rule switched off: it answers before the commit it speaks
//! of. Nobody runs this but the test that watches system calls, to see that it would notice.
//!
//! `answer_first DATA_FOLDER`

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result};
use endpoint::{
    Rules,
    server::{Config, Server},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

#[tokio::main]
async fn main() -> Result<()> {
    let data = std::env::args_os().nth(1).map(PathBuf::from).context("name a data folder")?;
    let rules = Rules { commit_before_answer: false, ..Rules::default() };
    let server = Server::open(Config { rules, ..Config::new(&data) })?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut terminate = signal(SignalKind::terminate())?;
    println!("Listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    server.run(listener, None, async { terminate.recv().await.unwrap_or(()) }).await
}
