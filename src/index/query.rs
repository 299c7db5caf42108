//! A user's words and filters to an engine query. No text is a syntax error.

use std::ops::Bound;

use tantivy::{
    Searcher, Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur,
        PhraseQuery, Query, RangeQuery, TermQuery,
    },
    schema::{Field, IndexRecordOption},
    tokenizer::{TextAnalyzer, TokenStream as _},
};

use super::{IndexError, build::day_number, organisation_words, schema::Fields};
use crate::{
    extract::ProvisionFinder,
    model::{Filter, PartialDate, Provision},
    taxonomy::{Taxonomy, split_words},
};

/// How much a match in each field counts.
const NAME_BOOST: f32 = 3.0;
const TITLE_BOOST: f32 = 2.5;
const LABEL_BOOST: f32 = 1.5;
const SYNONYM_BOOST: f32 = 0.8;
const TYPO_BOOST: f32 = 8.0;
const PHRASE_BOOST: f32 = 1.5;
const PROVISION_BOOST: f32 = 6.0;

/// What a match in a second field adds to the best one.
const TIE_BREAKER: f32 = 0.5;

/// Shorter words are not corrected: too many other words are one letter away.
const SHORTEST_TYPO: usize = 5;

/// From this length two wrong letters are forgiven.
const LONG_WORD: usize = 8;

/// Of so many words at least one must match: long questions hold words that no text has.
const WORDS_PER_NEEDED: usize = 4;

/// Words that say nothing about a case.
const EMPTY_WORDS: [&str; 28] = [
    "a", "about", "an", "and", "any", "are", "as", "at", "by", "case", "cases", "every", "for",
    "from", "has", "have", "in", "is", "of", "on", "or", "that", "the", "to", "was", "were",
    "with", "who",
];

/// Builds queries for one index.
pub struct QueryBuilder<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    pub taxonomy: &'a Taxonomy,
    pub prose: TextAnalyzer,
    pub names: TextAnalyzer,
    /// For stems of a word or phrase the other words for it; filled on first use.
    pub synonyms: Vec<(Vec<Term>, Vec<String>)>,
}

type BoxedQuery = Box<dyn Query>;

