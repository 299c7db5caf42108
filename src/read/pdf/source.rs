//! What any reader of PDF pages must do, so that another can take its place.

use super::{error::PdfError, page::PrintedPage};

/// Turns the bytes of a PDF into pages. Runs in the child process only.
pub trait PageReader {
    /// All pages in their order, each with its visible text: what a page blacks out is left out.
    ///
    /// # Errors
    /// The PDF is encrypted, damaged, empty or too long.
    fn pages(&self, bytes: Vec<u8>) -> Result<Vec<PrintedPage>, PdfError>;
}
