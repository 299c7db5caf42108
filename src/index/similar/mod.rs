//! The cases of an index that are most like one of them.

mod subjects;
mod words;

use std::collections::{HashMap, HashSet};

use tantivy::{
    DocAddress, Score, TantivyDocument, Term,
    schema::{Field, Value as _},
    tokenizer::{TextAnalyzer, TokenStream as _},
};

use super::{IndexError, Searcher};
use crate::{
    model::Case,
    semantic::Vectors,
    similar::{Similar, Traits, rank},
    taxonomy::Taxonomy,
};
use subjects::Subject;

impl Searcher {
    /// The `limit` cases most like one, best first; cases against natural persons can be left out. With
    /// vectors, their meaning counts too.
    /// Its cost grows with the number of cases and the length of their texts, and with nothing else.
    ///
    /// # Errors
    /// A damaged index.
    pub fn similar(
        &self,
        case: &Case,
        limit: usize,
        without_individuals: bool,
        taxonomy: &Taxonomy,
        vectors: Option<&Vectors>,
    ) -> Result<Vec<Similar>, IndexError> {
        let (addresses, traits): (Vec<DocAddress>, Vec<Traits>) =
            self.all_traits()?.into_iter().unzip();
        let Some(own) = traits.iter().position(|other| other.case == case.case) else {
            return Ok(Vec::new());
        };
        let asked = &traits[own];
        let alike = |is_alike: &dyn Fn(&Traits) -> bool| -> HashSet<DocAddress> {
            let all = addresses.iter().zip(&traits);
            all.filter(|(_, other)| is_alike(other)).map(|(address, _)| *address).collect()
        };
        let same_manner = alike(&|other| other.has_notice == asked.has_notice);
        let same_sector = alike(&|other| other.sector.is_some() && other.sector == asked.sector);
        let words = self.telling_words(case, &same_manner)?;
        let subjects = self.subjects(addresses[own], &same_sector, taxonomy)?;
        let scores = with_subjects(self.scores(&words)?, &subjects);
        let score = |place: usize| scores.get(&addresses[place]).copied().unwrap_or_default();
        let highest = score(own).max(f32::MIN_POSITIVE);
        // Rarity counts twice in the sum, as in a cosine: the root is on the scale of the other parts.
        let text = |place: usize| f64::from((score(place) / highest).min(1.0).sqrt());
        let alike = vectors.map(|vectors| vectors.alike(&case.case)).unwrap_or_default();
        let meaning = |other: &str| alike.get(other).copied();
        let mut ranked = rank(asked, &traits, words::known(&words), text, meaning);
        ranked.retain(|other| other.score > 0.0);
        ranked.retain(|other| !(without_individuals && other.case.individual));
        ranked.truncate(limit);
        for similar in &mut ranked {
            let place = traits.iter().position(|other| other.case == similar.case.case);
            let is_about = |subject: &&Subject| {
                place.is_some_and(|place| subject.cases.contains(&addresses[place]))
            };
            let names = subjects.iter().filter(is_about).map(|subject| subject.name.clone());
            similar.both.subjects = names.collect();
            similar.both.words = self.shared_words(&words, &similar.case.case)?;
        }
        Ok(ranked)
    }

    fn all_traits(&self) -> Result<Vec<(DocAddress, Traits)>, IndexError> {
        let mut all = Vec::new();
        for (ordinal, segment) in (0u32..).zip(self.searcher.segment_readers()) {
            for doc in segment.doc_ids_alive() {
                let address = DocAddress::new(ordinal, doc);
                let document: TantivyDocument = self.searcher.doc(address)?;
                let json = document.get_first(self.fields.json).and_then(|value| value.as_str());
                // Passages have none.
                if let Some(json) = json {
                    all.push((address, serde_json::from_str(json)?));
                }
            }
        }
        Ok(all)
    }
}

/// Scores by words, and those of the subjects that a case is about too.
fn with_subjects(
    mut scores: HashMap<DocAddress, Score>,
    subjects: &[Subject],
) -> HashMap<DocAddress, Score> {
    for subject in subjects {
        for case in &subject.cases {
            *scores.entry(*case).or_default() += subject.weight;
        }
    }
    scores
}

/// The terms of a text with the words that they stand for, in lower case.
fn terms(analyzer: &mut TextAnalyzer, field: Field, text: &str) -> Vec<(Term, String)> {
    let mut stream = analyzer.token_stream(text);
    let mut terms = Vec::new();
    while let Some(token) = stream.next() {
        let word = text.get(token.offset_from..token.offset_to).unwrap_or_default();
        terms.push((Term::from_field_text(field, &token.text), word.to_lowercase()));
    }
    terms
}
