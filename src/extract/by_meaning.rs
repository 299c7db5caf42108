//! Categories of the user's own that have examples in place of cues: sentences near to these in meaning.
//!
//! Zone and wording decide first. Vectors cannot see that something was *not* done, or was only asked
//! for, so that only sentences are compared in which the regulator may state a failure.

use std::ops::Range;

use super::{Extractor, LONGEST_SENTENCE, within};
use crate::model::{CitedProvision, Document, Finding, Method, Stance};

/// Shorter sentences are headings and remains.
const SHORTEST_SENTENCE: usize = 20;

/// The lengths, in bytes, of sentences that are compared.
const COMPARED: Range<usize> = SHORTEST_SENTENCE..LONGEST_SENTENCE;

/// Says to which categories sentences are near in meaning.
pub trait Meaning: Send + Sync {
    /// What is near enough, by the place of the sentence in the list. Nothing where vectors cannot be
    /// had; `fault` then says why.
    fn near(&self, sentences: &[&str]) -> Vec<NearSentence>;

    /// Why some sentences could not be compared.
    fn fault(&self) -> Option<String>;

    /// Differs wherever the same sentences can give another answer.
    fn fingerprint(&self) -> &str;
}

/// A sentence near to a category.
#[derive(Debug, Clone, PartialEq)]
pub struct NearSentence {
    /// Its place in the list that was asked about.
    pub sentence: usize,
    /// Identifier of the category.
    pub category: String,
    /// From 0 to 1.
    pub confidence: f64,
}

impl Extractor {
    /// Findings of the categories that have examples, in the sentences at these places.
    pub(super) fn by_meaning(
        &self,
        document: &Document,
        stating: &[usize],
        cited: &[CitedProvision],
    ) -> Vec<Finding> {
        let Some(meaning) = &self.meaning else { return Vec::new() };
        let sentences: Vec<_> = stating
            .iter()
            .map(|at| &document.sentences[*at])
            .filter(|sentence| COMPARED.contains(&sentence.span.len()))
            .collect();
        let texts: Vec<&str> = sentences.iter().map(|s| document.sentence_text(s)).collect();
        let near = meaning.near(&texts).into_iter();
        near.map(|NearSentence { sentence, category, confidence }| Finding {
            category,
            stance: Stance::Finding,
            provisions: within(cited, &sentences[sentence].span),
            confidence,
            method: Method::Semantic,
            ..Finding::at(document, sentences[sentence])
        })
        .collect()
    }
}
