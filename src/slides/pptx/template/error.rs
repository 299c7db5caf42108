//! Why a file cannot be a template, and what to do about it.

use thiserror::Error;

/// Why a file cannot be a template.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// It is encrypted.
    #[error(
        "it is encrypted with a password; open it in PowerPoint, remove the password under File > Info > \
         Protect Presentation, and save it"
    )]
    Encrypted,
    /// It comes from before 2007.
    #[error(
        "it is in the format of PowerPoint before 2007; open it in PowerPoint or LibreOffice and save it as \
         .potx or .pptx"
    )]
    Old,
    /// It is in the strict variant of the format.
    #[error(
        "it is a strict Open XML presentation; save it as an ordinary PowerPoint template (.potx) or \
         presentation (.pptx)"
    )]
    Strict,
    /// It is something else.
    #[error("it is {0}, not a PowerPoint template (.potx) or presentation (.pptx)")]
    Other(&'static str),
    /// It cannot be read to its end.
    #[error("it is damaged: {0}; open it in PowerPoint, let it repair the file, and save it")]
    Damaged(String),
    /// It unpacks to more than is read.
    #[error(
        "it unpacks to more than {} MB; take large pictures and films out of its masters", .0 / 1_000_000
    )]
    TooLarge(u64),
    /// It has no layout that slides can use.
    #[error(
        "it has no layout with a title and a large box for text (\u{201c}Title and Content\u{201d} in most \
         templates), which every slide needs; its layouts: {0}"
    )]
    NoLayout(String),
}
