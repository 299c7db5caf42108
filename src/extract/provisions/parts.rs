//! Citations that begin with the part: "paragraphs (1) and (2) of that Article", "paragraph 6 of
//! Schedule 1", "point (f) of Article 6(1)"; and those that only point back: "the said regulation".

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    heads::{Head, Unit},
    list::{Item, read_item},
    number::read_paragraphs,
};

/// Parts named together ("paragraphs (1), (2) and (4) of").
const MOST_PARTS: usize = 12;

/// What joins parts.
static JOINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:,?\s*(?:and|or|&|to)|[,–-])\s*").expect("a valid pattern")
});

/// What leads from a part to the whole.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^\s*,?\s*(?:of|to|in|under)\s+(?:part\s+\w{1,4}\s*,?\s*(?:of|to)\s+)?
          (?<back>(?:that|the\s+said|the\s+same|said|this)\s+)?(?<word>[a-z]{1,11})\b\.?\s*",
    )
    .expect("a valid pattern")
});

/// "that Article" and the like, with nothing of its own behind it.
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:that|this|the\s+said|said|the\s+same)\s+(article|section|regulation)\b")
        .expect("a valid pattern")
});

/// Parts of a whole.
pub struct Parts {
    /// Each part as a chain of paragraphs.
    pub chains: Vec<Vec<String>>,
    pub unit: Unit,
    /// The whole that is named; `None` where the text points back to one.
    pub whole: Option<Item>,
    pub end: usize,
}

/// Reads the parts at a head; `None` if no whole follows.
pub fn read_parts(text: &str, head: &Head) -> Option<Parts> {
    let (mut chains, mut at) = (Vec::new(), head.list);
    while chains.len() < MOST_PARTS {
        let (chain, end) = read_chain(text, at)?;
        chains.push(chain);
        at = end;
        match JOINT.find(&text[end..]) {
            Some(joint) if read_chain(text, end + joint.len()).is_some() => at = end + joint.len(),
            _ => break,
        }
    }
    let found = WHOLE.captures(&text[at..])?;
    let unit = Unit::of(&found["word"]).filter(|unit| *unit != Unit::Paragraph)?;
    let behind = at + found.get_match().end();
    let whole = match found.name("back") {
        Some(_) => None,
        None => Some(read_item(text, behind, unit, None)?),
    };
    let end = whole.as_ref().map_or(text[..behind].trim_end().len(), |item| item.end);
    Some(Parts { chains, unit, whole, end })
}

/// "(2)", "6(1)(a)", "430" or "1(f)".
fn read_chain(text: &str, start: usize) -> Option<(Vec<String>, usize)> {
    let rest = &text[start..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let bare = &rest[..length];
    let is_number = (1..=4).contains(&length) && bare.starts_with(|c: char| c.is_ascii_digit());
    if length > 0 && !is_number {
        return None;
    }
    let (deeper, end) = read_paragraphs(text, start + length, Unit::Paragraph, "");
    let chain: Vec<String> = is_number.then(|| bare.to_owned()).into_iter().chain(deeper).collect();
    (!chain.is_empty()).then_some((chain, end))
}

/// Words that point back to a provision, with its unit.
pub fn back_references(text: &str) -> Vec<(Unit, Range<usize>)> {
    let points = |at: usize| {
        let before = text.get(..at.saturating_sub(1)).unwrap_or_default().trim_end();
        ["hat", "his", "aid", "ame"].iter().any(|word| before.ends_with(word))
    };
    let mut units = ["rticle", "egulation", "ection"].iter();
    if !units.any(|unit| text.match_indices(unit).any(|(at, _)| points(at))) {
        return Vec::new();
    }
    let numbered = |end: usize| {
        let rest = text[end..].trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '(')
    };
    BACK.captures_iter(text)
        .filter(|found| !numbered(found.get_match().end()))
        .filter_map(|found| Some((Unit::of(&found[1])?, found.get_match().range())))
        .collect()
}
