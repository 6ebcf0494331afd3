//! Reading and writing just enough of HTTP/1.1.

use std::{
    io::{Error, ErrorKind, Result},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// No single wait is longer.
pub const PATIENCE: Duration = Duration::from_mins(1);
const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// The head of a request, and what came in with it of the body.
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Header lines as they came, without the first line and without the empty one.
    headers: Vec<String>,
    /// Bytes that the body has.
    pub length: usize,
    /// The first of them.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a head. `Ok(None)`: the other side closed without a word, as browsers do with spare
    /// connections.
    pub async fn read(stream: &mut TcpStream) -> Result<Option<Self>> {
        let Some((head, body)) = within(read_head(stream)).await? else { return Ok(None) };
        let mut lines = head.split("\r\n");
        let first = lines.next().unwrap_or_default();
        let [method, path, _] = first.split(' ').collect::<Vec<_>>()[..] else {
            return Err(unreadable("the first line is no request"));
        };
        let headers = lines.map(str::to_owned).collect::<Vec<_>>();
        let length = length(&headers)?;
        Ok(Some(Self { method: method.into(), path: path.into(), headers, length, body }))
    }

    /// The head as it goes on to the endpoint, which is to close after its answer. We answer no
    /// `Expect`: whoever waits for that sends the body after a moment anyway.
    pub fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        let own = ["connection:", "keep-alive:", "expect:"];
        for line in &self.headers {
            if !own.iter().any(|name| line.to_ascii_lowercase().starts_with(name)) {
                head.push_str(line);
                head.push_str("\r\n");
            }
        }
        head + "Connection: close\r\n\r\n"
    }

    /// Takes away every line of this header.
    pub fn drop_header(&mut self, name: &str) {
        let is_it = |line: &String| {
            line.split_once(':').is_some_and(|(it, _)| it.eq_ignore_ascii_case(name))
        };
        self.headers.retain(|line| !is_it(line));
    }

    /// Reads on until at least `wanted` bytes of the body are here, or all of it.
    pub async fn read_body(&mut self, stream: &mut TcpStream, wanted: usize) -> Result<()> {
        let wanted = wanted.min(self.length);
        while self.body.len() < wanted {
            if within(stream.read_buf(&mut self.body)).await? == 0 {
                return Err(unreadable("the body ended early"));
            }
        }
        Ok(())
    }
}

/// An answer of our own, complete.
pub fn answer(status: u16, headers: &[(String, String)], body: &str) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Fault\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    (head + "Connection: close\r\n\r\n" + body).into_bytes()
}

/// Reads an answer to its end, which is the end of the connection.
pub async fn read_answer(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut answer = Vec::new();
    while within(stream.read_buf(&mut answer)).await? > 0 {
        if answer.len() > LONGEST_BODY {
            return Err(unreadable("the answer is too long"));
        }
    }
    Ok(answer)
}

/// The status in the first line of an answer.
pub fn status(answer: &[u8]) -> Option<u16> {
    let line = answer.get(..12)?.strip_prefix(b"HTTP/1.1 ")?;
    std::str::from_utf8(line).ok()?.parse().ok()
}

/// Writes all and says that no more will come.
pub async fn write(stream: &mut TcpStream, bytes: &[u8]) -> Result<()> {
    within(stream.write_all(bytes)).await
}

/// Breaks a connection off, so that the other side sees a reset and not a polite end.
pub fn cut(stream: TcpStream) {
    // Where the system refuses the option, dropping still ends the connection.
    let _ = stream.set_zero_linger();
    drop(stream);
}

/// A wait with an end.
pub async fn within<T>(wait: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(PATIENCE, wait).await.map_err(|_| Error::from(ErrorKind::TimedOut))?
}

async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<(String, Vec<u8>)>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            bytes.truncate(end);
            let head = String::from_utf8(bytes).map_err(|_| unreadable("the head is no UTF-8"))?;
            return Ok(Some((head, body)));
        }
        if bytes.len() > LONGEST_HEAD {
            return Err(unreadable("the head is too long"));
        }
        match stream.read_buf(&mut bytes).await? {
            0 if bytes.is_empty() => return Ok(None),
            0 => return Err(unreadable("the head ended early")),
            _ => {}
        }
    }
}

/// Browsers say how long a body is, unless a page streams it; ours does not.
fn length(headers: &[String]) -> Result<usize> {
    let value = |name: &str| {
        headers.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    if value("transfer-encoding").is_some() {
        return Err(unreadable("a body without Content-Length is not carried"));
    }
    match value("content-length").map(str::parse) {
        None => Ok(0),
        Some(Ok(length)) if length <= LONGEST_BODY => Ok(length),
        Some(_) => Err(unreadable("Content-Length is no sensible number")),
    }
}

fn unreadable(why: &str) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_head_ends_at_the_empty_line_and_the_rest_is_body() {
        let mut bytes = &b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwords"[..];
        let (head, body) = read_head(&mut bytes).await.unwrap().unwrap();
        assert_eq!(head, "POST / HTTP/1.1\r\nContent-Length: 5");
        assert_eq!(body, b"words");
    }

    #[tokio::test]
    async fn silence_is_no_request_and_half_a_head_is_an_error() {
        assert!(read_head(&mut &b""[..]).await.unwrap().is_none());
        assert!(read_head(&mut &b"GET / HT"[..]).await.is_err());
    }

    #[test]
    fn a_dropped_header_is_gone_whatever_its_case() {
        let headers = vec!["Host: a".into(), "AUTHORIZATION: Bearer x".into()];
        let (method, path) = ("GET".into(), "/".into());
        let mut request = Request { method, path, headers, length: 0, body: Vec::new() };
        request.drop_header("authorization");
        assert_eq!(request.head(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    #[test]
    fn a_length_that_is_no_number_is_refused() {
        assert_eq!(length(&["content-length: 12".into()]).unwrap(), 12);
        assert!(length(&["Content-Length: many".into()]).is_err());
        assert!(length(&["Transfer-Encoding: chunked".into()]).is_err());
    }

    #[test]
    fn a_status_is_read_from_the_first_line() {
        assert_eq!(status(b"HTTP/1.1 503 Service Unavailable\r\n\r\n"), Some(503));
        assert_eq!(status(b"HTTP/1.1"), None);
    }
}