impl QueryBuilder<'_> {
    /// The query for words and filters together.
    pub fn build(&mut self, text: &str, filter: &Filter) -> Result<BoxedQuery, IndexError> {
        let mut clauses = self.filters(filter);
        if !text.trim().is_empty() {
            clauses.push((Occur::Must, self.words(text)?));
        }
        if clauses.is_empty() {
            return Ok(Box::new(AllQuery));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn words(&mut self, text: &str) -> Result<BoxedQuery, IndexError> {
        let all: Vec<String> = split_words(text).collect();
        if all.is_empty() {
            return Err(IndexError::NoWords(text.to_owned()));
        }
        let telling: Vec<&String> =
            all.iter().filter(|w| !EMPTY_WORDS.contains(&w.as_str())).collect();
        let words = if telling.is_empty() { all.iter().collect() } else { telling };
        let needed = words.len().div_ceil(WORDS_PER_NEEDED);
        let mut any: Vec<BoxedQuery> = words.iter().map(|word| self.word(word)).collect();
        let provisions = self.provisions(text);
        // A provision is written in several words and found by one key.
        let needed = if provisions.is_empty() { needed } else { 1 };
        any.extend(provisions);
        let matching: BoxedQuery =
            Box::new(BooleanQuery::union_with_minimum_required_clauses(any, needed));
        let mut clauses = vec![(Occur::Must, matching)];
        clauses.extend(self.phrases(text, &all).into_iter().map(|phrase| (Occur::Should, phrase)));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// A word in any field, by its stem, by what it means, and in names with a typing mistake.
    fn word(&mut self, word: &str) -> BoxedQuery {
        let fields = self.fields;
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for (field, boost) in
            [(fields.body, 1.0), (fields.title, TITLE_BOOST), (fields.labels, LABEL_BOOST)]
        {
            ways.extend(self.phrase(field, word, boost));
        }
        ways.extend(self.phrase(fields.organisation, word, NAME_BOOST));
        if word.chars().count() >= SHORTEST_TYPO && !self.is_known(word) {
            let distance = if word.chars().count() >= LONG_WORD { 2 } else { 1 };
            let term = Term::from_field_text(fields.organisation, word);
            ways.push(boosted(Box::new(FuzzyTermQuery::new(term, distance, true)), TYPO_BOOST));
        }
        for synonym in self.synonyms(&[word.to_owned()]) {
            ways.extend(self.phrase(fields.body, &synonym, SYNONYM_BOOST));
            ways.extend(self.phrase(fields.labels, &synonym, SYNONYM_BOOST));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
    }

    /// Whether a word occurs in any text or name, so that it is no typing mistake.
    fn is_known(&mut self, word: &str) -> bool {
        let fields = [self.fields.body, self.fields.labels, self.fields.organisation];
        fields.into_iter().any(|field| {
            let terms = self.terms(field, word);
            terms.iter().any(|term| self.searcher.doc_freq(term).is_ok_and(|count| count > 0))
        })
    }

    /// Quoted phrases, phrases of the taxonomy's synonyms, and the words in their order.
    fn phrases(&mut self, text: &str, words: &[String]) -> Vec<BoxedQuery> {
        let fields = self.fields;
        let quoted = text.split('"').skip(1).step_by(2).map(str::to_owned);
        let mut phrases: Vec<(String, f32)> =
            quoted.map(|phrase| (phrase, 2.0 * PHRASE_BOOST)).collect();
        phrases.extend(words.windows(2).map(|pair| (pair.join(" "), PHRASE_BOOST)));
        phrases.extend(self.synonyms(words).into_iter().map(|phrase| (phrase, SYNONYM_BOOST)));
        let mut queries = Vec::new();
        for (phrase, boost) in phrases {
            for field in [fields.body, fields.title, fields.organisation] {
                queries.extend(self.phrase(field, &phrase, boost));
            }
        }
        queries
    }

    /// Other words for what stands in the query whole, in any inflection.
    fn synonyms(&mut self, words: &[String]) -> Vec<String> {
        if self.synonyms.is_empty() {
            self.synonyms = self.stemmed_synonyms();
        }
        let text = self.stems(&words.join(" "));
        let there = self.synonyms.iter().filter(|(stems, _)| contains(&text, stems));
        there.flat_map(|(_, others)| others.iter().cloned()).collect()
    }

    fn stemmed_synonyms(&mut self) -> Vec<(Vec<Term>, Vec<String>)> {
        let taxonomy = self.taxonomy;
        let in_groups = taxonomy.synonyms.iter().flat_map(|group| {
            let others = |term| group.iter().filter(|other| *other != term).cloned().collect();
            group.iter().map(move |term| (term, others(term)))
        });
        let wider = taxonomy.narrower.iter().map(|(term, narrower)| (term, narrower.clone()));
        in_groups.chain(wider).map(|(term, others)| (self.stems(term), others)).collect()
    }

    fn stems(&mut self, text: &str) -> Vec<Term> {
        self.terms(self.fields.body, text)
    }

    /// Text as the terms of a field.
    fn terms(&mut self, field: Field, text: &str) -> Vec<Term> {
        let is_name = field == self.fields.organisation;
        let analyzer = if is_name { &mut self.names } else { &mut self.prose };
        let mut stream = analyzer.token_stream(text);
        let mut terms = Vec::new();
        while let Some(token) = stream.next() {
            terms.push(Term::from_field_text(field, &token.text));
        }
        terms
    }

    /// Text as one term or phrase of a field; nothing if the field's tokenizer leaves no word.
    fn phrase(&mut self, field: Field, text: &str, boost: f32) -> Option<BoxedQuery> {
        let mut terms = self.terms(field, text);
        let query: BoxedQuery = match terms.len() {
            0 => return None,
            1 => Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        };
        Some(boosted(query, boost))
    }

    /// Provisions that the words cite, in any spelling.
    fn provisions(&self, text: &str) -> Vec<BoxedQuery> {
        let cited = ProvisionFinder::new(self.taxonomy).find(text);
        let fields =
            [(self.fields.infringed, PROVISION_BOOST), (self.fields.cited, PROVISION_BOOST / 2.0)];
        cited
            .iter()
            .flat_map(|provision| {
                fields.map(|(field, boost)| boosted(key(field, &provision.to_string()), boost))
            })
            .collect()
    }

    fn filters(&self, filter: &Filter) -> Vec<(Occur, BoxedQuery)> {
        let fields = &self.fields;
        let provisions: Vec<String> = filter.provisions.iter().map(Provision::to_string).collect();
        let actions: Vec<String> =
            filter.actions.iter().map(|action| action.id().to_owned()).collect();
        let lists = [
            (fields.category, &filter.categories),
            (fields.sector, &filter.sectors),
            (fields.action, &actions),
            (fields.infringed, &provisions),
        ];
        let mut clauses: Vec<(Occur, BoxedQuery)> = lists
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(field, values)| {
                (Occur::Must, any_of(values.iter().map(|value| key(field, value))))
            })
            .collect();
        if !filter.organisations.is_empty() {
            let names = filter.organisations.iter().map(|name| self.all_words_of_name(name));
            clauses.push((Occur::Must, any_of(names)));
        }
        clauses.extend(self.dates(filter.since, filter.until));
        if filter.without_individuals {
            clauses.push((Occur::Must, key(fields.individual, "no")));
        }
        clauses
    }

    fn all_words_of_name(&self, name: &str) -> BoxedQuery {
        let words = organisation_words(name);
        Box::new(BooleanQuery::intersection(
            words.iter().map(|word| key(self.fields.organisation, word)).collect(),
        ))
    }

    fn dates(
        &self,
        since: Option<PartialDate>,
        until: Option<PartialDate>,
    ) -> Vec<(Occur, BoxedQuery)> {
        let bound = |field, date| Bound::Included(Term::from_field_i64(field, day_number(date)));
        let since = since.map(|since| {
            RangeQuery::new(bound(self.fields.latest, since.earliest()), Bound::Unbounded)
        });
        let until = until.map(|until| {
            RangeQuery::new(Bound::Unbounded, bound(self.fields.earliest, until.latest()))
        });
        since
            .into_iter()
            .chain(until)
            .map(|range| (Occur::Must, Box::new(range) as BoxedQuery))
            .collect()
    }
}

fn contains(text: &[Term], phrase: &[Term]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}

fn key(field: Field, value: &str) -> BoxedQuery {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

fn any_of(queries: impl Iterator<Item = BoxedQuery>) -> BoxedQuery {
    Box::new(BooleanQuery::union(queries.collect()))
}

fn boosted(query: BoxedQuery, boost: f32) -> BoxedQuery {
    Box::new(BoostQuery::new(query, boost))
}
