//! A client of a few lines, so that a test can also send what no library would.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// An answer, names of headers in lower case.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let name = name.to_ascii_lowercase();
        self.headers.iter().find(|(it, _)| *it == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The slug of a problem document.
    pub fn slug(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let kind = self.json()["type"].as_str().unwrap().to_owned();
        kind.strip_prefix("/problems/").unwrap().to_owned()
    }
}

/// A connection that stays open.
pub struct Client(BufReader<TcpStream>);

impl Client {
    /// Connects; whoever waits longer than 20 s for a byte has failed.
    pub fn connect(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// One request, one answer. `Content-Length` is added.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let length = body.len().to_string();
        let headers = [headers, &[("Content-Length", &length)]].concat();
        self.write(&head(method, path, &headers))?;
        self.write(body)?;
        if method == "HEAD" { self.answer_head() } else { self.answer() }
    }

    /// Bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    /// Reads an answer.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let mut answer = self.answer_head()?;
        answer.body = vec![0; answer.header("content-length").parse().unwrap_or(0)];
        self.0.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    fn answer_head(&mut self) -> io::Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no answer: {first:?}")))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        Ok(Answer { status, headers, body: Vec::new() })
    }

    /// Waits for the other side to close.
    pub fn read_to_end(&mut self) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        self.0.read_to_end(&mut all)?;
        Ok(all)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

/// The head of a request.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: poshang.example\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// What every answer under `/sync/` carries, whatever went wrong.
pub fn assert_marked(answer: &Answer) {
    assert_eq!(answer.header("sync-protocol"), "1", "{answer:?}");
    assert_eq!(answer.header("sync-epoch").len(), 32, "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
}

/// A problem of this kind.
pub fn assert_refused(answer: &Answer, status: u16, slug: &str) {
    assert_eq!((answer.status, answer.slug().as_str()), (status, slug), "{answer:?}");
    assert_marked(answer);
    let document = answer.json();
    assert!(document["instance"].as_str().unwrap().starts_with("urn:uuid:"));
    assert_eq!(document["status"], status);
    assert!(!document["detail"].as_str().unwrap().is_empty());
}
