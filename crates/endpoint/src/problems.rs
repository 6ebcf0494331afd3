//! Why a whole request is refused: problem documents (RFC 9457), and the page behind each type.

use std::fmt::{self, Write as _};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use model::wire::{Fault, Problem, Reason, headers::UPLOAD_OFFSET};
use uuid::Uuid;

use crate::writer::NotWritten;

/// A kind of refusal: its slug is what a phone chooses its words by.
#[derive(Debug, PartialEq, Eq)]
pub struct Slug {
    name: &'static str,
    status: StatusCode,
    title: &'static str,
    /// What it means and what to do, for whoever opens the type's address.
    zh: &'static str,
    en: &'static str,
}

macro_rules! slugs {
    ($($constant:ident = $name:literal, $status:ident, $title:literal, $zh:literal, $en:literal;)+) => {
        $(
            #[doc = $title]
            pub static $constant: Slug = Slug {
                name: $name, status: StatusCode::$status, title: $title, zh: $zh, en: $en,
            };
        )+
        static ALL: &[&Slug] = &[$(&$constant),+];
    };
}

slugs! {
    MALFORMED = "malformed", BAD_REQUEST, "Malformed request",
        "请求不符合约定，field 指出是哪一项。请改正后再发；请求里的内容都没有保存。",
        "The request does not have the agreed form; `field` says where. Correct it and send again. \
         Nothing of it was stored.";
    TOKEN_UNKNOWN = "token-unknown", UNAUTHORIZED, "Unknown token",
        "这个收件处不认识这台设备。请重新登记设备再发；手机里的上报都还在。",
        "This endpoint does not know the device. Enrol it again and send again; what the phone \
         holds stays there.";
    NO_SUCH = "no-such", NOT_FOUND, "No such thing",
        "没有这个地址。照片要等提到它的上报先送达，才能上传。",
        "There is nothing at this address. A photo can be brought once this device has sent the \
         item that names it.";
    METHOD = "method", METHOD_NOT_ALLOWED, "Wrong method",
        "这个地址不接受这种请求，Allow 列出可用的几种。",
        "This address does not take this method; `Allow` lists those it takes.";
    DEVICE_TAKEN = "device-taken", CONFLICT, "Device id taken",
        "这个设备编号已经属于另一台设备。请换一个编号重新登记；已封存的上报不变。",
        "The device id belongs to another token. Make a new id and token; what is sealed stays as \
         it is.";
    OFFSET = "offset", CONFLICT, "Wrong offset",
        "这张照片已经收到一部分，请从 offset 说的地方接着发。",
        "A part of the photo is here. Go on from `offset`.";
    EPOCH_CHANGED = "epoch-changed", GONE, "Other epoch",
        "收件处的数据库从备份恢复过。请从头读起，并问一问还缺什么。",
        "The endpoint's database was restored from a backup. Read from the beginning, and ask what \
         is missing.";
    LENGTH_REQUIRED = "length-required", LENGTH_REQUIRED, "Length required",
        "上传照片前要先说明大小（Content-Length）。",
        "Say how long a photo is before sending it (`Content-Length`).";
    TOO_LARGE = "too-large", PAYLOAD_TOO_LARGE, "Too large",
        "内容超过上限，limit 是上限。请分几次发，或换小一点的照片。",
        "More than `limit` allows. Send fewer at once, or a smaller photo.";
    TYPE = "type", UNSUPPORTED_MEDIA_TYPE, "Wrong type",
        "内容类型不对。文字用 application/json；照片用 JPEG、PNG 或 WebP，录音用 WebM、Ogg 或 MP4。",
        "Not a type that is taken here. Texts are application/json; photos JPEG, PNG or WebP, voice \
         notes WebM, Ogg or MP4.";
    DIGEST = "digest", UNPROCESSABLE_ENTITY, "Wrong digest",
        "收到的字节和封存时的不一样，没有保存。请重新读取后再发。",
        "The bytes are not those that were sealed, and were not kept. Read them anew and send again.";
    UPGRADE = "upgrade", UPGRADE_REQUIRED, "Client too old",
        "这个版本太旧。请更新页面；手机里的上报都还在。",
        "This client is too old. Renew the page; what the phone holds stays there.";
    SLOW_DOWN = "slow-down", TOO_MANY_REQUESTS, "Slow down",
        "这台设备（或这个网络）一次发得太多。请按 Retry-After 等一等；手机里的上报都还在。",
        "This device, or this network, has sent a lot at once. Wait as `Retry-After` says; what the \
         phone holds stays there.";
    BUSY = "busy", SERVICE_UNAVAILABLE, "Busy",
        "收件处现在忙不过来，或者请求来得太慢。请稍后再试；手机里的上报都还在。",
        "The endpoint has too much to do, or the request came too slowly. Try again later; what the \
         phone holds stays there.";
    DISK = "disk", SERVICE_UNAVAILABLE, "Disk full",
        "收件处的磁盘满了。请稍后再试；手机里的上报都还在。",
        "The endpoint's disk is full. Try again later; what the phone holds stays there.";
}

