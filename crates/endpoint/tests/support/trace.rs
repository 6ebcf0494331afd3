//! Reads what `strace -f -yy` wrote: which bytes came and went, and what the disk was made to keep.

use std::collections::HashMap;

/// Something the endpoint asked of the kernel, in the order in which it mattered: bytes read and
/// syncs when they were done, bytes written when they began to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes came in on a connection.
    Read { on: String, head: String },
    /// Bytes began to leave on one.
    Write { on: String, head: String },
    /// The disk holds this file or folder.
    Synced(String),
    /// A file got this name.
    Named(String),
}

/// The calls that [`events`] understands.
pub const CALLS: &str = "trace=read,recvfrom,write,writev,sendto,sendmsg,fsync,fdatasync,rename,\
                         renameat,renameat2";

/// The events of a trace.
pub fn events(trace: &str) -> Vec<Event> {
    let mut begun: HashMap<&str, &str> = HashMap::new();
    let mut events = Vec::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix("<unfinished ...>") {
            begun.insert(thread, start.trim_end());
            events.extend(at_begin(start));
        } else if let Some((_, end)) = call.strip_prefix("<... ").and_then(|it| it.split_once('>'))
        {
            let start = begun.remove(thread).unwrap_or_default();
            events.extend(at_end(&format!("{start}{end}")));
        } else {
            events.extend(at_begin(call));
            events.extend(at_end(call));
        }
    }
    events
}

fn at_begin(call: &str) -> Option<Event> {
    let (name, rest) = call.split_once('(')?;
    let leaves = matches!(name, "write" | "writev" | "sendto" | "sendmsg");
    let (on, head) = (opened(rest)?, quoted(rest)?);
    leaves.then_some(Event::Write { on, head })
}

fn at_end(call: &str) -> Option<Event> {
    let (name, rest) = call.split_once('(')?;
    let failed = call.contains(") = -1");
    match name {
        _ if failed => None,
        "read" | "recvfrom" => Some(Event::Read { on: opened(rest)?, head: quoted(rest)? }),
        "fsync" | "fdatasync" => Some(Event::Synced(opened(rest)?)),
        "rename" | "renameat" | "renameat2" => {
            Some(Event::Named(rest.split('"').nth(3)?.to_owned()))
        }
        _ => None,
    }
}

/// `12</data/endpoint.db-wal>` or `9<TCP:[127.0.0.1:80->127.0.0.1:4711]>`: what is inside.
fn opened(rest: &str) -> Option<String> {
    let inside = rest.split_once('<')?.1;
    let end = inside.find(">)").or_else(|| inside.find(">,"))?;
    Some(inside[..end].to_owned())
}

fn quoted(rest: &str) -> Option<String> {
    Some(rest.split_once('"')?.1.split('"').next()?.to_owned())
}

/// What happened between the coming of each request that begins with `request` and its answer.
/// A request without an answer is left out.
pub fn between(events: &[Event], request: &str) -> Vec<Vec<Event>> {
    let asked = |event: &Event| match event {
        Event::Read { on, head } if head.starts_with(request) => Some(on.clone()),
        _ => None,
    };
    let spans = events.iter().enumerate().filter_map(|(from, event)| Some((from, asked(event)?)));
    spans
        .filter_map(|(from, asker)| {
            let answers = |event: &Event| match event {
                Event::Write { on, head } => *on == asker && head.starts_with("HTTP/1.1"),
                _ => false,
            };
            let len = events[from..].iter().position(answers)?;
            Some(events[from..from + len].to_vec())
        })
        .collect()
}
