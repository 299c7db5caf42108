//! Why a PDF cannot be read.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::child::{LARGEST_ANSWER, PATIENCE};

/// The most pages that are read.
pub const MOST_PAGES: usize = 2_000;

/// A PDF that cannot be read. Each sentence says what to do about it.
#[derive(Debug, Clone, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfError {
    /// Nobody named the program that reads PDFs.
    #[error(
        "this is a PDF, and no program was named that reads it; \
         use the `casebook` program, or convert it first, for example with `pdftotext FILE.pdf`"
    )]
    NoProgram,
    /// It opens with a password only.
    #[error("the PDF is encrypted and opens with a password only; save a copy without one")]
    Encrypted,
    /// Its structure, or that of a page, is broken.
    #[error("the PDF is damaged ({0}); fetch it again, or repair it with `qpdf IN.pdf OUT.pdf`")]
    Damaged(String),
    /// It has no pages.
    #[error("the PDF has no pages; fetch it again")]
    NoPages,
    /// More than [`MOST_PAGES`] pages.
    #[error("the PDF has {0} pages, more than the {MOST_PAGES} that casebook reads; split it")]
    TooManyPages(usize),
    /// Pictures of text, or nothing.
    #[error(
        "the PDF needs OCR: its {pages} page(s) hold {characters} characters of text, so they are \
         pictures; give --ocr to `casebook run` or `casebook extract`, with `ocrmypdf` installed"
    )]
    NeedsOcr {
        /// How many pages.
        pages: usize,
        /// How many characters on all of them.
        characters: usize,
    },
    /// The reading process took too long.
    #[error(
        "the PDF was given up after {} seconds: it is made to take long, or broken; \
         fetch it again, or convert it with another program", PATIENCE.as_secs()
    )]
    TooSlow,
    /// The reading process ended without an answer.
    #[error(
        "the PDF could not be read within the memory and time that it may take: it is broken, or \
         made to do harm; fetch it again, or convert it with another program"
    )]
    TooDemanding,
    /// The reading process answered too much.
    #[error(
        "the PDF holds more than {} MB of text; split it", LARGEST_ANSWER / 1024 / 1024
    )]
    TooMuchText,
    /// The reading process could not be started, or made no sense.
    #[error("the process that reads PDFs failed: {0}; install casebook again")]
    Reader(String),
    /// `ocrmypdf` is not installed.
    #[error(
        "the PDF needs OCR, and `ocrmypdf` is not installed; install it, for example with \
         `apt install ocrmypdf`, `brew install ocrmypdf` or `pip install ocrmypdf`"
    )]
    OcrMissing,
    /// OCR found no text either.
    #[error(
        "the PDF's {0} page(s) are pictures in which `ocrmypdf` recognised no text; \
         look whether they show any, and scan them again at a higher resolution"
    )]
    NothingRecognised(usize),
    /// `ocrmypdf` failed.
    #[error("the PDF needs OCR, and `ocrmypdf` failed: {0}")]
    Ocr(String),
}
