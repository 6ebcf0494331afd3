//! The second address: rules in, log out.
//!
//! | | |
//! |---|---|
//! | `POST /rules` | the list of rules from now on, `[]` for none |
//! | `GET /rules` | the rules with the times that are left |
//! | `GET /log` | every request seen |
//! | `DELETE /log` | forget them |
//! | `POST /upstream` | `"127.0.0.1:PORT"`: where the endpoint is now |

use std::{io::Result, net::SocketAddr, sync::Arc};

use serde::Serialize;
use tokio::net::TcpStream;

use crate::{
    Proxy,
    http::{Request, answer, write},
    rules::Rules,
};

/// Takes one order and answers it.
pub async fn connection(proxy: Arc<Proxy>, mut stream: TcpStream) {
    if let Ok(Some(mut request)) = Request::read(&mut stream).await {
        // Whoever asked and left needs no answer.
        let _ = obey(&proxy, &mut stream, &mut request).await;
    }
}

async fn obey(proxy: &Proxy, stream: &mut TcpStream, request: &mut Request) -> Result<()> {
    request.read_body(stream, request.length).await?;
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let (status, text) = match decide(proxy, &request.method, &request.path, &body).await {
        Ok(text) => (200, text),
        Err(why) => (400, why),
    };
    write(stream, &answer(status, &[], &text)).await
}

async fn decide(
    proxy: &Proxy,
    method: &str,
    path: &str,
    body: &str,
) -> std::result::Result<String, String> {
    match (method, path) {
        ("POST", "/rules") => *proxy.rules.lock().await = Rules::parse(body)?,
        ("GET", "/rules") => return json(proxy.rules.lock().await.left()),
        ("GET", "/log") => return json(&*proxy.log.lock().await),
        ("DELETE", "/log") => proxy.log.lock().await.clear(),
        ("POST", "/upstream") => *proxy.upstream.lock().await = address(body)?,
        _ => return Err(format!("{method} {path} is no order")),
    }
    Ok("[]".into())
}

fn address(body: &str) -> std::result::Result<SocketAddr, String> {
    serde_json::from_str(body).map_err(|error| format!("upstream: {error}"))
}

fn json(value: impl Serialize) -> std::result::Result<String, String> {
    serde_json::to_string(&value).map_err(|error| error.to_string())
}
