//! What the finders of facts read: the text, its head, and the sentence around a place.

use std::ops::Range;

use regex::Regex;

use crate::{model::Document, read::split_sentences};

/// Facts of the first page stand in these many bytes.
pub const HEAD: usize = 4000;

/// A document of fewer bytes is a summary or a news release, which names the action at its end.
const SHORT: usize = 8000;

/// Words further from a place in its sentence do not speak of it; keeps run-on lines cheap.
const REACH: usize = 320;

/// A document as the finders see it.
pub struct Text<'a> {
    /// The whole text.
    pub all: &'a str,
    /// Its first page.
    pub head: &'a str,
    document: &'a Document,
}

impl<'a> Text<'a> {
    pub fn new(document: &'a Document) -> Self {
        let all = document.text.as_str();
        Self { all, head: &all[..all.floor_char_boundary(HEAD)], document }
    }

    /// Whether it is so short that all of it is read like a first page.
    pub const fn is_short(&self) -> bool {
        self.all.len() < SHORT
    }

    /// The part that says what is done to whom: all of a short text, the first page of a long one.
    pub const fn opening(&self) -> &'a str {
        if self.is_short() { self.all } else { self.head }
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.document;
        document.sentences.iter().map(|sentence| document.sentence_text(sentence))
    }

    /// The headings and sentences of [`Text::opening`].
    pub fn opening_sentences(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.opening_blocks().flat_map(|block| split_sentences(block).map(|range| &block[range]))
    }

    /// The blocks of [`Text::opening`]: headings, lines that stand alone, paragraphs.
    pub fn opening_blocks(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.opening().split("\n\n").map(str::trim)
    }

    /// What its sentence says before and after a place, as far as it can speak of it.
    pub fn around(&self, place: &Range<usize>) -> (&'a str, &'a str) {
        let sentences = &self.document.sentences;
        let after = sentences.partition_point(|sentence| sentence.span.start <= place.start);
        let span = after.checked_sub(1).map_or(0..self.all.len(), |at| sentences[at].span.clone());
        let span = if span.end < place.end { 0..self.all.len() } else { span };
        let start = self.all.ceil_char_boundary(place.start.saturating_sub(REACH)).max(span.start);
        let end = self.all.floor_char_boundary(place.end + REACH).min(span.end);
        (&self.all[start.min(place.start)..place.start], &self.all[place.end..end.max(place.end)])
    }
}

/// A constant pattern, compiled.
///
/// Words and their limits are those of Latin letters: the texts are British, the tables of all scripts
/// would make a pattern a hundred times as large, and a limit next to “ or £ would stop its automaton.
pub fn pattern(text: &str) -> Regex {
    let text = text
        .replace(r"(?-u:\b)", r"\b")
        .replace(r"\b", r"(?-u:\b)")
        .replace(r"\w", r"[0-9A-Za-zÀ-ɏ_]")
        .replace(r"\W", r"[^0-9A-Za-zÀ-ɏ_]")
        .replace(r"\d", r"[0-9]")
        .replace(r"\p{Lu}", r"[A-ZÀ-ÖØ-ÞŁŠŴŶŽ]");
    Regex::new(&text).expect("the patterns of facts are valid")
}

/// Numbers and sums of a text that are looked at: one that counts without end is none of the regulator's.
pub const MOST: usize = 400;

/// Of ranked candidates the highest; of equals the one met most often in any rank, of those the first.
pub fn best<T: PartialEq + Copy>(candidates: &[(u8, T)]) -> Option<T> {
    let top = candidates.iter().map(|(rank, _)| *rank).max()?;
    let leading = candidates.iter().rev().filter(|(rank, _)| *rank == top);
    let met = |value: &T| candidates.iter().filter(|(_, other)| other == value).count();
    leading.map(|(_, value)| *value).max_by_key(met)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::read::Reader;

    /// A plain text, read as a file of the user's would be.
    pub fn read(text: &str) -> Document {
        Reader::default().read("case.txt", text.as_bytes()).expect("a text")
    }

    #[test]
    fn a_place_knows_its_sentence() {
        let document = read("The first says one. The second says 212 things here. The third ends.");
        let text = Text::new(&document);
        let at = text.all.find("212").expect("in the text");
        assert_eq!(text.around(&(at..at + 3)), ("The second says ", " things here."));
    }

    #[test]
    fn the_best_is_the_highest_then_the_most_frequent_then_the_first() {
        assert_eq!(best(&[(1, 5), (3, 7), (3, 8), (1, 8), (2, 9)]), Some(8));
        assert_eq!(best(&[(3, 7), (3, 8)]), Some(7));
        assert_eq!(best::<u8>(&[]), None);
    }
}
