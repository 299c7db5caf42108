//! The store as a WARC file (ISO 28500, WARC 1.1), which web archives and their tools read.
//!
//! One gzip member a record. The store keeps no headers as they were sent, so that those of a
//! `response` are rebuilt from its provenance; the first record says so. What no site answered
//! with, a user's file or the copy of an archive, is a `resource`. The same store always comes out
//! as the same bytes.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write},
};

use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{ADDED_SCHEME, Provenance, Store};
use crate::hash;

/// What became of the versions of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarcReport {
    /// Versions that were written.
    pub versions: usize,
    /// Versions whose bytes are missing or damaged, a sentence each.
    pub problems: Vec<String>,
}

/// Writes every version of every address, in the order of addresses and times.
///
/// # Errors
/// `out` cannot be written. A version that cannot be read is only told in the report.
pub fn write_warc(store: &Store, out: &mut dyn Write) -> io::Result<WarcReport> {
    let mut report = WarcReport::default();
    let versions = || store.items().values().flat_map(|item| &item.versions);
    let last = versions().map(|version| version.at).max().unwrap_or_default();
    let info = Record::info(last);
    info.write(out)?;
    for version in versions() {
        match bytes(store, version) {
            Ok(bytes) => {
                Record::of(version, &bytes, &info.id).write(out)?;
                report.versions += 1;
            }
            Err(problem) => report.problems.push(problem),
        }
    }
    Ok(report)
}

fn bytes(store: &Store, version: &Provenance) -> Result<Vec<u8>, String> {
    let path = store.location(version);
    let name = || format!("{} ({})", version.address, path.display());
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}; left out", name()))?;
    if hash::sha256(&bytes) == version.sha256 {
        Ok(bytes)
    } else {
        Err(format!("{}: the bytes are not those that were stored; left out", name()))
    }
}

/// A record: its fields in order, and its block.
struct Record {
    id: String,
    fields: Vec<(&'static str, String)>,
    block: Vec<u8>,
}

impl Record {
    /// The first record, which speaks of the file.
    fn info(at: Timestamp) -> Self {
        let block = format!(
            "software: casebook/{}\r\n\
             format: WARC File Format 1.1\r\n\
             conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             description: Every version in a store of casebook. The bodies are as received, without \
             transfer or content encoding; the headers of responses are rebuilt from what was noted \
             of them.\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let block = block.into_bytes();
        let id = id(&["warcinfo", &at.to_string(), &hash::sha256(&block)]);
        let fields = vec![
            ("WARC-Type", "warcinfo".to_owned()),
            ("WARC-Date", at.to_string()),
            ("Content-Type", "application/warc-fields".to_owned()),
        ];
        Self { id, fields, block }
    }

    /// A version: a `response` where the site answered, or else a `resource`.
    fn of(version: &Provenance, bytes: &[u8], info: &str) -> Self {
        let is_response = !version.is_added() && version.memento.is_none();
        let kind = if is_response { "response" } else { "resource" };
        let mut fields = vec![
            ("WARC-Type", kind.to_owned()),
            ("WARC-Date", version.at.to_string()),
            ("WARC-Warcinfo-ID", info.to_owned()),
            ("WARC-Payload-Digest", digest(bytes)),
        ];
        let block = if is_response {
            fields.push(("WARC-Target-URI", version.answered.clone()));
            fields.push(("Content-Type", "application/http; msgtype=response".to_owned()));
            [headers(version, bytes.len()).as_bytes(), bytes].concat()
        } else {
            fields.push(("WARC-Target-URI", target(&version.address)));
            if !version.is_added() {
                fields.push(("WARC-Refers-To-Target-URI", version.answered.clone()));
                fields.extend(taken(version).map(|at| ("WARC-Refers-To-Date", at.to_string())));
            }
            let media_type = version.content_type.clone();
            let media_type = media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
            fields.push(("Content-Type", media_type));
            bytes.to_vec()
        };
        let id = id(&[kind, &version.address, &version.at.to_string(), &version.sha256]);
        Self { id, fields, block }
    }

    /// Writes the record as one gzip member.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut member = GzEncoder::new(out, Compression::default());
        write!(member, "WARC/1.1\r\nWARC-Record-ID: {}\r\n", self.id)?;
        for (name, value) in &self.fields {
            write!(member, "{name}: {}\r\n", one_line(value))?;
        }
        write!(member, "WARC-Block-Digest: {}\r\n", digest(&self.block))?;
        write!(member, "Content-Length: {}\r\n\r\n", self.block.len())?;
        member.write_all(&self.block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish().map(drop)
    }
}

/// Status line and headers as far as provenance has them, up to the blank line before the body.
fn headers(version: &Provenance, length: usize) -> String {
    let status = reqwest::StatusCode::from_u16(version.status).ok();
    let phrase = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
    let mut text = format!("HTTP/1.1 {} {phrase}\r\n", version.status);
    let validators = &version.validators;
    for (name, value) in [
        ("Content-Type", &version.content_type),
        ("ETag", &validators.etag),
        ("Last-Modified", &validators.last_modified),
    ] {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = write!(text, "{name}: {}\r\n", one_line(value));
        }
    }
    let _ = write!(text, "Content-Length: {length}\r\n\r\n");
    text
}

/// A value that cannot begin another field.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// An address as a URI: the name of a user's file with its blanks and letters percent-encoded.
fn target(address: &str) -> String {
    let encoded = address.strip_prefix(ADDED_SCHEME).and_then(|name| {
        let mut url = Url::parse("file:///").ok()?;
        url.set_path(name);
        Some(format!("{ADDED_SCHEME}{}", url.path().trim_start_matches('/')))
    });
    encoded.unwrap_or_else(|| address.to_owned())
}

/// When an archive took its copy, where it says so in the form of an HTTP date.
fn taken(version: &Provenance) -> Option<Timestamp> {
    let memento = version.memento.as_deref()?;
    jiff::fmt::rfc2822::parse(memento).ok().map(|zoned| zoned.timestamp())
}

/// SHA-256 in base 32, as is usual in WARC files.
fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32(&Sha256::digest(bytes)))
}

