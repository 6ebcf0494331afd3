//! One request's way through, or not.

use std::{
    io::Result,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::{io::AsyncReadExt as _, net::TcpStream, time::sleep};

use crate::{
    Proxy,
    http::{PATIENCE, Request, answer, cut, read_answer, status, within, write},
    log::Seen,
    rules::Fault,
};

const LOGIN_PAGE: &str = "<!doctype html><title>Wi-Fi</title><h1>Please log in</h1>";
const TOO_LONG: &str = "<!doctype html><title>413</title><h1>Request Entity Too Large</h1>";

/// What the browser gets to see.
enum Ending {
    Answer(Vec<u8>),
    /// Then nothing.
    Beginning(Vec<u8>),
    Cut,
}

/// Takes one request from a browser, does what the rules say, and writes it down.
pub async fn connection(proxy: Arc<Proxy>, mut browser: TcpStream) {
    let Ok(Some(mut request)) = Request::read(&mut browser).await else {
        return cut(browser);
    };
    let fault = proxy.rules.lock().await.take(&request.method, &request.path);
    let mut seen = seen(&request, fault.as_ref());
    let ending = perform(&proxy, &mut browser, &mut request, fault, &mut seen).await;
    let ending = ending.unwrap_or_else(|error| {
        seen.error = Some(error.to_string());
        Ending::Cut
    });
    // Written down first: whoever has the answer may ask for the log at once.
    proxy.log.lock().await.push(seen);
    match ending {
        Ending::Answer(bytes) => finish(browser, &bytes).await,
        Ending::Beginning(bytes) => {
            if write(&mut browser, &bytes).await.is_ok() {
                let _ = within(browser.read(&mut [0])).await;
            }
            cut(browser);
        }
        Ending::Cut => cut(browser),
    }
}

async fn perform(
    proxy: &Proxy,
    browser: &mut TcpStream,
    request: &mut Request,
    fault: Option<Fault>,
    seen: &mut Seen,
) -> Result<Ending> {
    match fault {
        Some(Fault::Offline | Fault::CutBefore) => Ok(Ending::Cut),
        Some(Fault::CutBody(bytes)) => {
            request.read_body(browser, bytes).await?;
            half_forward(proxy, request, bytes).await?;
            Ok(Ending::Cut)
        }
        Some(Fault::LoseAnswer) => {
            forward(proxy, browser, request, seen).await?;
            Ok(Ending::Cut)
        }
        Some(Fault::Twice) => {
            forward(proxy, browser, request, seen).await?;
            forward(proxy, browser, request, seen).await.map(Ending::Answer)
        }
        Some(Fault::Silence) => {
            request.read_body(browser, request.length).await?;
            // Until the browser hangs up; a byte more than the request would be a surprise as well.
            let _ = within(browser.read(&mut [0])).await;
            Ok(Ending::Cut)
        }
        Some(Fault::Unfinished(lacks)) => {
            let mut answer = forward(proxy, browser, request, seen).await?;
            answer.truncate(answer.len().saturating_sub(lacks));
            Ok(Ending::Beginning(answer))
        }
        Some(Fault::FlipBody) => {
            request.read_body(browser, request.length).await?;
            let middle = request.length / 2;
            if let Some(byte) = request.body.get_mut(middle) {
                *byte ^= 1;
            }
            forward(proxy, browser, request, seen).await.map(Ending::Answer)
        }
        Some(Fault::DropHeader(name)) => {
            request.drop_header(&name);
            forward(proxy, browser, request, seen).await.map(Ending::Answer)
        }
        Some(Fault::AtMost(bytes)) if request.length > bytes => {
            request.read_body(browser, request.length).await?;
            Ok(Ending::Answer(answer(413, &html(), TOO_LONG)))
        }
        Some(Fault::BytesPerSecond(rate)) => {
            sleep(lasting(request.length, rate)).await;
            let answer = forward(proxy, browser, request, seen).await?;
            sleep(lasting(answer.len(), rate)).await;
            Ok(Ending::Answer(answer))
        }
        Some(Fault::LoginPage) => {
            request.read_body(browser, request.length).await?;
            Ok(Ending::Answer(answer(200, &html(), LOGIN_PAGE)))
        }
        Some(Fault::Status(own)) => {
            request.read_body(browser, request.length).await?;
            Ok(Ending::Answer(answer(own.status, &own.headers, &own.body)))
        }
        Some(Fault::DelayMs(ms)) => {
            sleep(Duration::from_millis(ms)).await;
            forward(proxy, browser, request, seen).await.map(Ending::Answer)
        }
        Some(Fault::AtMost(_)) | None => {
            forward(proxy, browser, request, seen).await.map(Ending::Answer)
        }
    }
}

fn html() -> [(String, String); 1] {
    [("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned())]
}

/// How long so many bytes take on a line of this rate.
fn lasting(bytes: usize, per_second: u32) -> Duration {
    let millis = bytes as u64 * 1000 / u64::from(per_second);
    Duration::from_millis(millis).min(PATIENCE)
}

/// The whole request to the endpoint, its whole answer back.
async fn forward(
    proxy: &Proxy,
    browser: &mut TcpStream,
    request: &mut Request,
    seen: &mut Seen,
) -> Result<Vec<u8>> {
    request.read_body(browser, request.length).await?;
    let mut endpoint = connect(proxy).await?;
    write(&mut endpoint, request.head().as_bytes()).await?;
    // An endpoint may refuse by the head alone and close: its answer counts, not our writing.
    let written = write(&mut endpoint, &request.body).await;
    let answer = read_answer(&mut endpoint).await?;
    if answer.is_empty() {
        written?;
    }
    seen.upstream_status = status(&answer);
    Ok(answer)
}

/// The head and the first bytes of the body, then the line goes dead.
async fn half_forward(proxy: &Proxy, request: &Request, bytes: usize) -> Result<()> {
    let mut endpoint = connect(proxy).await?;
    write(&mut endpoint, request.head().as_bytes()).await?;
    let bytes = bytes.min(request.body.len());
    write(&mut endpoint, &request.body[..bytes]).await?;
    // Time for the endpoint to read them; a reset would take them out of its hands.
    sleep(Duration::from_millis(50)).await;
    cut(endpoint);
    Ok(())
}

async fn connect(proxy: &Proxy) -> Result<TcpStream> {
    let upstream = *proxy.upstream.lock().await;
    within(TcpStream::connect(upstream)).await
}

/// Writes the answer and waits until the browser has closed as well, so that it is read to its end.
async fn finish(mut browser: TcpStream, bytes: &[u8]) {
    if write(&mut browser, bytes).await.is_err() {
        return cut(browser);
    }
    let mut rest = [0; 1024];
    let _ = tokio::io::AsyncWriteExt::shutdown(&mut browser).await;
    while within(browser.read(&mut rest)).await.is_ok_and(|read| read > 0) {}
}

fn seen(request: &Request, fault: Option<&Fault>) -> Seen {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Seen {
        method: request.method.clone(),
        path: request.path.clone(),
        at_ms: since_1970.as_millis(),
        length: request.length,
        upstream_status: None,
        done: fault.map_or("forwarded", Fault::name),
        error: None,
    }
}
