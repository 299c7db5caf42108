//! What a question means beyond its words: failures, sectors, actions, provisions, years, sums.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{ConstScoreQuery, RangeQuery, TermQuery},
    schema::IndexRecordOption,
};

use super::{
    Builder,
    clause::{BoxedQuery, Clause, Part},
    filters::key,
    words::quoted,
};
use crate::{
    index::{analysis::tokens, request::Request},
    model::{Instrument, Provision},
};

/// How much a failure counts that the question states, or whose subject it names.
const STATED: f32 = 3.0;
const NAMED: f32 = 1.0;

/// How much a failure counts that usually goes with a provision of the question.
const BY_PROVISION: f32 = 0.6;

const PERSON: f32 = 1.0;
const SECTOR: f32 = 2.5;
const INFRINGED: f32 = 10.0;
const CITED: f32 = 0.8;

/// Scores of what is right or wrong, not more or less.
const ACTION: f32 = 5.0;
const YEAR: f32 = 4.0;
const AMOUNT: f32 = 6.0;

/// Words that ask for the greatest penalties.
const GREATEST: [&str; 5] = ["largest", "biggest", "highest", "greatest", "record"];

/// Words that ask for cases against natural persons.
const PERSONS: [&str; 2] = ["individual", "individuals"];

/// Steps by which greater penalties count more.
const STEPS: [u64; 6] = [10_000, 50_000, 200_000, 1_000_000, 5_000_000, 15_000_000];

impl Builder<'_> {
    /// The failures that a question speaks of; a case that has one answers it.
    pub(super) fn failures(&self, text: &str) -> Vec<Clause> {
        let found = self.language.categories(text);
        let clause =
            |(id, stated): (&str, bool)| self.failure(id, if stated { STATED } else { NAMED });
        found.into_iter().map(clause).collect()
    }

    fn failure(&self, id: &str, boost: f32) -> Clause {
        let title = self.language.taxonomy.category(id).map_or(id, |category| &category.title);
        let what = format!("the failure {}", quoted(title));
        Clause::of(Part::new(what, key(self.fields.category, id), boost))
    }

    /// The provisions that a question cites, the more exactly the better.
    pub(super) fn provisions(&self, provisions: &[Provision]) -> Vec<Clause> {
        let fields = self.fields;
        let mut clauses = Vec::new();
        for provision in provisions.iter().flat_map(in_both_laws) {
            for part in provision.with_ancestors() {
                let name = part.to_string();
                let infringed = key(fields.infringed, &name);
                let cited = key(fields.cited, &name);
                clauses.push(Clause {
                    parts: vec![
                        Part::new(format!("{name} infringed"), infringed, INFRINGED),
                        Part::new(format!("{name} cited"), cited, CITED),
                    ],
                });
            }
        }
        clauses
    }

    /// The failures that usually go with provisions of the question.
    pub(super) fn failures_of(&self, provisions: &[Provision]) -> Vec<Clause> {
        let all: Vec<Provision> = provisions.iter().flat_map(in_both_laws).collect();
        let goes_with = |usual: &Provision| {
            all.iter().any(|asked| {
                usual == asked || (asked.with_ancestors().len() > 1 && usual.covers(asked))
            })
        };
        let categories = self.language.taxonomy.categories.iter();
        categories
            .filter(|category| category.provisions.iter().any(goes_with))
            .map(|category| self.failure(&category.id, BY_PROVISION))
            .collect()
    }

    /// Whether a word does no more than ask for a kind of action, of party or for the greatest
    /// penalties, such as "fined", "individuals" or "biggest".
    pub(super) fn is_structural(&mut self, word: &str) -> bool {
        let stems = tokens(&mut self.prose, word);
        let is_word = PERSONS.contains(&word) || GREATEST.contains(&word);
        is_word || !self.language.actions(&stems).is_empty()
    }

    /// Cases against natural persons, where words ask for them.
    fn persons(&self, words: &[String]) -> Option<Clause> {
        let asked = words.iter().any(|word| PERSONS.contains(&word.as_str()));
        let part =
            || Part::new("a case against a person", key(self.fields.individual, "yes"), PERSON);
        asked.then(|| Clause::of(part()))
    }

    /// The sectors and kinds of action that words speak of.
    pub(super) fn sectors_and_actions(&mut self, words: &[String]) -> Vec<Clause> {
        let stems = &tokens(&mut self.prose, &words.join(" "));
        let sectors = self.language.sectors(stems).into_iter().map(|sector| {
            let query = key(self.fields.sector, sector);
            Clause::of(Part::new(format!("the sector {sector}"), query, SECTOR))
        });
        let actions = self.language.actions(stems).into_iter().map(|action| {
            let query =
                Box::new(ConstScoreQuery::new(key(self.fields.action, action.id()), ACTION));
            Clause::of(Part::new(format!("the action {}", action.title()), query, 1.0))
        });
        sectors.chain(actions).chain(self.persons(words)).collect()
    }

    /// A year by itself: cases of that year, and behind them those whose text names it.
    pub(super) fn year(&mut self, request: &Request) -> Option<Clause> {
        let year = request.year?.to_string();
        let of_year: BoxedQuery =
            Box::new(ConstScoreQuery::new(key(self.fields.year, &year), YEAR));
        let mut parts = vec![Part::new(format!("the year {year}"), of_year, 1.0)];
        let named = self.phrase(self.fields.body, &year);
        parts.extend(named.map(|query| Part::new(format!("{year} in the text"), query, 0.1)));
        Some(Clause { parts })
    }

    /// A sum by itself, and penalties by size where the greatest are asked for.
    pub(super) fn amounts(&self, request: &Request) -> Vec<Clause> {
        let mut clauses = Vec::new();
        if let Some(amount) = request.amount {
            let term = Term::from_field_u64(self.fields.amount, amount);
            let query: BoxedQuery = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            let query = Box::new(ConstScoreQuery::new(query, AMOUNT));
            clauses.push(Clause::of(Part::new("exactly that penalty", query, 1.0)));
        }
        if request.words.iter().any(|word| GREATEST.contains(&word.as_str())) {
            clauses.extend(STEPS.map(|step| {
                let least = Bound::Included(Term::from_field_u64(self.fields.amount, step));
                let query: BoxedQuery = Box::new(RangeQuery::new(least, Bound::Unbounded));
                let query = Box::new(ConstScoreQuery::new(query, 1.5));
                Clause::of(Part::new("the size of the penalty", query, 1.0))
            }));
        }
        clauses
    }
}

/// "Art 35" of a question means the law before 2021 as well as after.
fn in_both_laws(provision: &Provision) -> Vec<Provision> {
    let text = provision.to_string();
    let other = match provision.instrument() {
        Instrument::Gdpr => format!("UK {text}"),
        Instrument::UkGdpr => text.trim_start_matches("UK ").to_owned(),
        _ => return vec![provision.clone()],
    };
    std::iter::once(provision.clone()).chain(other.parse().ok()).collect()
}
