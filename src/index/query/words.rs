//! Words, phrases and their synonyms, in every field of prose.

use std::ops::Range;

use tantivy::{
    Term,
    query::{FuzzyTermQuery, PhraseQuery, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{
    Builder,
    clause::{BoxedQuery, Clause, Part},
};
use crate::index::analysis::tokens;

/// How much a match in each field of prose counts.
const BODY: f32 = 0.75;
const FINDINGS: f32 = 1.0;
const TITLE: f32 = 1.8;
const ABOUT: f32 = 0.75;

/// How much less another word for the same counts.
const SYNONYM: f32 = 0.8;

/// How much a phrase with synonyms counts beside its words, and one of its synonyms in their place.
const KNOWN_PHRASE: f32 = 0.5;
const PHRASE_SYNONYM: f32 = 1.5;

/// How much two words of the question count that stand together in a case too.
const TOGETHER: f32 = 0.35;

/// How much a mistyped word counts.
const TYPO: f32 = 3.0;

/// Shorter words are not corrected: too many other words are one letter away.
pub const SHORTEST_TYPO: usize = 5;

/// A word is frequent that more than one case in so many has.
const FREQUENT: u64 = 3;

/// From this length two wrong letters are forgiven.
const LONG_WORD: usize = 8;

impl Builder<'_> {
    /// A word by its stem, by what it means, and in names.
    pub(super) fn word(&mut self, word: &str) -> Clause {
        let stems = tokens(&mut self.prose, word);
        let mut parts = self.in_prose(word, &quoted(word), 1.0);
        parts.extend(self.in_names(word));
        if parts.is_empty() {
            return Clause::default();
        }
        if word.chars().count() >= SHORTEST_TYPO && !self.is_known(word) {
            parts.extend(self.mistyped(word));
        }
        let language = self.language;
        for (_, others) in language.synonyms(&stems) {
            parts.extend(self.synonyms(others, word, SYNONYM));
        }
        Clause { parts }
    }

    /// Phrases of several words that have synonyms: the phrase itself or one of them.
    pub(super) fn known_phrases(&mut self, words: &[String]) -> Vec<Clause> {
        // Words of names and prose are cut alike here: one token a word, apostrophes apart.
        let stems = tokens(&mut self.prose, &words.join(" "));
        let language = self.language;
        let found: Vec<(Range<usize>, &Vec<String>)> = language.synonyms(&stems);
        let several = found.into_iter().filter(|(span, _)| span.len() > 1);
        several
            .map(|(span, others)| {
                let phrase = stems_to_words(words, &stems, &span);
                let mut parts = self.in_prose(&phrase, &quoted(&phrase), KNOWN_PHRASE);
                parts.extend(self.synonyms(others, &phrase, PHRASE_SYNONYM));
                Clause { parts }
            })
            .collect()
    }

    fn synonyms(&mut self, others: &[String], word: &str, boost: f32) -> Vec<Part> {
        let mut parts = Vec::new();
        for other in others {
            let what = format!("{} (for {})", quoted(other), quoted(word));
            parts.extend(self.in_prose(other, &what, boost));
            parts.extend(
                self.phrase(self.fields.organisation, other)
                    .map(|query| Part::new(format!("{what} in the name"), query, boost * 2.0)),
            );
        }
        parts
    }

    /// Two words of the question that stand side by side.
    pub(super) fn together(&mut self, pair: &str) -> Clause {
        Clause { parts: self.in_prose(pair, &quoted(pair), TOGETHER) }
    }

    /// A quoted phrase, wherever it stands.
    pub(super) fn exact(&mut self, phrase: &str) -> Clause {
        let mut parts = self.in_prose(phrase, &quoted(phrase), 1.5);
        let in_name = self.phrase(self.fields.organisation, phrase);
        parts.extend(in_name.map(|q| Part::new(format!("{} in the name", quoted(phrase)), q, 3.0)));
        Clause { parts }
    }

    fn in_prose(&mut self, text: &str, what: &str, boost: f32) -> Vec<Part> {
        let fields = self.fields;
        let places = [
            (fields.body, "in the text", BODY),
            (fields.findings, "in a finding", FINDINGS),
            (fields.title, "in the headline", TITLE),
            (fields.about, "in what the failure is called", ABOUT),
        ];
        let mut parts = Vec::new();
        for (field, place, weight) in places {
            let Some(query) = self.phrase(field, text) else { continue };
            let mut part = Part::new(format!("{what} {place}"), query, weight * boost);
            part.costly = text.contains(' ') && self.is_frequent(field, text);
            parts.push(part);
        }
        parts
    }

    /// A word that occurs nowhere, as the words that are nearly written so.
    fn mistyped(&self, word: &str) -> Vec<Part> {
        let distance = if word.chars().count() >= LONG_WORD { 2 } else { 1 };
        let fields = self.fields;
        let like = |field, distance| -> BoxedQuery {
            Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true))
        };
        let what = format!("nearly {}", quoted(word));
        vec![
            Part::new(
                format!("{what} in the name"),
                like(fields.organisation, distance),
                2.5 * TYPO,
            ),
            Part::new(format!("{what} in the name"), like(fields.joined, 1), 2.5 * TYPO),
            Part::new(format!("{what} in the headline"), like(fields.title, 1), TYPO),
            Part::new(format!("{what} in the text"), like(fields.body, 1), TYPO / 2.0),
        ]
    }

    /// Whether a word occurs in any text or name, so that it is no typing mistake.
    fn is_known(&mut self, word: &str) -> bool {
        let fields =
            [self.fields.body, self.fields.about, self.fields.organisation, self.fields.joined];
        fields.into_iter().any(|field| self.frequency(field, word) > 0)
    }

    /// The number of cases whose field has all the words of a text.
    pub(super) fn frequency(&mut self, field: Field, text: &str) -> u64 {
        let terms = self.terms(field, text);
        let counts = terms.iter().map(|term| self.searcher.doc_freq(term).unwrap_or_default());
        counts.min().unwrap_or_default()
    }

    /// Whether so many cases have all the words of a text that it tells little.
    pub(super) fn is_frequent(&mut self, field: Field, text: &str) -> bool {
        self.frequency(field, text) * FREQUENT > self.cases
    }

    /// Text as the terms of a field.
    fn terms(&mut self, field: Field, text: &str) -> Vec<Term> {
        let is_name = field == self.fields.organisation || field == self.fields.joined;
        let analyzer = if is_name { &mut self.names } else { &mut self.prose };
        tokens(analyzer, text).iter().map(|token| Term::from_field_text(field, token)).collect()
    }

    /// Text as one term or phrase of a field; nothing if the field's tokenizer leaves no word.
    pub(super) fn phrase(&mut self, field: Field, text: &str) -> Option<BoxedQuery> {
        let mut terms = self.terms(field, text);
        match terms.len() {
            0 => None,
            1 => Some(Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::WithFreqs))),
            _ => Some(Box::new(PhraseQuery::new(terms))),
        }
    }
}

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

/// The words to which a run of stems belongs; the stems where an apostrophe makes two of one word.
fn stems_to_words(words: &[String], stems: &[String], span: &Range<usize>) -> String {
    if words.len() == stems.len() {
        words[span.clone()].join(" ")
    } else {
        stems[span.clone()].join(" ")
    }
}
