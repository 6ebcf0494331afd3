//! Puts the rooms together, takes connections, and stops without breaking a promise.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use model::{ids::DeviceId, rescue::Imported};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{Mutex, Semaphore, broadcast, watch},
    task::JoinSet,
    time::{Instant, interval, interval_at, sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::{
    blobs::Blobs,
    clock::{self, Clock},
    core::{Core, Job, JobAnswer, Rules},
    disk::{Disk, Room},
    folder::{self, Folder},
    high_water::HighWater,
    http::{App, WAITING, body::Pace, gate, import::IMPORTS, routes, safe::Safe},
    identity::Identity,
    limits::{Buckets, Origin, Rate},
    operator::Reader,
    page::{Files, Page},
    reader::Lookups,
    schema::Synchronous,
    taxonomy::Leaves,
    writer::{QUEUE, Writer},
};

/// Between two looks for parts of photos that nobody goes on with.
const SWEEP_EVERY: Duration = Duration::from_hours(1);
/// Between two looks for telephone numbers that have been here long enough, and before the first.
const ERASE_EVERY: Duration = Duration::from_hours(1);
const ERASE_FIRST: Duration = Duration::from_mins(1);
/// After an accept failed (too many open files), how long others may finish.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);

/// How an endpoint is started.
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// The built page; none: only the protocol is served.
    pub page: Option<PathBuf>,
    /// The district pack, for its kinds; none: the page's, if it has one.
    pub pack: Option<PathBuf>,
    /// Who reads the reports.
    pub reader: Reader,
    /// How long requests may take.
    pub patience: Patience,
    /// How much at once.
    pub capacity: Capacity,
    /// Room on the disk.
    pub room: Room,
    /// The time.
    pub clock: Clock,
    /// Keys and epoch in place of those of the data folder, for tests.
    pub identity: Option<Identity>,
    /// Rules that tests switch off.
    pub rules: Rules,
    /// Begin a new epoch if the database is behind what this folder has seen.
    pub accept_rollback: bool,
    /// For the test that sees a writer without full sync refused.
    pub synchronous: Synchronous,
}

/// How long requests may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request; then the connection is cut.
    pub head: Duration,
    /// For its body; then the answer is 503.
    pub body: Pace,
    /// At a stop, for requests under way.
    pub stop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let (head, stop) = (Duration::from_secs(10), Duration::from_secs(20));
        Self { head, body: Pace::default(), stop }
    }
}

/// How much at once; more is told to come again, or waits to be let in.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Connections; more wait in the listener's queue.
    pub connections: usize,
    /// Photos and voice notes on their way.
    pub uploads: usize,
    /// Requests that wait to be written.
    pub queue: usize,
    /// Items that are new, of one device.
    pub items: Rate,
    /// Devices that are new, from one network.
    pub new_devices: Rate,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            connections: 512,
            uploads: 64,
            queue: QUEUE,
            items: Rate { burst: 1_000, per_hour: 60 },
            new_devices: Rate { burst: 300, per_hour: 300 },
        }
    }
}

impl Config {
    /// An endpoint for this data folder that nobody reads, with the machine's clock.
    pub fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            page: None,
            pack: None,
            reader: Reader::default(),
            patience: Patience::default(),
            capacity: Capacity::default(),
            room: Room::NONE,
            clock: clock::system(),
            identity: None,
            rules: Rules::default(),
            accept_rollback: false,
            synchronous: Synchronous::default(),
        }
    }
}

/// An endpoint that is ready to take connections.
pub struct Server {
    app: Arc<App>,
    routes: Router,
    patience: Patience,
    connections: usize,
    stop: watch::Sender<bool>,
    writer: JoinHandle<()>,
    _folder: Folder,
}

impl Server {
    /// Opens everything, or says what is in the way.
    pub fn open(config: Config) -> Result<Self> {
        let folder = Folder::take(&config.data)?;
        let page = config.page.as_deref().map(Page::of).transpose()?;
        let leaves = known_leaves(&config, &folder)?;
        folder.refuse_half(config.accept_rollback)?;
        let identity = match config.identity {
            Some(identity) => identity,
            None => Identity::of(&folder, (config.clock)())?,
        };
        let database = folder.database();
        folder::make_private(&database)
            .with_context(|| format!("{} cannot be made private", database.display()))?;
        let mut core = Core::open(&database, identity, config.rules, config.synchronous)
            .with_context(|| format!("{} is not opened", database.display()))?;
        core.identity().has_signed(core.connection(), &folder.keys())?;
        let high = HighWater::open(&folder.high_water(), &mut core, config.accept_rollback)?;
        core.note_in(high);
        core.know_leaves(leaves);
        let blobs = Blobs::of(&folder)?;
        blobs.forget_lost(core.connection())?;
        let identity = core.identity().clone();
        let epoch = identity.epoch;
        let capacity = config.capacity;
        let disk = Disk::of(folder.root(), config.room);
        let lookups = Lookups::open(&database)?;
        let (writer, thread) =
            Writer::start(core, Arc::clone(&config.clock), disk.clone(), capacity.queue)?;
        let stop = watch::Sender::new(false);
        let app = App {
            writer,
            lookups,
            blobs,
            identity,
            policy: gate::policy(config.reader.base_map.as_ref()),
            reader: config.reader,
            clock: config.clock,
            pace: config.patience.body,
            items: Buckets::new(capacity.items),
            new_devices: Buckets::new(capacity.new_devices),
            disk,
            uploads: Semaphore::new(capacity.uploads),
            safe: Safe::of(folder.root(), epoch),
            last_beat: Mutex::new(None),
            imports: Semaphore::new(IMPORTS),
            stored: broadcast::Sender::new(256),
            waiting: Semaphore::new(WAITING),
            stopping: stop.subscribe(),
            page,
            pack: Files::of(&folder.pack()),
        };
        let app = Arc::new(app);
        let routes = routes(Arc::clone(&app));
        let (patience, connections) = (config.patience, capacity.connections);
        Ok(Self { app, routes, patience, connections, stop, writer: thread, _folder: folder })
    }

