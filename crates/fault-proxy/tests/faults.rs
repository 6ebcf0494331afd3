//! Each fault, against an endpoint of three lines.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use fault_proxy::Proxy;

/// A proxy, its control address, and an endpoint that keeps every body it has read.
struct Rig {
    proxy: SocketAddr,
    control: SocketAddr,
    bodies: Arc<Mutex<Vec<String>>>,
    _runtime: tokio::runtime::Runtime,
}

impl Rig {
    fn start() -> Self {
        let bodies = Arc::default();
        let upstream = endpoint(Arc::clone(&bodies));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (proxy, control) = runtime.block_on(async {
            let shared = Proxy::new(upstream);
            let browsers = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let orders = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let addresses = (browsers.local_addr().unwrap(), orders.local_addr().unwrap());
            tokio::spawn(Arc::clone(&shared).serve(browsers));
            tokio::spawn(shared.take_orders(orders));
            addresses
        });
        Self { proxy, control, bodies, _runtime: runtime }
    }

    fn with_rules(rules: &str) -> Self {
        let rig = Self::start();
        let answer = ask(rig.control, "POST", "/rules", rules).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        rig
    }

    fn post(&self, body: &str) -> std::io::Result<String> {
        ask(self.proxy, "POST", "/sync/v1/items", body)
    }

    fn log(&self) -> String {
        ask(self.control, "GET", "/log", "").unwrap()
    }

    fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }
}

/// Reads requests to the end of what their senders say, keeps the bodies, answers 201 `stored`.
fn endpoint(bodies: Arc<Mutex<Vec<String>>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let body = read_request(&mut stream);
            bodies.lock().unwrap().push(body);
            let _ = stream.write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\nstored");
        }
    });
    address
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 1024];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return body.to_owned();
            }
        }
        match stream.read(&mut part) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&part[..read]),
            _ => return text.split_once("\r\n\r\n").map_or(String::new(), |it| it.1.to_owned()),
        }
    }
}

