//! Names of organisations: in full, by initials, run together, in part.

use tantivy::{Term, query::TermQuery, schema::IndexRecordOption};

use super::{
    Builder,
    clause::{BoxedQuery, Clause, Part},
    words::quoted,
};
use crate::index::analysis::joins;

/// How much a word of the name counts.
const NAME: f32 = 2.0;

/// How much it counts where the word is common in texts, so that it may mean no name.
const COMMON_WORD: f32 = 0.6;

/// How much words count that stand together in the name.
const NAME_PHRASE: f32 = 2.5;

/// A word is common that stands in the texts of one case in so many.
const COMMON: u64 = 25;

impl Builder<'_> {
    /// A word as part of a name.
    pub(super) fn in_names(&mut self, word: &str) -> Vec<Part> {
        let fields = self.fields;
        let is_common = self.frequency(fields.body, word) * COMMON > self.cases;
        let boost = if is_common { COMMON_WORD } else { NAME };
        let what = format!("{} in the name", quoted(word));
        let mut parts = Vec::new();
        for field in [fields.organisation, fields.joined] {
            parts.extend(
                self.phrase(field, word).map(|query| Part::new(what.clone(), query, boost)),
            );
        }
        parts
    }

    /// Neighbouring words of the question that stand side by side in a name.
    pub(super) fn name_phrases(&mut self, words: &[String]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for pair in words.windows(2) {
            let pair = pair.join(" ");
            let what = format!("{} in the name", quoted(&pair));
            let query = self.phrase(self.fields.organisation, &pair);
            clauses.extend(query.map(|query| Clause::of(Part::new(what, query, NAME_PHRASE))));
        }
        clauses
    }

    /// Neighbouring words of the question that a name writes as one.
    pub(super) fn joined_names(&self, words: &[String]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for join in joins(words) {
            let term = Term::from_field_text(self.fields.organisation, &join);
            if self.searcher.doc_freq(&term).is_ok_and(|count| count > 0) {
                let query: BoxedQuery =
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                clauses.push(Clause::of(Part::new(
                    format!("{} in the name", quoted(&join)),
                    query,
                    2.0 * NAME,
                )));
            }
        }
        clauses
    }
}
