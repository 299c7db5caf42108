//! A text layer for pictures of text, by `ocrmypdf` where it is installed.

use std::{io, process::Command, time::Duration};

use super::{
    child::{Failure, converse},
    error::PdfError,
};

/// Recognising a long notice takes minutes.
const PATIENCE: Duration = Duration::from_secs(600);

/// The same PDF with a text layer.
pub fn recognise(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let mut command = Command::new("ocrmypdf");
    command.args(["--quiet", "--skip-text", "--output-type", "pdf", "-", "-"]);
    converse(&mut command, bytes, PATIENCE).map_err(|failure| match failure {
        Failure::Unstartable(error) if error.kind() == io::ErrorKind::NotFound => {
            PdfError::OcrMissing
        }
        Failure::Unstartable(error) => PdfError::Ocr(error.to_string()),
        Failure::TooSlow => PdfError::Ocr("it took more than ten minutes".to_owned()),
        Failure::TooLong => PdfError::TooMuchText,
        Failure::Failed(reason) => PdfError::Ocr(reason),
    })
}