fn ask(address: SocketAddr, method: &str, path: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: test\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn assert_cut(answer: std::io::Result<String>) {
    let kind = answer.expect_err("the connection should have broken off").kind();
    assert!(matches!(kind, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{kind:?}");
}

fn wait_for(done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(5), "waited in vain");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn without_rules_requests_and_answers_pass_unchanged() {
    let rig = Rig::start();
    let answer = rig.post("words").unwrap();
    assert!(answer.starts_with("HTTP/1.1 201") && answer.ends_with("stored"), "{answer}");
    assert_eq!(rig.bodies(), ["words"]);
    assert!(rig.log().contains(r#""upstream_status":201,"done":"forwarded""#));
}

#[test]
fn a_request_cut_before_is_never_seen_by_the_endpoint_and_the_next_one_is() {
    let rig = Rig::with_rules(r#"[{"method": "POST", "times": 1, "fault": "cut_before"}]"#);
    assert_cut(rig.post("first"));
    rig.post("second").unwrap();
    assert_eq!(rig.bodies(), ["second"]);
}

#[test]
fn a_cut_body_arrives_in_part() {
    let rig = Rig::with_rules(r#"[{"fault": {"cut_body": 4}}]"#);
    assert_cut(rig.post("123456789"));
    wait_for(|| rig.bodies() == ["1234"]);
}

#[test]
fn a_lost_answer_was_given() {
    let rig = Rig::with_rules(r#"[{"fault": "lose_answer"}]"#);
    assert_cut(rig.post("words"));
    assert_eq!(rig.bodies(), ["words"]);
    assert!(rig.log().contains(r#""upstream_status":201,"done":"lose_answer""#));
}

#[test]
fn a_late_answer_comes_late() {
    let rig = Rig::with_rules(r#"[{"fault": {"delay_ms": 300}}]"#);
    let started = Instant::now();
    assert!(rig.post("words").unwrap().starts_with("HTTP/1.1 201"));
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_request_that_is_repeated_on_the_way_arrives_twice_and_is_answered_once() {
    let rig = Rig::with_rules(r#"[{"fault": "twice"}]"#);
    assert!(rig.post("words").unwrap().starts_with("HTTP/1.1 201"));
    assert_eq!(rig.bodies(), ["words", "words"]);
}

#[test]
fn silence_ends_when_the_browser_hangs_up_and_the_endpoint_saw_nothing() {
    let rig = Rig::with_rules(r#"[{"fault": "silence", "times": 1}]"#);
    let mut stream = TcpStream::connect(rig.proxy).unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwords").unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let kind = stream.read(&mut [0]).unwrap_err().kind();
    assert!(matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{kind:?}");
    drop(stream);
    wait_for(|| rig.log().contains(r#""done":"silence""#));
    assert!(rig.bodies().is_empty());
}

#[test]
fn a_flipped_body_differs_in_one_byte() {
    let rig = Rig::with_rules(r#"[{"fault": "flip_body"}]"#);
    rig.post("words").unwrap();
    assert_eq!(rig.bodies(), ["wosds"]);
}

#[test]
fn longer_bodies_are_refused_by_the_gateway_and_shorter_ones_pass() {
    let rig = Rig::with_rules(r#"[{"fault": {"at_most": 4}}]"#);
    let refused = rig.post("words").unwrap();
    assert!(refused.starts_with("HTTP/1.1 413") && !refused.contains("Sync-"), "{refused}");
    assert!(rig.post("word").unwrap().starts_with("HTTP/1.1 201"));
    assert_eq!(rig.bodies(), ["word"]);
}

#[test]
fn a_thin_line_takes_its_time_with_every_byte() {
    let rig = Rig::with_rules(r#"[{"fault": {"bytes_per_second": 100}}]"#);
    let started = Instant::now();
    assert!(rig.post("twenty bytes in all.").unwrap().starts_with("HTTP/1.1 201"));
    assert!(started.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_login_page_answers_200_in_the_endpoints_place() {
    let rig = Rig::with_rules(r#"[{"path": "/sync/", "fault": "login_page"}]"#);
    let answer = rig.post("words").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("text/html"), "{answer}");
    assert!(rig.bodies().is_empty());
}

#[test]
fn a_made_up_status_carries_the_headers_that_it_was_given() {
    let rules = r#"[{"fault": {"status": {"status": 503, "headers": [["Retry-After", "7"]]}}}]"#;
    let answer = Rig::with_rules(rules).post("words").unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("Retry-After: 7\r\n"));
    assert!(!answer.contains("Sync-"));
}

#[test]
fn offline_refuses_everything_until_the_rules_are_lifted() {
    let rig = Rig::with_rules(r#"[{"fault": "offline"}]"#);
    assert_cut(rig.post("words"));
    assert_cut(ask(rig.proxy, "GET", "/", ""));
    ask(rig.control, "POST", "/rules", "[]").unwrap();
    assert!(rig.post("words").is_ok());
}

#[test]
fn the_endpoint_may_move() {
    let rig = Rig::start();
    let elsewhere = Arc::default();
    let address = endpoint(Arc::clone(&elsewhere));
    ask(rig.control, "POST", "/upstream", &format!("\"{address}\"")).unwrap();
    rig.post("words").unwrap();
    assert_eq!((rig.bodies().len(), elsewhere.lock().unwrap().len()), (0, 1));
}

#[test]
fn a_wrong_order_is_refused_with_the_reason() {
    let rig = Rig::start();
    let answer = ask(rig.control, "POST", "/rules", r#"[{"fault": "explode"}]"#).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("explode"), "{answer}");
}

#[test]
fn an_endpoint_that_is_down_breaks_the_connection_and_is_named_in_the_log() {
    let rig = Rig::start();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    ask(rig.control, "POST", "/upstream", &format!("\"{nobody}\"")).unwrap();
    assert_cut(rig.post("words"));
    assert!(rig.log().contains(r#""error":"#));
}
