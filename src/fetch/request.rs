//! What is asked of a host, and what comes back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::address::AddressError;

/// What an answer must be, judged from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// A JSON document.
    Json,
    /// A page of the regulator's site, in a layout that is known.
    Page,
    /// Any HTML page.
    Html,
    /// A sitemap.
    Sitemap,
    /// A published document: PDF, Word, OpenDocument, RTF.
    Document,
    /// Bytes of an archive, checked by who asked for them.
    Bytes,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its address.
    pub address: String,
    /// A JSON body, which makes it a POST.
    pub body: Option<serde_json::Value>,
    /// What is known of the stored copy, to be told if nothing has changed.
    pub validators: Validators,
    /// First and last byte wanted.
    pub range: Option<(u64, u64)>,
    /// What must come.
    pub expect: Expect,
}

/// The headers by which a server recognises a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_modified: Option<String>,
}

impl Request {
    /// A plain GET.
    #[must_use]
    pub fn get(address: impl Into<String>, expect: Expect) -> Self {
        Self {
            address: address.into(),
            body: None,
            validators: Validators::default(),
            range: None,
            expect,
        }
    }

    /// A POST of JSON that is answered with JSON.
    #[must_use]
    pub fn post(address: impl Into<String>, body: serde_json::Value) -> Self {
        Self { body: Some(body), ..Self::get(address, Expect::Json) }
    }
}

/// An answer whose content has been checked.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The address that answered in the end, after redirects.
    pub address: String,
    /// Its status.
    pub status: u16,
    /// When it came.
    pub at: Timestamp,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// How to ask again.
    pub validators: Validators,
    /// When an archive took its copy (`Memento-Datetime`).
    pub memento: Option<String>,
    /// The body, decompressed.
    pub bytes: Vec<u8>,
}

/// How a request ended well.
#[derive(Debug, Clone)]
pub enum Reply {
    /// With content.
    Content(Answer),
    /// The stored copy is still right (304).
    Unchanged,
}

/// How a request failed.
#[derive(Debug, Error)]
pub enum FetchError {
    /// Not asked: the address is not allowed.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Not asked: robots.txt forbids it.
    #[error("{0} is not asked: the site's robots.txt does not allow it")]
    Disallowed(String),
    /// Not asked: the host has refused before.
    #[error("{host} is not asked any more: {why}")]
    Stopped {
        /// The host.
        host: String,
        /// What happened.
        why: String,
    },
    /// The host refused, also after long waits.
    #[error(
        "{address} was refused with status {status}, also after waiting; the site may block automated requests"
    )]
    Refused {
        /// The address.
        address: String,
        /// 403, 429 or 503, or 405 with a captcha.
        status: u16,
    },
    /// It is not there.
    #[error("{address} is not there (status {status})")]
    Missing {
        /// The address.
        address: String,
        /// 404 or 410.
        status: u16,
    },
    /// Another status.
    #[error("{address} answered with status {status}")]
    Status {
        /// The address.
        address: String,
        /// The status.
        status: u16,
    },
    /// The content is not what it must be.
    #[error("{address}: {fault}; the site is blocking, or has changed")]
    Content {
        /// The address.
        address: String,
        /// What is wrong.
        fault: String,
    },
    /// More bytes than allowed.
    #[error("{address} has more than {largest} bytes and was given up")]
    TooLarge {
        /// The address.
        address: String,
        /// The cap.
        largest: usize,
    },
    /// Redirects without an end.
    #[error("{0} redirects again and again")]
    RedirectLoop(String),
    /// The connection failed.
    #[error("{address} could not be read: {cause}")]
    Connection {
        /// The address.
        address: String,
        /// What happened.
        cause: String,
    },
}

impl FetchError {
    /// Whether the host kept us out, so that nothing can be said about what it holds.
    #[must_use]
    pub const fn is_block(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Stopped { .. } | Self::Disallowed(_))
    }

    /// Whether the address holds nothing.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}
