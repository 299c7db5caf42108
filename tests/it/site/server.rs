//! HTTP/1.1 over std: one request a connection, read whole, answered, closed.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const LONGEST_HEAD: u64 = 64 * 1024;
const LONGEST_BODY: u64 = 1024 * 1024;

/// A request as it came in.
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Reads one request; `None` if the client closed without one.
    pub(super) fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
        let mut head = BufReader::new(stream).take(LONGEST_HEAD);
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let headers = read_headers(&mut head)?;
        let mut request = Self { method, target, headers, body: Vec::new() };
        let length = request.header("content-length").and_then(|value| value.parse().ok());
        head.into_inner()
            .take(length.unwrap_or(0).min(LONGEST_BODY))
            .read_to_end(&mut request.body)?;
        Ok(Some(request))
    }

    /// The value of a header, whose name is given in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query's pairs, decoded.
    pub(super) fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (decoded(key), decoded(value)))
            .collect()
    }

    pub(super) fn is_conditional(&self) -> bool {
        self.header("if-none-match").or(self.header("if-modified-since")).is_some()
    }

    /// Whether the client's copy, by ETag first, is the one with these validators.
    fn has_current(&self, etag: &str, modified: &str) -> bool {
        let same = |tag: &str| tag.trim().trim_start_matches("W/") == etag;
        match self.header("if-none-match") {
            Some(tags) => tags.split(',').any(same) || tags.trim() == "*",
            None => self.header("if-modified-since") == Some(modified),
        }
    }
}

fn read_headers(head: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(headers);
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let (byte, step) = match (bytes[at], hex) {
            (b'%', Some(byte)) => (byte, 3),
            (b'+', _) => (b' ', 1),
            (byte, _) => (byte, 1),
        };
        plain.push(byte);
        at += step;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// Writes a body as it makes it.
pub(super) type Writer = dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send;

/// What is sent after the headers, and how.
pub(super) enum Body {
    /// Whole, with its length.
    Whole(Vec<u8>),
    /// Half, with the length of the whole.
    Half(Vec<u8>),
    /// A byte every 200 ms, with the length.
    Slow(Vec<u8>),
    /// Whatever is written, without a length.
    Streamed(Box<Writer>),
    /// Nothing, not even headers.
    Closed,
}

impl Body {
    /// What would be sent if all were sent.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut all = Vec::new();
        match self {
            Self::Whole(bytes) | Self::Half(bytes) | Self::Slow(bytes) => all = bytes,
            Self::Streamed(write) => write(&mut all).expect("writing to memory does not fail"),
            Self::Closed => {}
        }
        all
    }
}

/// An answer.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

impl Reply {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::with_body(status, kind, Body::Whole(body.into()))
    }

    pub(super) fn with_body(status: u16, kind: &str, body: Body) -> Self {
        Self { status, headers: vec![("Content-Type", kind.to_owned())], body }
    }

    pub(super) fn redirect(status: u16, to: &str) -> Self {
        Self::new(status, "text/html", "").header("Location", to)
    }

    pub(super) fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// With an `ETag` and `Last-Modified`, and 304 instead if the client's copy is current.
    pub(super) fn validated(self, modified: String, request: &Request) -> Self {
        let Body::Whole(bytes) = &self.body else { return self };
        let etag = format!("\"{:016x}\"", fingerprint(bytes));
        let current = request.has_current(&etag, &modified);
        let mut reply = self.header("ETag", etag).header("Last-Modified", modified);
        if current {
            (reply.status, reply.body) = (304, Body::Whole(Vec::new()));
        }
        reply
    }

    /// The part that a `Range` header of one range asks for, with 206, or 416.
    pub(super) fn ranged(self, request: &Request) -> Self {
        let mut reply = self.header("Accept-Ranges", "bytes");
        let asked = request.header("range").and_then(|range| range.strip_prefix("bytes="));
        let Some(asked) = asked.filter(|_| reply.is_for(request.header("if-range"))) else {
            return reply;
        };
        let Body::Whole(bytes) = &reply.body else { return reply };
        let length = bytes.len();
        let Some((first, last)) = bounds(asked, length) else {
            return Self::new(416, "text/plain", "")
                .header("Content-Range", format!("bytes */{length}"));
        };
        let part = bytes[first..=last].to_vec();
        (reply.status, reply.body) = (206, Body::Whole(part));
        reply.header("Content-Range", format!("bytes {first}-{last}/{length}"))
    }

    /// Whether a range may be cut: the answer is whole and matches `If-Range`.
    fn is_for(&self, if_range: Option<&str>) -> bool {
        let matches = |wanted: &str| self.headers.iter().any(|(_, value)| value == wanted);
        self.status == 200 && if_range.is_none_or(matches)
    }

    /// Writes the answer; a slow one ends early when the site stops.
    pub(super) fn send(
        self,
        out: &TcpStream,
        head_only: bool,
        stop: &AtomicBool,
    ) -> io::Result<()> {
        let length = match &self.body {
            Body::Closed => return Ok(()),
            Body::Whole(bytes) | Body::Half(bytes) | Body::Slow(bytes) => Some(bytes.len()),
            Body::Streamed(_) => None,
        };
        let mut out = BufWriter::new(out);
        write!(out, "HTTP/1.1 {} {}\r\nConnection: close\r\n", self.status, reason(self.status))?;
        for (name, value) in &self.headers {
            write!(out, "{name}: {value}\r\n")?;
        }
        if let Some(length) = length.filter(|_| self.status != 304) {
            write!(out, "Content-Length: {length}\r\n")?;
        }
        out.write_all(b"\r\n")?;
        match self.body {
            _ if head_only => {}
            Body::Whole(bytes) => out.write_all(&bytes)?,
            Body::Half(bytes) => out.write_all(&bytes[..bytes.len() / 2])?,
            Body::Slow(bytes) => drip(&bytes, &mut out, stop)?,
            Body::Streamed(write) => write(&mut out)?,
            Body::Closed => {}
        }
        out.flush()
    }
}

fn drip(bytes: &[u8], out: &mut impl Write, stop: &AtomicBool) -> io::Result<()> {
    for byte in bytes.iter().take_while(|_| !stop.load(Ordering::SeqCst)) {
        out.write_all(&[*byte])?;
        out.flush()?;
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

/// First and last byte of `a-b`, `a-` or `-n`; `None` if nothing is there.
fn bounds(asked: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = asked.split_once('-')?;
    let (first, last) = match (first.parse().ok(), last.parse::<usize>().ok()) {
        (Some(first), last) => (first, last.unwrap_or(length).min(length.checked_sub(1)?)),
        (None, Some(tail)) => (length.saturating_sub(tail), length.checked_sub(1)?),
        (None, None) => return None,
    };
    (first <= last).then_some((first, last))
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

/// FNV-1a: enough to tell versions of an invented page apart.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
