//! One record of a WARC file (ISO 28500): a gzip member with a response of a site in it.

use std::io::{self, Read as _};

use flate2::read::GzDecoder;
use thiserror::Error;

/// A record that cannot be used.
#[derive(Debug, Error)]
pub enum WarcError {
    /// The member cannot be decompressed.
    #[error("the archive's record cannot be decompressed: {0}")]
    Gzip(#[from] io::Error),
    /// It holds too much.
    #[error("the archive's record has more than {0} bytes")]
    TooLarge(usize),
    /// It is not a response with status 200, whole.
    #[error("the archive's record is no whole response of the site")]
    NoResponse,
}

/// A response as the site gave it when it was captured.
#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Reads the record of a gzip member, of which the content has at most so many bytes.
///
/// # Errors
/// The record is damaged, too large, or no response with status 200.
pub fn response(member: &[u8], largest: usize) -> Result<Response, WarcError> {
    let mut record = Vec::new();
    GzDecoder::new(member).take(largest as u64 + 1).read_to_end(&mut record)?;
    if record.len() > largest {
        return Err(WarcError::TooLarge(largest));
    }
    parsed(&record).ok_or(WarcError::NoResponse)
}

fn parsed(record: &[u8]) -> Option<Response> {
    let (head, rest) = split(record)?;
    let is_response = head.starts_with("WARC/")
        && field(&head, "WARC-Type") == Some("response")
        && field(&head, "WARC-Truncated").is_none();
    let length: usize = field(&head, "Content-Length").filter(|_| is_response)?.parse().ok()?;
    let (head, body) = split(rest.get(..length)?)?;
    let status = head.split_whitespace().nth(1)?.parse().ok().filter(|status| *status == 200)?;
    let content_type = field(&head, "Content-Type").map(str::to_owned);
    Some(Response { status, content_type, body: body.to_vec() })
}

/// The lines before the first empty one, and what follows it.
fn split(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[end + 4..]))
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    let mut named = fields.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn member(kind: &str, http: &str) -> Vec<u8> {
        let length = http.len();
        let record = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{http}\r\n\r\n"
        );
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(record.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn a_response_is_unpacked() {
        let bytes = member("response", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\nHello");
        let found = response(&bytes, 1000).expect("a response");
        assert_eq!((found.status, found.content_type.as_deref()), (200, Some("text/html")));
        assert_eq!(found.body, b"Hello");
        assert!(matches!(response(&bytes, 20), Err(WarcError::TooLarge(20))));
        assert!(matches!(response(&bytes[..30], 1000), Err(WarcError::Gzip(_))));
    }

    #[test]
    fn other_records_are_refused() {
        let missing = member("response", "HTTP/1.1 404 Not Found\r\n\r\nNo");
        for bytes in [missing, member("warcinfo", "x: y\r\n\r\n"), member("response", "")] {
            assert!(matches!(response(&bytes, 1000), Err(WarcError::NoResponse)));
        }
    }
}
