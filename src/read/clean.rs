//! Repairs what converters leave in plain text: page furniture, glued page numbers, wrapped lines,
//! odd spaces and gaps where something was redacted.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

/// A line of the source that carries text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its words with single spaces between them.
    pub text: String,
    /// Its place in the source, counted from 1.
    pub number: u32,
    /// Its page, counted from 1, where the source has pages.
    pub page: Option<u32>,
    /// What stands between it and the line before it.
    pub gap: Gap,
    /// Whether its type says that it is a heading; `None` where type says nothing.
    pub emphasis: Option<bool>,
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: it follows on the line before.
    None,
    /// An empty line or a page break, which may stand in the middle of a paragraph.
    Unsure,
    /// White space that the layout sets between paragraphs.
    Sure,
}

/// What stands for a run of blanks in which a redaction hides.
pub const GAP: &str = "[…]";

/// Marks where a word may be broken; at the end of a line it has been.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// Blanks in a row that are taken for a redaction; justified text has fewer.
const GAP_WIDTH: usize = 6;

/// A line that returns on this many pages is a header or footer.
const FURNITURE_REPEATS: usize = 3;

/// Longer lines are never page furniture.
const FURNITURE_LENGTH: usize = 90;

/// A glued page number stands at least this far to the right.
const PAGE_NUMBER_INDENT: usize = 15;

/// A page number standing alone.
pub static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[-–—|]\s*)?(?:page\s+)?(\d{1,3})(?:\s+(?:of|/)\s+\d{1,3})?\W{0,2}$")
        .expect("a valid pattern")
});

/// The lines of a text without page furniture.
pub fn lines(text: &str) -> Vec<Line> {
    let furniture = repeated_lines(text);
    let mut kept = Vec::new();
    let mut next_page = 1;
    let mut gap = Gap::Unsure;
    for (index, raw) in text.split(['\n', '\u{c}']).enumerate() {
        let indent = raw.len() - raw.trim_start().len();
        let cleaned = without_page_number(raw.trim(), indent, &mut next_page);
        let text = squeeze(cleaned);
        if text.is_empty() || is_furniture(&text) || furniture.contains_key(key(&text)) {
            gap = Gap::Unsure;
            continue;
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        kept.push(Line { text, number, page: None, gap, emphasis: None });
        gap = Gap::None;
    }
    kept
}

/// Takes off a page number that stands alone or is glued to the first word of the next page.
fn without_page_number<'a>(line: &'a str, indent: usize, next_page: &mut u32) -> &'a str {
    if let Some(found) = PAGE_NUMBER.captures(line) {
        if found[1].parse() == Ok(*next_page) {
            *next_page += 1;
        }
        return "";
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let glued =
        indent >= PAGE_NUMBER_INDENT && digits > 0 && line[..digits].parse() == Ok(*next_page);
    if glued && !line[digits..].starts_with(['.', ')', ',', '/', '%']) {
        *next_page += 1;
        return line[digits..].trim_start();
    }
    line
}

/// One blank between words; a wide run inside a line becomes [`GAP`]; hyphens are of
/// one kind; soft ones vanish, but for
/// one at the end, which says that the word goes on.
pub fn squeeze(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut blanks = 0;
    for c in line.chars() {
        match c {
            SOFT_HYPHEN | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => blanks += 1,
            c => {
                let c = if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c };
                if blanks >= GAP_WIDTH && !ends_with_marker(&text) {
                    text.push(' ');
                    text.push_str(GAP);
                }
                if blanks > 0 && !text.is_empty() {
                    text.push(' ');
                }
                blanks = 0;
                text.push(c);
            }
        }
    }
    if line.trim_end().ends_with(SOFT_HYPHEN) {
        text.push(SOFT_HYPHEN);
    }
    text
}

/// "1.", "(a)", "•", "To:" or "Date of notice:": the blanks behind them are layout.
fn ends_with_marker(text: &str) -> bool {
    const MARKER: usize = 5;
    const LABEL: usize = 24;
    let length = text.chars().count();
    length <= MARKER && text.ends_with(|c: char| !c.is_alphabetic())
        || length <= LABEL && text.ends_with(':')
}

pub fn is_furniture(text: &str) -> bool {
    let is_empty = !text.contains(char::is_alphanumeric) && !text.contains(GAP);
    let name = text.strip_prefix("ICO.").unwrap_or(text).trim_start();
    is_empty
        || ["", "Information Commissioner's Office", "Information Commissioner’s Office"]
            .contains(&name)
}

/// A line without its page number, to recognise it on other pages.
pub fn key(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
}

fn repeated_lines(text: &str) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in text.split(['\n', '\u{c}']).map(str::trim).filter(|l| l.len() <= FURNITURE_LENGTH) {
        let squeezed = squeeze(line);
        let key = key(&squeezed);
        if key.len() > 7 && key.contains(' ') && !key.ends_with(['.', ',', ';', ':']) {
            *counts.entry(key.to_owned()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= FURNITURE_REPEATS);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        lines(source).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn page_numbers_go_alone_or_glued() {
        let source = "considered it to\n\n                         1be high risk, in 3 cases\n  \n                2\nThe end.";
        assert_eq!(texts(source), ["considered it to", "be high risk, in 3 cases", "The end."]);
    }

    #[test]
    fn a_header_that_returns_is_furniture() {
        let page = "For Public Release\nSome words here.\n";
        assert_eq!(texts(&page.repeat(3)), ["Some words here."; 3]);
    }

    #[test]
    fn redactions_leave_a_mark() {
        assert_eq!(
            texts("held at HMP             . It\n1.      The trust"),
            ["held at HMP […] . It", "1. The trust"]
        );
    }
}
