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
mod hyphens;
mod kind;
mod markdown;
mod page_copy;
pub mod pdf;
mod sentences;
mod text;

use thiserror::Error;

pub use front_matter::HeaderError;
pub use sentences::split as split_sentences;

use crate::model::Document;
use kind::ContentKind;
use pdf::PdfError;

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
    #[error("the file is binary, not text; casebook reads PDF, HTML, Markdown and plain text")]
    Binary,
    /// A PDF that cannot be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
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

/// Reads documents of every kind.
///
/// A PDF is read by a process of its own, which a library cannot provide by itself: without a
/// program for it, [`Reader::default`] reads everything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reader {
    /// The program that reads PDFs.
    pub pdf: Option<pdf::Program>,
}

impl Reader {
    /// Reads one document.
    ///
    /// `path` is only its name; nothing is opened. A digest or guidance note is known by its front
    /// matter, a page by its markup, a PDF by its signature, everything else is plain text.
    ///
    /// # Errors
    /// Every [`ReadError`] is a fault of this file alone.
    pub fn read(&self, path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
        if bytes.len() > LARGEST_FILE {
            return Err(ReadError::TooLarge(bytes.len()));
        }
        match kind::sniff(bytes)? {
            ContentKind::Markdown(text) => markdown::read(path, text),
            ContentKind::Html(text) => html::read(path, text),
            ContentKind::Text(text) => {
                Ok(page_copy::read(path, text).unwrap_or_else(|| text::read(path, text)))
            }
            ContentKind::Pdf(bytes) => {
                let program = self.pdf.as_ref().ok_or(PdfError::NoProgram)?;
                Ok(pdf::read(path, bytes, program)?)
            }
        }
    }
}

/// Reads one document that is no PDF.
///
/// # Errors
/// As [`Reader::read`].
pub fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    Reader::default().read(path, bytes)
}