/// RFC 4648, with padding.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let group = |chunk: &[u8]| {
        let bits =
            (0..5).fold(0_u64, |bits, at| bits << 8 | u64::from(*chunk.get(at).unwrap_or(&0)));
        let letters = (chunk.len() * 8).div_ceil(5);
        let letter = move |at: usize| match at {
            at if at < letters => char::from(ALPHABET[(bits >> (35 - 5 * at) & 31) as usize]),
            _ => '=',
        };
        (0..8).map(letter)
    };
    bytes.chunks(5).flat_map(group).collect()
}

/// A UUID of version 8 (RFC 9562) from the hash of what identifies a record.
fn id(parts: &[&str]) -> String {
    let hex = hash::sha256(parts.join("\n").as_bytes());
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    let (a, b, c, d, e) = (part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32));
    format!("<urn:uuid:{a}-{b}-8{c}-8{d}-{e}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32_is_that_of_the_standard() {
        for (text, expected) in [
            ("", ""),
            ("f", "MY======"),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ] {
            assert_eq!(base32(text.as_bytes()), expected);
        }
    }

    #[test]
    fn the_copy_of_an_archive_is_no_answer_of_the_site() {
        let copy = serde_json::json!({
            "address": "https://ico.org.uk/media2/a.pdf",
            "answered": "https://web.archive.org/web/20240723101500id_/https://ico.org.uk/media2/a.pdf",
            "kind": "document", "at": "2026-01-02T03:04:05Z", "status": 200,
            "memento": "Tue, 23 Jul 2024 10:15:00 GMT", "sha256": "00", "bytes": 1,
            "extension": "pdf", "found_by": ["wayback"], "listed": {}, "licence": "OGL",
            "content_type": "application/pdf\r\nWARC-Type: forged",
        });
        let copy: Provenance = serde_json::from_value(copy).expect("provenance");
        let record = Record::of(&copy, b"x", "<urn:uuid:0>");
        let field = |name| record.fields.iter().find(|(own, _)| *own == name).map(|(_, v)| &**v);
        assert_eq!(field("WARC-Type"), Some("resource"));
        assert_eq!(field("WARC-Target-URI"), Some(&*copy.address));
        assert_eq!(field("WARC-Refers-To-Target-URI"), Some(&*copy.answered));
        assert_eq!(field("WARC-Refers-To-Date"), Some("2024-07-23T10:15:00Z"));
        let mut packed = Vec::new();
        record.write(&mut packed).expect("memory");
        let mut text = String::new();
        let mut member = flate2::read::GzDecoder::new(&*packed);
        std::io::Read::read_to_string(&mut member, &mut text).expect("gzip");
        assert_eq!(text.matches("\r\nWARC-Type:").count(), 1, "{text}");
    }

    #[test]
    fn names_of_files_become_uris() {
        assert_eq!(target("added:my notes/é.txt"), "added:my%20notes/%C3%A9.txt");
        assert_eq!(target("https://ico.org.uk/x/"), "https://ico.org.uk/x/");
    }
}
