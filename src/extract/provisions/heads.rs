//! The words that open a citation: "Article", "s.", "regs", "paragraph", found from the number that
//! follows them.

/// What a citation says it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Article,
    Section,
    Regulation,
    Schedule,
    Principle,
    /// A part of one of the others: "paragraph (2) of that Article".
    Paragraph,
}

/// Longest word that opens a citation ("sub-paragraphs").
const LONGEST_WORD: usize = 14;

/// Most blanks and stops between the word and its number.
const LONGEST_GAP: usize = 3;

impl Unit {
    /// The unit that a word names.
    pub fn of(word: &str) -> Option<Self> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        Some(match word.to_ascii_lowercase().as_str() {
            "article" | "articles" | "art" | "arts" => Self::Article,
            "section" | "sections" | "sect" | "sec" | "s" | "ss" => Self::Section,
            "regulation" | "regulations" | "reg" | "regs" => Self::Regulation,
            "schedule" | "schedules" | "sched" | "sch" => Self::Schedule,
            "principle" | "principles" | "dpp" | "dpps" => Self::Principle,
            "paragraph" | "paragraphs" | "para" | "paras" | "subparagraph" | "sub-paragraph"
            | "subparagraphs" | "sub-paragraphs" | "subsection" | "sub-section" | "subsections"
            | "sub-sections" | "point" | "points" => Self::Paragraph,
            _ => return None,
        })
    }
}

/// A word with a number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub unit: Unit,
    /// Where its word begins.
    pub start: usize,
    /// Where its number begins.
    pub list: usize,
    /// "s 40": so short that it is a section only where an Act is named.
    pub is_weak: bool,
}

/// Whether a text can have a head at all; most sentences have none.
pub fn may_open(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'(')
}

/// The first head whose number begins at or after `from`.
pub fn next(text: &str, from: usize) -> Option<Head> {
    let bytes = text.as_bytes();
    let opens = |at: &usize| match bytes[*at] {
        b'0'..=b'9' => *at == 0 || !bytes[*at - 1].is_ascii_digit(),
        b'S' | b's' => is_misread_five(&bytes[*at..]),
        b'(' => true,
        _ => false,
    };
    (from..bytes.len()).filter(opens).find_map(|at| before(text, at))
}

/// A scanner reads "5(1)" as "S(l)".
pub fn is_misread_five(bytes: &[u8]) -> bool {
    let rest = bytes.get(1..).unwrap_or_default();
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    matches!(rest, [b'(', b'0'..=b'9' | b'l' | b'I' | b' ', ..])
}

/// The head of the number at `list`.
fn before(text: &str, list: usize) -> Option<Head> {
    let bytes = text.as_bytes();
    let is_gap = |byte: &&u8| byte.is_ascii_whitespace() || **byte == b'.';
    let gap = bytes[..list].iter().rev().take(LONGEST_GAP).take_while(is_gap).count();
    let end = list - gap;
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'-';
    let length = bytes[..end].iter().rev().take(LONGEST_WORD + 1).take_while(is_letter).count();
    let start = end - length;
    let unit = Unit::of(&text[start..end])?;
    let is_part = bytes[list] == b'(';
    let stands_alone = !text[..start].ends_with(|c: char| c.is_alphanumeric() || "'’".contains(c));
    let is_weak = length == 1 && text[end..list].contains(' ') && !text[end..list].contains('.');
    ((unit == Unit::Paragraph || !is_part) && stands_alone).then_some(Head {
        unit,
        start,
        list,
        is_weak,
    })
}
