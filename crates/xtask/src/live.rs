//! Running a long program so that a person sees it is alive.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

/// After so long without a word we say one ourselves.
const SILENCE: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Runs a program, shows its lines as they come and hands each to `hear`.
pub fn run(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<ExitStatus> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let said = crate::command::said(command);
    let mut child = command.spawn().with_context(|| format!("`{said}` did not start"))?;
    let lines = lines_of(&mut child);
    let (started, mut last_word) = (Instant::now(), Instant::now());
    loop {
        match lines.recv_timeout(LOOK_AGAIN) {
            Ok(line) => {
                println!("{line}");
                hear(&line);
                last_word = Instant::now();
            }
            // A server left behind by a test keeps the pipe open: the program's own end counts.
            Err(RecvTimeoutError::Timeout) => match child.try_wait()? {
                Some(status) => return Ok(status),
                None if last_word.elapsed() >= SILENCE => {
                    println!("    … still running after {}", spoken(started.elapsed()));
                    last_word = Instant::now();
                }
                None => {}
            },
            Err(RecvTimeoutError::Disconnected) => return Ok(child.wait()?),
        }
    }
}

/// A span of time in the words of the reports: `8 s`, `2 min 5 s`.
pub fn spoken(span: Duration) -> String {
    match (span.as_secs() / 60, span.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

fn lines_of(child: &mut Child) -> std::sync::mpsc::Receiver<String> {
    let (heard, lines) = channel();
    if let Some(out) = child.stdout.take() {
        listen(out, heard.clone());
    }
    if let Some(err) = child.stderr.take() {
        listen(err, heard);
    }
    lines
}

fn listen(pipe: impl Read + Send + 'static, heard: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if heard.send(line).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pipes_are_heard_and_the_end_is_told() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let status = run(&mut command, |line| lines.push(line.to_owned())).unwrap();
        lines.sort();
        assert_eq!((lines, status.code()), (vec!["err".into(), "out".into()], Some(3)));
    }

    // A test once left its server running, and the run waited for it for ever.
    #[test]
    fn a_server_left_behind_does_not_hold_the_run() {
        let started = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 20 & echo done"]);
        assert!(run(&mut command, |_| {}).unwrap().success());
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn time_is_told_in_minutes_and_seconds() {
        assert_eq!(spoken(Duration::from_secs(8)), "8 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
    }
}
