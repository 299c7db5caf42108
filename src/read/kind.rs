//! What kind of file the bytes are.

use super::ReadError;

/// Content of a known kind, decoded where it is text.
#[derive(Debug, PartialEq, Eq)]
pub enum ContentKind<'a> {
    /// Markdown that begins with front matter.
    Markdown(&'a str),
    /// An HTML page.
    Html(&'a str),
    /// Any other text.
    Text(&'a str),
    /// A PDF.
    Pdf(&'a [u8]),
}

/// How far into a PDF its signature may stand (ISO 32000-1, annex H, note 13).
const PDF_SIGNATURE_WITHIN: usize = 1024;

/// Finds the kind by content and decodes it.
pub fn sniff(bytes: &[u8]) -> Result<ContentKind<'_>, ReadError> {
    let head = &bytes[..bytes.len().min(PDF_SIGNATURE_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(ContentKind::Pdf(bytes));
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| undecodable(bytes, error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(if start.starts_with("+++") {
        ContentKind::Markdown(text)
    } else if is_html(start) {
        ContentKind::Html(text)
    } else {
        ContentKind::Text(text)
    })
}

/// Text in a one-byte encoding has few odd bytes; a picture or an archive has many.
fn undecodable(bytes: &[u8], first_bad: usize) -> ReadError {
    let control = bytes.iter().filter(|b| **b < 9 || (14..32).contains(*b)).count();
    if control * 50 > bytes.len() {
        return ReadError::Binary;
    }
    let line = bytes[..first_bad].iter().filter(|byte| **byte == b'\n').count() + 1;
    ReadError::NotUtf8 { line }
}

fn is_html(start: &str) -> bool {
    let head: String = start.chars().take(512).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<head")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_content() {
        assert_eq!(sniff(b"+++\n+++\n"), Ok(ContentKind::Markdown("+++\n+++\n")));
        assert!(matches!(sniff(b"\n <!DOCTYPE html><p>"), Ok(ContentKind::Html(_))));
        assert!(matches!(sniff(b"\n%PDF-1.7"), Ok(ContentKind::Pdf(_))));
        assert!(matches!(
            sniff("\u{feff}REPRIMAND".as_bytes()),
            Ok(ContentKind::Text("REPRIMAND"))
        ));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(sniff(b" \n\t"), Err(ReadError::Empty));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0"), Err(ReadError::Binary));
        assert_eq!(sniff(b"line one\nna\xefve"), Err(ReadError::NotUtf8 { line: 2 }));
    }
}
