//! A request to a query of the engine, as clauses that can be shown.

mod clause;
mod filters;
mod meanings;
mod names;
mod words;

use tantivy::{
    Searcher,
    query::{BooleanQuery, BoostQuery, Occur},
    tokenizer::TextAnalyzer,
};

pub use clause::{BoxedQuery, Clause};
pub use filters::{Condition, any_of, key};

use super::{
    analysis::{self, tokens},
    language::Language,
    request::Request,
    schema::Fields,
};
use crate::{
    model::{Filter, Provision},
    taxonomy::split_words,
};

/// Of so many telling words at least one must match: long questions hold words that no text has.
const WORDS_PER_NEEDED: usize = 4;

/// Words that say nothing about a case.
const EMPTY_WORDS: [&str; 72] = [
    "a", "about", "after", "all", "an", "and", "any", "anyone", "are", "as", "at", "be", "been",
    "being", "but", "by", "can", "case", "cases", "could", "did", "do", "does", "each", "every",
    "example", "examples", "find", "for", "from", "get", "got", "had", "happened", "happens",
    "has", "have", "having", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "of",
    "on", "or", "our", "show", "that", "the", "their", "them", "there", "they", "to", "us", "was",
    "we", "were", "what", "when", "where", "which", "who", "why", "with", "your",
];

/// Builds the query for one request.
pub struct Builder<'a> {
    /// The index.
    pub searcher: &'a Searcher,
    /// Its fields.
    pub fields: Fields,
    /// The number of cases in it.
    pub cases: u64,
    /// What words mean.
    pub language: &'a Language<'a>,
    prose: TextAnalyzer,
    names: TextAnalyzer,
}

/// A query in the parts that a search needs.
pub struct Plan {
    /// That the document is a case and passes the filters.
    pub conditions: Vec<Condition>,
    /// What must match besides; nothing where only filters are given.
    pub matching: Option<BoxedQuery>,
    /// What must not match.
    pub excluded: Vec<BoxedQuery>,
    /// Everything that gives a score.
    pub clauses: Vec<Clause>,
    /// What scores passages, each word by itself.
    pub passages: Vec<BoxedQuery>,
    /// Nothing but kinds of case is asked for, and no score tells the cases apart.
    by_date: bool,
}

impl<'a> Builder<'a> {
    /// For an index and a language.
    pub fn new(
        searcher: &'a Searcher,
        fields: Fields,
        cases: u64,
        language: &'a Language<'a>,
    ) -> Self {
        let (prose, names) = (analysis::prose(), analysis::names());
        Self { searcher, fields, cases, language, prose, names }
    }

    /// The query for a request under a filter.
    pub fn plan(mut self, request: &Request, filter: &Filter) -> Plan {
        let mut plan = Plan {
            conditions: self.conditions(filter),
            matching: None,
            excluded: self.excluded(&request.excluded),
            clauses: Vec::new(),
            passages: Vec::new(),
            by_date: false,
        };
        let cited = self.language.provisions(&request.text);
        let words = words_outside(request, &cited);
        let provisions: Vec<Provision> =
            cited.into_iter().map(|(provision, _)| provision).collect();
        let mut must: Vec<BoxedQuery> = Vec::new();
        for phrase in &request.phrases {
            let clause = self.exact(phrase);
            if !clause.parts.is_empty() {
                must.push(clause.query());
                plan.clauses.push(clause);
            }
        }
        if let Some(year) = self.year(request) {
            must.push(year.query());
            plan.clauses.push(year);
        }
        must.extend(self.answers(request, &words, &provisions, &mut plan));
        plan.matching = (!must.is_empty())
            .then(|| -> BoxedQuery { Box::new(BooleanQuery::intersection(must)) });
        let mut in_passages: Vec<String> = request.phrases.iter().chain(&words).cloned().collect();
        in_passages.retain(|word| !self.is_structural(word));
        plan.passages = self.passages(&in_passages);
        plan
    }

    /// Words and what they mean: enough telling words, or a failure or provision of the question.
    fn answers(
        &mut self,
        request: &Request,
        words: &[String],
        provisions: &[Provision],
        plan: &mut Plan,
    ) -> Option<BoxedQuery> {
        let mut telling: Vec<Clause> = Vec::new();
        let mut frequent: Vec<Clause> = Vec::new();
        let chosen = telling_words(words);
        let mut structural = self.sectors_and_actions(words);
        for word in &chosen {
            let clause = self.word(word);
            if clause.parts.is_empty() || self.is_structural(word) {
                continue;
            }
            if self.is_frequent(self.fields.body, word) {
                // It does not make a case match by itself.
                frequent.push(clause);
            } else {
                telling.push(clause);
            }
        }
        let (costly, known) = self.known_phrases(words).into_iter().partition(Clause::is_costly);
        telling.extend::<Vec<Clause>>(known);
        frequent.extend::<Vec<Clause>>(costly);
        let joined = self.joined_names(words);
        let mut answers =
            [self.failures(&request.text), self.provisions(provisions), joined].concat_all();
        let mut amounts = self.amounts(request);
        if telling.is_empty() && answers.is_empty() {
            answers.append(&mut frequent);
        }
        if telling.is_empty() && answers.is_empty() {
            plan.by_date = amounts.is_empty();
            answers.append(&mut structural);
            answers.append(&mut amounts);
        }
        frequent.extend(amounts);
        frequent.extend(self.failures_of(provisions));
        frequent.extend(structural);
        frequent.extend(self.name_phrases(words));
        for pair in pairs(words) {
            frequent.push(self.together(&pair));
        }
        frequent.retain(|clause| !clause.parts.is_empty());
        plan.clauses.extend(frequent);
        let needed = telling.len().div_ceil(WORDS_PER_NEEDED);
        // One union is quicker than a union of unions.
        let mut ways: Vec<BoxedQuery> = answers.iter().flat_map(Clause::ways).collect();
        if needed > 1 {
            let words = telling.iter().map(Clause::query).collect();
            ways.push(Box::new(BooleanQuery::union_with_minimum_required_clauses(words, needed)));
        } else {
            ways.extend(telling.iter().flat_map(Clause::ways));
        }
        plan.clauses.extend(answers.into_iter().chain(telling));
        (!ways.is_empty()).then(|| any_of(ways.into_iter()))
    }

