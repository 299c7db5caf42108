//! Bytes to [`Document`]: the kind is found from the content, the text is cleaned once, and every
//! sentence keeps its place in the source.
//!
//! Each format turns its bytes into blocks (headings, paragraphs, list items) with line numbers;
//! `assemble` joins the blocks into one text and cuts it into sentences.

mod assemble;
mod clean;
mod fact_list;
mod front_matter;
pub mod html;
mod kind;
mod markdown;
mod page_copy;
mod sentences;
mod text;

use thiserror::Error;

pub use front_matter::HeaderError;
pub use sentences::split as split_sentences;

use crate::model::Document;
use kind::ContentKind;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 50 * 1024 * 1024;

/// A file that cannot be read as a document. Each sentence says what to do about it.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// There are no bytes, or nothing but white space.
    #[error("the file is empty; remove it, or fetch it again")]
    Empty,
    /// More than [`LARGEST_FILE`] bytes.
    #[error("the file has {0} bytes, more than the {LARGEST_FILE} that casebook reads; split it")]
    TooLarge(usize),
    /// Not text at all.
    #[error("the file is binary, not text; casebook reads Markdown, HTML and plain text")]
    Binary,
    /// A PDF.
    #[error(
        "this is a PDF, which this version does not read yet; \
         convert it first, for example with `pdftotext FILE.pdf`"
    )]
    Pdf,
    /// Bytes that are not UTF-8.
    #[error(
        "line {line}: the text is not valid UTF-8; convert it, for example with \
         `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    NotUtf8 {
        /// Line of the first bad byte, counted from 1.
        line: usize,
    },
    /// Broken or incomplete front matter.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A page that says that access was refused.
    #[error(
        "this page says \"{0}\" instead of showing a document: the site refused or blocked the \
         request; fetch it again later"
    )]
    Refused(String),
    /// HTML in a layout that is not known.
    #[error(
        "the page is in no layout of the ICO's site: it has no heading with a body or a fact list, \
         or does not say where it lies; save its text as a .txt file to have that read"
    )]
    UnknownLayout,
    /// A page that lists actions and tells of none.
    #[error("this page only lists actions; fetch or save the pages that it links to")]
    Listing,
}

/// Reads one document.
///
/// `path` is only its name; nothing is opened. A digest or guidance note is known by its front
/// matter, a page by its markup, everything else is plain text.
///
/// # Errors
/// Every [`ReadError`] is a fault of this file alone.
pub fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge(bytes.len()));
    }
    match kind::sniff(bytes)? {
        ContentKind::Markdown(text) => markdown::read(path, text),
        ContentKind::Html(text) => html::read(path, text),
        ContentKind::Text(text) => {
            Ok(page_copy::read(path, text).unwrap_or_else(|| text::read(path, text)))
        }
    }
}