    /// Takes a rescue file in, as the hand of the operator, and ends: a result for each item.
    pub async fn import(self, file: File) -> Result<Imported> {
        let Self { app, routes, writer, _folder, .. } = self;
        let caller = DeviceId::new(0, &[0; 10]);
        let imported = app.take_in(caller, file).await.map_err(|why| anyhow::anyhow!("{why}"));
        drop((app, routes));
        join(writer).await?;
        imported
    }

    /// Serves until `stop`. Then takes no more, gives requests under way their time, and ends when
    /// the last group of writes is on the disk.
    pub async fn run(
        self,
        listener: TcpListener,
        tls: Option<TlsAcceptor>,
        stop: impl Future<Output = ()>,
    ) -> Result<()> {
        let Self { app, routes, patience, connections: places, stop: stopping, writer, _folder } =
            self;
        let graceful = GracefulShutdown::new();
        let mut connections = JoinSet::new();
        let door = Door { routes, head: patience.head, places, tls };
        tokio::select! {
            () = take_all(listener, &door, &graceful, &mut connections) => {}
            () = sweep_now_and_then(&app) => {}
            () = erase_now_and_then(&app) => {}
            () = stop => {}
        }
        drop((door, app));
        stopping.send_replace(true);
        // Whatever is not done by then is cut: the phone sends it again.
        let _ = timeout(patience.stop, graceful.shutdown()).await;
        connections.shutdown().await;
        join(writer).await
    }
}

/// Parts that nobody goes on with are not kept for ever.
async fn sweep_now_and_then(app: &App) {
    let mut now_and_then = interval(SWEEP_EVERY);
    loop {
        now_and_then.tick().await;
        if let Err(error) = app.blobs.sweep_stale() {
            tracing::warn!("parts of photos could not be swept: {error}");
        }
    }
}

/// Telephone numbers are not kept longer than was said where they were given.
async fn erase_now_and_then(app: &App) {
    let mut now_and_then = interval_at(Instant::now() + ERASE_FIRST, ERASE_EVERY);
    loop {
        now_and_then.tick().await;
        match app.writer.write(Job::EraseOld).await {
            Ok(JobAnswer::Erased(0)) => {}
            Ok(JobAnswer::Erased(numbers)) => tracing::info!("{numbers} old numbers are erased"),
            other => tracing::warn!("old numbers could not be erased: {other:?}"),
        }
    }
}

async fn join(writer: JoinHandle<()>) -> Result<()> {
    let joined = tokio::task::spawn_blocking(|| writer.join()).await?;
    joined.map_err(|_| anyhow::anyhow!("the writer panicked"))
}

/// The kinds of the pack that is named, else of the later one in the data folder, else of the page's.
fn known_leaves(config: &Config, folder: &Folder) -> Result<Leaves> {
    if let Some(pack) = &config.pack {
        anyhow::ensure!(pack.exists(), "the pack {} is not there", pack.display());
        return Leaves::of(vec![pack.clone()]);
    }
    let later = Some(folder.pack().join("pack.json"));
    Leaves::of([later, config.page.as_deref().map(Page::pack)].into_iter().flatten().collect())
}

/// What a connection needs.
#[derive(Clone)]
struct Door {
    routes: Router,
    head: Duration,
    places: usize,
    tls: Option<TlsAcceptor>,
}

async fn take_all(
    listener: TcpListener,
    door: &Door,
    graceful: &GracefulShutdown,
    connections: &mut JoinSet<()>,
) {
    let places = Arc::new(Semaphore::new(door.places));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, from)) => {
                let (door, watcher) = (door.clone(), graceful.watcher());
                connections.spawn(async move {
                    door.serve(stream, from.ip().into(), watcher).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!("a connection could not be taken: {error}");
                sleep(ACCEPT_AGAIN).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

impl Door {
    /// A connection from its first byte to its last. What goes wrong on it is the network's, and
    /// the phone tries again.
    async fn serve(self, stream: TcpStream, from: Origin, watcher: Watcher) {
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.speak(stream, from, watcher).await,
            Some(tls) => {
                if let Ok(Ok(stream)) = timeout(self.head, tls.accept(stream)).await {
                    self.speak(stream, from, watcher).await;
                }
            }
        }
    }

    async fn speak(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        from: Origin,
        watcher: Watcher,
    ) {
        let service = self.routes.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(from);
            request
        });
        let service = TowerToHyperService::new(service);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head)
            .serve_connection(TokioIo::new(stream), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!("a connection ended: {error}");
        }
    }
}