    fn excluded(&mut self, texts: &[String]) -> Vec<BoxedQuery> {
        let fields = self.fields;
        let mut queries = Vec::new();
        for text in texts {
            for field in [fields.body, fields.title, fields.organisation] {
                queries.extend(self.phrase(field, text));
            }
        }
        queries
    }

    /// The same words in passages.
    fn passages(&mut self, words: &[String]) -> Vec<BoxedQuery> {
        let field = self.fields.passage;
        let mut any: Vec<BoxedQuery> = Vec::new();
        for word in telling_words(words) {
            any.extend(self.phrase(field, word));
        }
        let stems = tokens(&mut self.prose, &words.join(" "));
        let language = self.language;
        for (_, others) in language.synonyms(&stems) {
            for other in others {
                let query = self.phrase(field, other);
                any.extend(
                    query.map(|query| -> BoxedQuery { Box::new(BoostQuery::new(query, 0.8)) }),
                );
            }
        }
        for pair in pairs(words) {
            any.extend(self.phrase(field, &pair));
        }
        any
    }
}

impl Plan {
    /// Those of the cases that pass the filters and hold nothing that is excluded.
    pub fn passing(&self, cases: impl Iterator<Item = BoxedQuery>) -> BoxedQuery {
        let conditions = self.conditions.iter().map(|condition| condition.query.box_clone());
        let mut clauses: Vec<(Occur, BoxedQuery)> =
            conditions.chain([any_of(cases)]).map(|query| (Occur::Must, query)).collect();
        clauses.extend(self.excluded.iter().map(|query| (Occur::MustNot, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }

    /// The whole query; without the condition that chooses among the values of a facet, if one is
    /// named.
    pub fn query(&self, without: Option<&str>) -> BoxedQuery {
        let conditions = self.conditions.iter();
        let kept = conditions.filter(|c| without.is_none() || c.facet != without);
        let mut clauses: Vec<(Occur, BoxedQuery)> =
            kept.map(|condition| (Occur::Must, condition.query.box_clone())).collect();
        let matching = self.matching.iter().map(|query| (Occur::Must, query.box_clone()));
        clauses.extend(matching);
        clauses.extend(self.excluded.iter().map(|query| (Occur::MustNot, query.box_clone())));
        Box::new(BooleanQuery::new(clauses))
    }

    /// The facets among whose values a filter chooses.
    pub fn filtered_facets(&self) -> impl Iterator<Item = &'static str> {
        self.conditions.iter().filter_map(|condition| condition.facet)
    }

    /// Whether nothing ranks the cases.
    pub const fn is_unranked(&self) -> bool {
        self.by_date || self.clauses.is_empty()
    }
}

/// The words of a request that belong to no citation and are no year.
fn words_outside(request: &Request, cited: &[(Provision, std::ops::Range<usize>)]) -> Vec<String> {
    let mut text = String::with_capacity(request.text.len());
    let mut end = 0;
    // One place may mean provisions of several laws.
    for span in cited.iter().map(|(_, span)| span).filter(|span| !span.is_empty()) {
        if span.start >= end {
            text.push_str(&request.text[end..span.start]);
            text.push(' ');
            end = span.end;
        }
    }
    text.push_str(&request.text[end..]);
    let year = request.year.map(|year| year.to_string());
    let words = split_words(&text).filter(|word| Some(word) != year.as_ref());
    words.take(request.words.len()).collect()
}

/// The words without the empty ones, each once; all of them where nothing else is left.
fn telling_words(words: &[String]) -> Vec<&String> {
    let mut telling: Vec<&String> =
        words.iter().filter(|word| !EMPTY_WORDS.contains(&word.as_str())).collect();
    if telling.is_empty() {
        telling = words.iter().collect();
    }
    let mut seen = std::collections::HashSet::new();
    telling.retain(|word| seen.insert(*word));
    telling
}

/// Neighbouring words of which not both are empty.
fn pairs(words: &[String]) -> Vec<String> {
    let empty = |word: &String| EMPTY_WORDS.contains(&word.as_str());
    let pairs = words.windows(2).filter(|pair| !(empty(&pair[0]) || empty(&pair[1])));
    pairs.map(|pair| pair.join(" ")).collect()
}

/// Joins lists of clauses, which cannot be cloned.
trait ConcatAll {
    fn concat_all(self) -> Vec<Clause>;
}

impl<const N: usize> ConcatAll for [Vec<Clause>; N] {
    fn concat_all(self) -> Vec<Clause> {
        self.into_iter().flatten().collect()
    }
}
