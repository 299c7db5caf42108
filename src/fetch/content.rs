//! Is an answer what was asked for? A page that says "forbidden" with status 200 is none.

use super::request::Expect;
use crate::read::{self, ReadError};

/// What is wrong with the bytes, if anything.
pub fn fault(expect: Expect, bytes: &[u8]) -> Option<String> {
    match expect {
        Expect::Json => serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
            .err()
            .map(|_| format!("JSON was due, but {}", kind_of(bytes))),
        Expect::Page => read::read("page", bytes).err().map(|error| page_fault(&error)),
        Expect::Html => {
            (!starts_like_html(bytes)).then(|| format!("a page was due, but {}", kind_of(bytes)))
        }
        Expect::Sitemap => (!contains(&bytes[..bytes.len().min(2048)], b"<urlset"))
            .then(|| format!("a sitemap was due, but {}", kind_of(bytes))),
        Expect::Document => {
            (!is_document(bytes)).then(|| format!("a document was due, but {}", kind_of(bytes)))
        }
        Expect::Bytes => None,
    }
}

fn page_fault(error: &ReadError) -> String {
    match error {
        ReadError::Refused(title) => format!("the page says \"{title}\""),
        other => other.to_string(),
    }
}

/// Whether bytes have the signature of a PDF where ISO 32000-1, annex H, allows it.
pub fn is_pdf(bytes: &[u8]) -> bool {
    contains(&bytes[..bytes.len().min(1024)], b"%PDF-")
}

/// The ending and the media type of bytes that casebook reads.
pub fn format_of(bytes: &[u8]) -> (&'static str, &'static str) {
    if is_pdf(bytes) {
        ("pdf", "application/pdf")
    } else if starts_like_html(bytes) {
        ("html", "text/html")
    } else if bytes.trim_ascii_start().starts_with(b"+++") {
        ("md", "text/markdown; charset=utf-8")
    } else {
        ("txt", "text/plain; charset=utf-8")
    }
}

/// PDF, the ZIP of docx and odt, the compound file of doc, or RTF.
fn is_document(bytes: &[u8]) -> bool {
    is_pdf(bytes)
        || [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"{\\rtf"].iter().any(|m| bytes.starts_with(m))
}

fn starts_like_html(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    contains(&head, b"<html") || contains(&head, b"<!doctype html")
}

fn kind_of(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        "nothing came"
    } else if starts_like_html(bytes) {
        "a web page came"
    } else {
        "something else came"
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &[u8] = b"<!DOCTYPE html><html><title>403 Forbidden</title><h1>No</h1></html>";

    #[test]
    fn a_refusal_is_neither_json_nor_page_nor_document() {
        for expect in [Expect::Json, Expect::Page, Expect::Document, Expect::Sitemap] {
            assert!(fault(expect, REFUSAL).is_some(), "{expect:?}");
        }
        assert_eq!(
            fault(Expect::Page, REFUSAL).as_deref(),
            Some("the page says \"403 Forbidden\"")
        );
    }

    #[test]
    fn what_was_due_passes() {
        assert_eq!(fault(Expect::Json, br#"{"results":[]}"#), None);
        assert_eq!(fault(Expect::Document, b"\n%PDF-1.7"), None);
        assert_eq!(fault(Expect::Sitemap, b"<?xml version='1.0'?><urlset>"), None);
    }
}
