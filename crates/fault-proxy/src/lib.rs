//! A proxy between browser and endpoint that does to requests what bad networks do.
//!
//! Every connection carries one request: the proxy asks both sides to close after it. So a fault
//! hits the request that its rule names and no neighbour, and a browser never repeats a request by
//! itself, as it may on a connection that it had used before.
//!
//! Nothing waits without an end: heads, bodies and answers have a limit in time and in bytes.

/// Reading and writing just enough of HTTP/1.1.
pub mod http;

/// What is to go wrong, for which requests, how often.
pub mod rules;

/// What was seen and what was done.
pub mod log;

/// One request's way through, or not.
pub mod carry;

/// The second address: rules in, log out.
pub mod control;

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use crate::{log::Seen, rules::Rules};

/// What all connections share.
pub struct Proxy {
    /// The endpoint. It may be changed, as when it is started anew on another port.
    pub upstream: Mutex<SocketAddr>,
    /// The faults that are still to happen.
    pub rules: Mutex<Rules>,
    /// Every request, in the order of their ends.
    pub log: Mutex<Vec<Seen>>,
}

impl Proxy {
    /// A proxy that does no harm yet.
    pub fn new(upstream: SocketAddr) -> Arc<Self> {
        let (rules, log) = (Mutex::default(), Mutex::default());
        Arc::new(Self { upstream: Mutex::new(upstream), rules, log })
    }

    /// Carries browsers' requests for as long as the program runs.
    pub async fn serve(self: Arc<Self>, listener: TcpListener) {
        while let Some(stream) = next(&listener).await {
            tokio::spawn(carry::connection(Arc::clone(&self), stream));
        }
    }

    /// Takes orders for as long as the program runs.
    pub async fn take_orders(self: Arc<Self>, listener: TcpListener) {
        while let Some(stream) = next(&listener).await {
            tokio::spawn(control::connection(Arc::clone(&self), stream));
        }
    }
}

/// A connection that was gone before it was accepted is nobody's business.
async fn next(listener: &TcpListener) -> Option<TcpStream> {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Some(stream),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(_) => return None,
        }
    }
}
