//! The one thread that writes.
//!
//! Whoever wants something written waits in a queue; the thread takes all that wait, does them in
//! one transaction, and answers when that is on the disk. So a sync of the disk serves many.

use std::{sync::mpsc, thread};

use tokio::sync::oneshot;

use crate::{
    clock::Clock,
    core::{CommitFailed, Core, Job, JobAnswer},
    disk::Disk,
};

/// Jobs that may wait. More than that, and a phone is better off trying later.
pub const QUEUE: usize = 2_048;
/// Jobs in one transaction, so that nobody waits long for a neighbour.
const GROUP: usize = 128;
/// What the process ends with when the disk fails (`EX_IOERR` of `sysexits.h`).
const EXIT_IO_ERROR: i32 = 74;
/// What the process ends with when the writer itself is broken (`EX_SOFTWARE`).
const EXIT_SOFTWARE: i32 = 70;

/// A door to the writer. It ends when the last door is dropped.
#[derive(Clone)]
pub struct Writer(mpsc::SyncSender<Waiting>);

/// Why a job was not done. Nothing of it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// Too many wait, or the endpoint is stopping.
    #[error("too many requests wait")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
}

struct Waiting {
    job: Job,
    reply: oneshot::Sender<Result<JobAnswer, NotWritten>>,
}

impl Writer {
    /// Starts the thread, with a queue of so many jobs. Join it after the last door is gone: then
    /// all that was begun is done.
    pub fn start(
        core: Core,
        clock: Clock,
        disk: Disk,
        queue: usize,
    ) -> std::io::Result<(Self, thread::JoinHandle<()>)> {
        let (door, queue) = mpsc::sync_channel(queue);
        let thread = thread::Builder::new().name("writer".into());
        let thread = thread.spawn(move || {
            let _guard = EndsWithTheProcess;
            work(core, &clock, &disk, &queue);
        })?;
        Ok((Self(door), thread))
    }

    /// Has a job done. The answer comes once it is on the disk.
    pub async fn write(&self, job: Job) -> Result<JobAnswer, NotWritten> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Waiting { job, reply }).map_err(|_| NotWritten::Busy)?;
        answer.await.unwrap_or(Err(NotWritten::Busy))
    }
}

fn work(mut core: Core, clock: &Clock, disk: &Disk, queue: &mpsc::Receiver<Waiting>) {
    while let Ok(first) = queue.recv() {
        let group = std::iter::once(first).chain(queue.try_iter()).take(GROUP);
        let (jobs, mut replies): (Vec<_>, Vec<_>) =
            group.map(|waiting| (waiting.job, Some(waiting.reply))).unzip();
        let done = core.commit_group(clock(), jobs, &mut |at, answer| {
            send(&mut replies, at, Ok(answer));
        });
        match done {
            Ok(()) => {}
            Err(failed) if failed.is_disk_full() => {
                if disk.release() {
                    tracing::error!("the disk is full; the reserve is given back, for texts only");
                }
                (0..replies.len()).for_each(|at| send(&mut replies, at, Err(NotWritten::DiskFull)));
            }
            Err(failed) => give_up(&failed),
        }
    }
}

type Reply = oneshot::Sender<Result<JobAnswer, NotWritten>>;

/// Who asked may have gone; the work is done all the same.
fn send(replies: &mut [Option<Reply>], at: usize, answer: Result<JobAnswer, NotWritten>) {
    if let Some(reply) = replies.get_mut(at).and_then(Option::take) {
        let _ = reply.send(answer);
    }
}

/// A sync that failed once may "succeed" the next time without the data being there. Only a new
/// start, which reads what the disk really holds, may go on.
fn give_up(failed: &CommitFailed) {
    tracing::error!("{failed}; ending, so that the next start reads what is really stored");
    std::process::exit(EXIT_IO_ERROR);
}

/// Without its writer an endpoint looks alive and stores nothing.
struct EndsWithTheProcess;

impl Drop for EndsWithTheProcess {
    fn drop(&mut self) {
        if thread::panicking() {
            tracing::error!("the writer panicked; ending");
            std::process::exit(EXIT_SOFTWARE);
        }
    }
}
