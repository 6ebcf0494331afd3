//! The built page: files as they are, and the shell for every address that the page itself knows.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// A built page in a folder.
pub struct Page {
    files: Files,
}

/// Files of a folder as they are, or their compressed copies beside them. A folder that is not there
/// holds none.
pub struct Files(ServeDir);

const SHELL: &str = "/index.html";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

impl Page {
    /// The page in `folder`, which must hold an `index.html`.
    pub fn of(folder: &Path) -> Result<Self> {
        ensure!(
            folder.join("index.html").is_file(),
            "{} holds no built page (index.html is missing)",
            folder.display()
        );
        Ok(Self { files: Files::of(folder) })
    }

    /// Where the page keeps the district pack.
    pub fn pack(folder: &Path) -> PathBuf {
        folder.join("data/pack.json")
    }

    /// Answers a GET: a file, the shell, or the shell with 404 so that the page shows its own
    /// screen for an address that nobody knows.
    pub async fn answer(&self, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        if is_route(&path) {
            return self.files.answer(with_uri(request, Uri::from_static(SHELL))).await;
        }
        let (shell, wants_page) = (shell_like(&request), wants_page(&request));
        let found = self.files.answer(request).await;
        if found.status() != StatusCode::NOT_FOUND {
            return found;
        }
        if !wants_page {
            return (StatusCode::NOT_FOUND, "there is nothing at this address").into_response();
        }
        let mut shell = self.files.answer(shell).await;
        *shell.status_mut() = StatusCode::NOT_FOUND;
        shell
    }
}

impl Files {
    /// The files of `folder`.
    pub fn of(folder: &Path) -> Self {
        let files = ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Self(files)
    }

    /// Answers a GET with the file of that path, or 404.
    pub async fn answer(&self, mut request: Request) -> Response {
        // A part of this file would be put behind a part of an older one: it is answered whole, as RFC
        // 9110, section 14.2, allows.
        if request.headers().contains_key(header::IF_RANGE) {
            request.headers_mut().remove(header::RANGE);
        }
        if !may_be_a_file(request.uri().path()) {
            return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, ASK_FIRST)]).into_response();
        }
        let kept = is_hashed(request.uri().path());
        let mut response = match self.0.clone().oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        };
        let caching =
            if kept && !response.status().is_client_error() { FOR_EVER } else { ASK_FIRST };
        response.headers_mut().insert(header::CACHE_CONTROL, caching);
        response
    }
}

/// An address that the page's router knows.
fn is_route(path: &str) -> bool {
    let known = ["/", "/parks", "/report", "/outbox", "/me"];
    let behind_me = ["/me/help", "/me/privacy", "/me/safe", "/me/data"];
    let one_park =
        path.strip_prefix("/parks/").is_some_and(|id| !id.is_empty() && !id.contains('/'));
    known.contains(&path) || behind_me.contains(&path) || one_park
}

/// No file system has names that are longer, with `.br` behind them, or a way that is; asked for one,
/// it fails instead of saying that there is none.
fn may_be_a_file(path: &str) -> bool {
    path.len() <= 2_048 && path.split('/').all(|name| name.len() <= 250) && !path.contains("%00")
}

/// Built files carry a hash of their bytes in their name: under such a name nothing ever changes.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.']).skip(1).any(|part| {
        part.len() >= 12 && part.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A person opened an address, rather than a page asking for one of its files.
fn wants_page(request: &Request) -> bool {
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

fn with_uri(mut request: Request, uri: Uri) -> Request {
    *request.uri_mut() = uri;
    request
}

/// A request for the whole shell: whether a browser has an older one does not matter for a 404.
fn shell_like(request: &Request) -> Request {
    let mut shell = Request::new(Body::empty());
    request.method().clone_into(shell.method_mut());
    if let Some(accepts) = request.headers().get(header::ACCEPT_ENCODING) {
        shell.headers_mut().insert(header::ACCEPT_ENCODING, accepts.clone());
    }
    with_uri(shell, Uri::from_static(SHELL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for hashed in ["/poshang-8f14e45fceea167a.js", "/poshang-8f14e45fceea167a_bg.wasm"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in
            ["/sw.js", "/index.html", "/data/pack.json", "/8f14e45fceea167a", "/icons/icon-512.png"]
        {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn the_pages_own_addresses_are_known() {
        for route in ["/", "/parks", "/parks/park-012", "/report", "/outbox", "/me", "/me/safe"] {
            assert!(is_route(route), "{route}");
        }
        for other in ["/parks/", "/parks/a/b", "/me/work", "/work", "/sw.js", "/sync/v1/hello"] {
            assert!(!is_route(other), "{other}");
        }
    }
}
