//! Lists and ranges that share one word: "Articles 5(1)(f), 32(1)(b) and (2) and 33 to 34".

use std::sync::LazyLock;

use regex::Regex;

use super::{
    heads::Unit,
    number::{read_number, read_paragraphs},
};

/// Widest range ("Articles 33 to 34") that is written out.
const WIDEST_RANGE: u16 = 12;

/// Longest gloss between two members.
const LONGEST_GLOSS: usize = 60;

/// What may stand between two members, with the word where it is repeated.
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^\s*(?:(?<range>to|through|[–—-])|[,;]?\s*(?:and/or|as\ well\ as|and|or|&)|[,;/])
          \s*(?:also\s+)?(?:(?<word>[A-Za-z][a-z-]{0,13})\.?\s*)?",
    )
    .expect("a valid pattern")
});

/// One member of a list, with its place in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub number: String,
    pub paragraphs: Vec<String>,
    pub start: usize,
    pub end: usize,
}

/// The members from `start` on; the last one ends the list.
pub fn read_list(text: &str, start: usize, unit: Unit) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut at, mut is_range) = (start, false);
    while let Some(item) = read_item(text, at, unit, items.last()) {
        if is_range {
            fill_range(&mut items, &item);
        }
        let end = item.end;
        items.push(item);
        let Some((next, range)) = skip_separator(text, past_gloss(text, end), unit) else { break };
        (at, is_range) = (next, range);
    }
    items
}

/// The offset behind a gloss, "(lawful and fair)", or else `at`.
fn past_gloss(text: &str, at: usize) -> usize {
    let near = &text[at..text.floor_char_boundary(at + LONGEST_GLOSS)];
    let gloss = near.strip_prefix(" (").and_then(|inner| inner.find([')', '(']));
    match gloss {
        Some(close) if near[2 + close..].starts_with(')') => at + close + 3,
        _ => at,
    }
}

/// One member; without a number of its own it is a paragraph of the one before.
pub fn read_item(text: &str, at: usize, unit: Unit, before: Option<&Item>) -> Option<Item> {
    if let Some((number, behind)) = read_number(text, at, unit) {
        let (paragraphs, end) = read_paragraphs(text, behind, unit, &number);
        return Some(Item { number, paragraphs, start: at, end });
    }
    let before = before?;
    let (own, end) = read_paragraphs(text, at, unit, "");
    (!own.is_empty()).then(|| Item {
        number: before.number.clone(),
        paragraphs: in_place_of(&before.paragraphs, &own),
        start: at,
        end,
    })
}

/// "(2)" after "32(1)(b)" is 32(2); "(d)" after it is 32(1)(d).
fn in_place_of(before: &[String], own: &[String]) -> Vec<String> {
    let is_number = |text: &String| text.contains(|c: char| c.is_ascii_digit());
    let kind = own.first().map(is_number);
    let depth =
        before.iter().rposition(|text| Some(is_number(text)) == kind).unwrap_or(before.len());
    [&before[..depth], own].concat()
}

/// The offset behind ", ", " and Article " and so on, and whether it makes a range.
fn skip_separator(text: &str, at: usize, unit: Unit) -> Option<(usize, bool)> {
    let found = SEPARATOR.captures(&text[at..])?;
    let is_range = found.name("range").is_some();
    let word = found.name("word");
    match word.map(|word| (word, Unit::of(word.as_str()))) {
        None => Some((at + found.get_match().end(), is_range)),
        Some((_, Some(named))) if named == unit => Some((at + found.get_match().end(), is_range)),
        // The words of paragraphs are read with them; a misread number looks like a word.
        Some((word, Some(Unit::Paragraph))) => {
            Some((text[..at + word.start()].trim_end().len(), is_range))
        }
        Some((word, _)) if word.as_str().eq_ignore_ascii_case("s") => {
            Some((at + word.start(), is_range))
        }
        Some(_) => None,
    }
}

/// Writes out what lies between the last member and `last`.
fn fill_range(items: &mut Vec<Item>, last: &Item) {
    let Some(first) = items.last().cloned() else { return };
    let between = if first.number == last.number {
        between_paragraphs(&first, last)
    } else if first.paragraphs.is_empty() && last.paragraphs.is_empty() {
        let numbers = between(&first.number, &last.number);
        numbers.into_iter().map(|number| Item { number, ..first.clone() }).collect()
    } else {
        Vec::new()
    };
    items.extend(between);
}

fn between_paragraphs(first: &Item, last: &Item) -> Vec<Item> {
    let (Some((from, above)), Some((to, others))) =
        (first.paragraphs.split_last(), last.paragraphs.split_last())
    else {
        return Vec::new();
    };
    if above != others {
        return Vec::new();
    }
    let names = between(from, to).into_iter();
    names.map(|name| Item { paragraphs: [above, &[name]].concat(), ..first.clone() }).collect()
}

/// The numbers, or single letters, strictly between two.
fn between(from: &str, to: &str) -> Vec<String> {
    let value = |text: &str| match text.as_bytes() {
        [letter @ b'a'..=b'z'] => Some((u16::from(*letter), true)),
        _ => text.parse().ok().map(|number: u16| (number, false)),
    };
    let (Some((from, letters)), Some((to, same))) = (value(from), value(to)) else {
        return Vec::new();
    };
    if letters != same || to <= from || to - from > WIDEST_RANGE {
        return Vec::new();
    }
    let name = |value: u16| match u8::try_from(value) {
        Ok(letter) if letters => char::from(letter).to_string(),
        _ => value.to_string(),
    };
    (from + 1..to).map(name).collect()
}
