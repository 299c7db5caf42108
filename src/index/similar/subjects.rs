//! What a case is about, by the wider terms of the taxonomy.

use std::collections::HashSet;

use tantivy::{
    DocAddress, Term,
    collector::DocSetCollector,
    query::{BooleanQuery, EmptyQuery, PhraseQuery, Query, TermQuery},
    schema::IndexRecordOption,
};

use super::{IndexError, Searcher, terms};
use crate::taxonomy::Taxonomy;

/// A subject that the taxonomy names counts as about two words as rare that stand in both texts often:
/// it is surer than a word, since all its words were chosen by people.
const SUBJECT_WEIGHT: f32 = 8.0;

/// A wider term of the taxonomy that the case asked about is about, under any of its narrower ones:
/// one text says fingerprints, another facial recognition, and both are about biometric data.
pub struct Subject {
    pub name: String,
    pub cases: HashSet<DocAddress>,
    pub weight: f32,
}

impl Searcher {
    /// The wider terms that one case is about, with all cases that are; without those of which most
    /// cases are in its own sector, which counts by itself.
    pub(super) fn subjects(
        &self,
        own: DocAddress,
        of_sector: &HashSet<DocAddress>,
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Subject>, IndexError> {
        let body = self.fields.body;
        let mut prose = self.index.tokenizer_for_field(body)?;
        let mut subjects = Vec::new();
        for (name, narrower) in &taxonomy.narrower {
            let phrases = narrower.iter().chain([name]).map(|phrase| {
                let terms = terms(&mut prose, body, phrase).into_iter().map(|term| term.0);
                phrase_query(terms.collect())
            });
            let query = BooleanQuery::union(phrases.collect());
            let cases = self.searcher.search(&query, &DocSetCollector)?;
            let at_home = cases.intersection(of_sector).count();
            if cases.contains(&own) && at_home * 2 <= cases.len() {
                let rarity = (self.cases as f32 / cases.len() as f32).ln();
                let weight = SUBJECT_WEIGHT * rarity * rarity;
                subjects.push(Subject { name: name.clone(), cases, weight });
            }
        }
        Ok(subjects)
    }
}

fn phrase_query(mut terms: Vec<Term>) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}
