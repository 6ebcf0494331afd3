//! The real binary, started as an operator starts it.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A running endpoint. It is killed when this is dropped.
pub struct Process {
    pub child: Child,
    pub at: SocketAddr,
}

/// `endpoint serve --data DIR --port 0`, to be added to. It puts nothing by: tests share one disk.
pub fn serve(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_endpoint"));
    command
        .args(["serve", "--port", "0", "--low-water", "0", "--reserve", "0", "--data"])
        .arg(data);
    command
}

impl Process {
    /// Starts a command and waits until it says where it listens.
    pub fn start(mut command: Command) -> Self {
        command.stderr(Stdio::null());
        Self::start_loud(command)
    }

    /// The same, and what it says beside that goes where the command sends it.
    pub fn start_loud(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let at = line.trim().rsplit('/').next().unwrap();
        Self { at: at.parse().unwrap_or_else(|_| panic!("it said {line:?}")), child }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and waits: did it end well?
    pub fn terminate(&mut self) -> bool {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        self.child.wait().unwrap().success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a command that must end by itself without success, and returns what it said.
pub fn refused(mut command: Command) -> String {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let reading = thread::spawn(move || {
        let mut said = String::new();
        stderr.read_to_string(&mut said).unwrap();
        said
    });
    // One that starts all the same would say nothing for ever.
    let begun = Instant::now();
    while !reading.is_finished() && begun.elapsed() < Duration::from_mins(1) {
        thread::sleep(Duration::from_millis(10));
    }
    let started = !reading.is_finished();
    if started {
        let _ = child.kill();
    }
    assert!(!started && !child.wait().unwrap().success(), "it started");
    reading.join().unwrap()
}