/// A request that is refused as a whole.
#[derive(Clone, Debug)]
pub struct Refusal {
    slug: &'static Slug,
    title: &'static str,
    detail: String,
    field: Option<String>,
    limit: Option<u64>,
    retry_after: Option<u32>,
    offset: Option<u64>,
}

/// A refusal in words that somebody who reads a log can act on. They repeat nothing a person typed.
pub fn refuse(slug: &'static Slug, detail: impl Into<String>) -> Refusal {
    let title = slug.title;
    let detail = detail.into();
    Refusal { slug, title, detail, field: None, limit: None, retry_after: None, offset: None }
}

impl Refusal {
    /// Where in the request: a JSON Pointer.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The limit that was passed.
    #[must_use]
    pub fn over(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Seconds until another try makes sense.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// How many bytes of a photo are here.
    #[must_use]
    pub fn held(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Too much to do right now.
    pub fn busy(detail: &str) -> Self {
        refuse(&BUSY, detail).retry_after(5)
    }

    /// Is the endpoint at fault, rather than what it was given? Then later is worth a try.
    pub fn is_ours(&self) -> bool {
        self.slug.status.is_server_error()
    }

    fn document(&self) -> Problem {
        Problem {
            kind: format!("/problems/{}", self.slug.name),
            title: self.title.to_owned(),
            status: self.slug.status.as_u16(),
            detail: Some(self.detail.clone()),
            instance: Some(Uuid::now_v7().urn().to_string()),
            field: self.field.clone(),
            limit: self.limit,
            retry_after: self.retry_after,
            offset: self.offset,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.slug.name, self.detail)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let slug = if fault.reason == Reason::TooLarge { &TOO_LARGE } else { &MALFORMED };
        let mut refusal = refuse(slug, fault.detail).at(fault.field);
        if refusal.field.as_deref() == Some("/items") && slug == &TOO_LARGE {
            refusal.title = "Too many items";
        }
        refusal.limit = fault.limit;
        refusal
    }
}

impl From<NotWritten> for Refusal {
    fn from(why: NotWritten) -> Self {
        match why {
            NotWritten::Busy => Self::busy("too many requests wait to be written"),
            NotWritten::DiskFull => refuse(&DISK, "the endpoint's disk is full").retry_after(300),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let document = self.document();
        if self.slug.status.is_server_error() {
            let instance = document.instance.as_deref().unwrap_or_default();
            tracing::warn!(slug = self.slug.name, instance, "{}", self.detail);
        }
        let body = serde_json::to_string(&document).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.slug.status, kind, body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(offset) = self.offset {
            headers.insert(UPLOAD_OFFSET, HeaderValue::from(offset));
        }
        if self.slug == &TOKEN_UNKNOWN {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The page behind a type's address.
pub fn page(name: &str) -> Response {
    match ALL.iter().find(|slug| slug.name == name) {
        Some(slug) => Html(html(slug)).into_response(),
        None => (StatusCode::NOT_FOUND, Html(contents())).into_response(),
    }
}

fn html(slug: &Slug) -> String {
    let Slug { name, status, title, zh, en } = slug;
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{name}</title>\
         <h1>{name} · {}</h1><p>{zh}</p><p lang=\"en\"><strong>{title}.</strong> {en}</p></html>",
        status.as_u16()
    )
}

fn contents() -> String {
    let links = ALL.iter().fold(String::new(), |mut list, Slug { name, .. }| {
        let _ = write!(list, "<li><a href=\"/problems/{name}\">{name}</a></li>");
        list
    });
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>problems</title>\
         <p>没有这一种。<span lang=\"en\">There is no such kind.</span></p><ul>{links}</ul></html>"
    )
}
