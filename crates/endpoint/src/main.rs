//! Starts the endpoint: `endpoint serve --page dist --data poshang-data`.

use std::{
    fs::File,
    io::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Parser, Subcommand};
use endpoint::{
    backup, clock, contributions,
    disk::Room,
    limits::Rate,
    list, operator, restore,
    server::{Capacity, Config, Server},
    tls,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

/// The endpoint of 坡上: it takes reports, stores each once, and proves it.
#[derive(Parser)]
#[command(name = "endpoint", version)]
enum Command {
    /// Take reports and serve the page until SIGTERM or ctrl-C.
    Serve(Serve),
    /// Print what has been received, a JSON line for each item.
    Items(Items),
    /// Print the telephone numbers that may be called, a JSON line for each.
    Contacts(Items),
    /// Judge what residents add to the map: nothing of it is a fact before somebody here confirms it.
    #[command(subcommand)]
    Contributions(Contributions),
    /// Copy everything into a folder, while the endpoint runs or not.
    Backup(Backup),
    /// Say that a backup lies on another machine, so that phones may let go of what it holds.
    Confirm(Confirm),
    /// Take in a rescue file that somebody has brought. The endpoint must not be running.
    Import(Import),
    /// Make a data folder from a backup. Phones then offer again what they keep.
    Restore(Restore),
}

#[derive(Subcommand)]
enum Contributions {
    /// Print them, a JSON line for each; what was taken back is not among them.
    List {
        #[command(flatten)]
        of: Items,
        /// Only those that nobody has judged.
        #[arg(long)]
        new: bool,
    },
    /// Say that one is true.
    Confirm {
        #[command(flatten)]
        of: Items,
        /// Its id, as the list prints it.
        id: String,
    },
    /// Say that one is not so.
    Reject {
        #[command(flatten)]
        of: Items,
        /// Its id, as the list prints it.
        id: String,
        /// Why: for whoever looks again.
        #[arg(long, value_name = "WORDS")]
        because: Option<String>,
    },
    /// Print what is confirmed as the table `contributions.csv` for a district's folder.
    Export(Items),
}

impl Contributions {
    fn run(self) -> Result<()> {
        let mut out = std::io::stdout().lock();
        match self {
            Self::List { of, new } => contributions::list(&of.data, new, &mut out),
            Self::Confirm { of, id } => {
                contributions::confirm(&of.data, &id, clock::system()())?;
                Ok(writeln!(out, "{id} is confirmed: it stands in the next export")?)
            }
            Self::Reject { of, id, because } => {
                contributions::reject(&of.data, &id, because.as_deref(), clock::system()())?;
                Ok(writeln!(out, "{id} is rejected: it stands in no export")?)
            }
            Self::Export(of) => {
                if contributions::export(&of.data, &mut out)? == 0 {
                    eprintln!("nothing is confirmed: the table has a heading and no row");
                }
                Ok(())
            }
        }
    }
}

#[derive(Args)]
struct Backup {
    /// The endpoint's data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The folder of the backup; an earlier one of this endpoint is brought up to date.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// That folder is on another machine, so what it holds is safe.
    #[arg(long)]
    confirm: bool,
}

#[derive(Args)]
struct Confirm {
    /// The endpoint's data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A backup, as it was carried to another machine.
    #[arg(long, value_name = "DIR")]
    backup: PathBuf,
}

#[derive(Args)]
struct Import {
    /// The endpoint's data folder, which must be there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The rescue file, or one part of it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Args)]
struct Restore {
    /// The backup.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The data folder to be made.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

#[derive(Args)]
struct Items {
    /// The endpoint's data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

#[derive(Args)]
struct Serve {
    /// The built page; without it only the protocol is served.
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
    /// Where reports, photos and keys are kept.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1", value_parser = host)]
    host: IpAddr,
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The certificate chain (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Who reads the reports (TOML). Without it the service says that nobody does.
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// The district pack whose kinds are known; without it that of the page.
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
    /// Take no photos while less than this is free.
    #[arg(long, value_name = "MIB", default_value_t = Room::USUAL.low_water >> 20)]
    low_water: u64,
    /// Put by so much for texts when the disk is full.
    #[arg(long, value_name = "MIB", default_value_t = Room::USUAL.reserve >> 20)]
    reserve: u64,
    /// New devices from one network in an hour. Behind a proxy all come from one: say 0, for no
    /// limit, and let the proxy see to it.
    #[arg(long, value_name = "N", default_value_t = Capacity::default().new_devices.per_hour)]
    new_devices: u32,
    /// Start on a database that is older than what this folder has seen. Once: phones then offer
    /// again what they keep.
    #[arg(long)]
    accept_rollback: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Command::parse() {
        Command::Serve(serve) => serve.run().await,
        Command::Items(items) => list::items(&items.data, &mut std::io::stdout().lock()),
        Command::Contacts(of) => list::contacts(&of.data, &mut std::io::stdout().lock()),
        Command::Contributions(what) => what.run(),
        Command::Backup(backup) => backup.run(),
        Command::Confirm(Confirm { data, backup }) => confirm(&data, &backup),
        Command::Import(import) => import.run().await,
        Command::Restore(restore) => restore.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Backup {
    fn run(self) -> Result<()> {
        let made = backup::make(&self.data, &self.to, clock::system()())?;
        println!("A backup up to seq {} with {} photos", made.seq, made.photos);
        if self.confirm { confirm(&self.data, &self.to) } else { Ok(()) }
    }
}

fn confirm(data: &Path, backup: &Path) -> Result<()> {
    let backup::Confirmed { safe, of_this } = backup::confirm(data, backup)?;
    if of_this < safe {
        println!("This backup ends at seq {of_this}; a later one was confirmed, and that stays so");
    }
    println!("Phones are told that everything up to seq {safe} is safe");
    Ok(())
}

impl Import {
    /// Prints a JSON line for each item, as a phone would be answered.
    async fn run(self) -> Result<()> {
        let shown = self.file.display();
        // A slip in its name would found another endpoint; an empty folder was made on purpose.
        let data = self.data.display();
        ensure!(self.data.is_dir(), "there is no data folder at {data}");
        ensure!(
            self.data.join("endpoint.db").is_file() || self.data.read_dir()?.next().is_none(),
            "{data} is no data folder, and not empty: nothing is founded in it"
        );
        let file = File::open(&self.file).with_context(|| format!("{shown} cannot be read"))?;
        let server = Server::open(Config::new(&self.data))?;
        let imported =
            server.import(file).await.with_context(|| format!("{shown} is not taken in"))?;
        let mut out = std::io::stdout().lock();
        for result in &imported.results {
            writeln!(out, "{}", serde_json::to_string(result)?)?;
        }
        for photo in &imported.refused {
            eprintln!("photo {photo} is damaged, or no report in the file names it");
        }
        Ok(out.flush()?)
    }
}

impl Restore {
    fn run(self) -> Result<()> {
        let restored = restore::restore(&self.from, &self.data)?;
        println!(
            "Restored up to seq {} with {} photos, as epoch {}",
            restored.mark.seq, restored.photos, restored.mark.epoch
        );
        for photo in restored.lost {
            println!("The backup has lost photo {photo}; phones that keep it are asked for it");
        }
        Ok(())
    }
}

impl Serve {
    async fn run(self) -> Result<()> {
        let files = self.tls_cert.as_deref().zip(self.tls_key.as_deref());
        let tls = files.map(|(chain, key)| tls::acceptor(chain, key)).transpose()?;
        let reader = self.operator.as_deref().map(operator::read).transpose()?.unwrap_or_default();
        let Self { page, pack, accept_rollback, .. } = self;
        let room = Room { low_water: self.low_water << 20, reserve: self.reserve << 20 };
        let most = if self.new_devices == 0 { u32::MAX } else { self.new_devices };
        let new_devices = Rate { burst: most, per_hour: most };
        let capacity = Capacity { new_devices, ..Capacity::default() };
        let config = Config {
            page,
            pack,
            reader,
            room,
            capacity,
            accept_rollback,
            ..Config::new(&self.data)
        };
        let server = Server::open(config)?;
        let wanted = SocketAddr::new(self.host, self.port);
        let listener = TcpListener::bind(wanted)
            .await
            .with_context(|| format!("{wanted} cannot be listened on; try another --port"))?;
        let stop = stop_signal()?;
        say(listener.local_addr()?, tls.is_some())?;
        server.run(listener, tls, stop).await
    }
}

/// An address as people write one. No name is looked up: it could come to mean another machine.
fn host(text: &str) -> Result<IpAddr> {
    if text == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().context("say an address such as 127.0.0.1, 0.0.0.0 or ::1")
}

/// The one line of standard output: whoever started this reads the address from it.
fn say(at: SocketAddr, tls: bool) -> Result<()> {
    if !tls && !at.ip().is_loopback() {
        eprintln!(
            "Without --tls-cert and --tls-key a phone that opens this address has no offline use, \
             camera, location or protection from two tabs sending at once"
        );
    }
    let scheme = if tls { "https" } else { "http" };
    let mut out = std::io::stdout().lock();
    writeln!(out, "Listening on {scheme}://{at}")?;
    Ok(out.flush()?)
}

fn stop_signal() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: no new connections, requests under way are finished");
    })
}
