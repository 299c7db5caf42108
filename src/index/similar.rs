//! The cases of an index that are most like one of them.

use std::collections::{HashMap, HashSet};

use tantivy::{
    DocAddress, Score, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, Value as _},
    tokenizer::{TextAnalyzer, TokenStream as _},
};

use super::{IndexError, Searcher};
use crate::{
    model::Case,
    similar::{Similar, Traits, rank},
};

/// Words by which texts are compared: few enough that every one tells, enough for a long notice.
const TELLING_WORDS: usize = 40;

/// A word in fewer cases links nothing, so names of products and places drop out.
const FEWEST_CASES: u64 = 2;

/// Shorter words are numbers of paragraphs and abbreviations.
const SHORTEST_WORD: usize = 3;

/// Shared words that are named.
const NAMED_WORDS: usize = 5;

/// A word of the case asked about, as a term of the index.
struct TellingWord {
    term: Term,
    /// As it stands in the text first, in lower case.
    word: String,
    /// How much it tells: by how often it stands there, and in how few other cases.
    weight: f32,
    boost: f32,
}

impl Searcher {
    /// The `limit` cases most like one, best first; cases against natural persons can be left out.
    /// Its cost grows with the number of cases and the length of their texts, and with nothing else.
    ///
    /// # Errors
    /// A damaged index.
    pub fn similar(
        &self,
        case: &Case,
        limit: usize,
        without_individuals: bool,
    ) -> Result<Vec<Similar>, IndexError> {
        let (addresses, traits): (Vec<DocAddress>, Vec<Traits>) =
            self.all_traits()?.into_iter().unzip();
        let Some(own) = traits.iter().position(|other| other.case == case.case) else {
            return Ok(Vec::new());
        };
        let words = self.telling_words(case)?;
        let scores = self.scores(&words)?;
        let highest = scores.get(&addresses[own]).copied().unwrap_or_default();
        let text = |place: usize| {
            let score = scores.get(&addresses[place]).copied().unwrap_or_default();
            if highest > 0.0 { f64::from((score / highest).min(1.0)) } else { 0.0 }
        };
        let mut ranked = rank(&traits[own], &traits, text);
        ranked.retain(|other| other.score > 0.0);
        ranked.retain(|other| !(without_individuals && other.case.individual));
        ranked.truncate(limit);
        for similar in &mut ranked {
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
                all.push((address, serde_json::from_str(json.unwrap_or_default())?));
            }
        }
        Ok(all)
    }

    /// The words that tell a case's text from others, without the names of its party.
    fn telling_words(&self, case: &Case) -> Result<Vec<TellingWord>, IndexError> {
        let mut prose = self.index.tokenizer_for_field(self.fields.body)?;
        let names = case.facts.organisation.iter().chain(&case.facts.also_known_as);
        let of_names: HashSet<Term> =
            names.flat_map(|name| terms(&mut prose, self.fields.body, name)).map(|t| t.0).collect();
        let mut counted: HashMap<Term, (String, u16)> = HashMap::new();
        for (term, word) in terms(&mut prose, self.fields.body, &case.text) {
            let is_word = word.chars().all(char::is_alphabetic) && word.len() >= SHORTEST_WORD;
            if is_word && !of_names.contains(&term) {
                counted.entry(term).or_insert((word, 0)).1 += 1;
            }
        }
        let mut words = Vec::new();
        for (term, (word, count)) in counted {
            let cases = self.searcher.doc_freq(&term)?;
            if cases >= FEWEST_CASES {
                let boost = 1.0 + f32::from(count).ln();
                let rarity = (self.searcher.num_docs() as f32 / cases as f32).ln();
                words.push(TellingWord { term, word, weight: boost * rarity, boost });
            }
        }
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        words.truncate(TELLING_WORDS);
        Ok(words)
    }

    /// BM25 of every case that has any of the words.
    fn scores(&self, words: &[TellingWord]) -> Result<HashMap<DocAddress, Score>, IndexError> {
        let clauses = words.iter().map(|word| {
            let query = TermQuery::new(word.term.clone(), IndexRecordOption::WithFreqs);
            let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), word.boost));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(clauses.collect());
        let all = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX).max(1);
        let top = self.searcher.search(&query, &TopDocs::with_limit(all).order_by_score())?;
        Ok(top.into_iter().map(|(score, address)| (address, score)).collect())
    }

    /// The most telling of the words that another case has too.
    fn shared_words(&self, words: &[TellingWord], slug: &str) -> Result<Vec<String>, IndexError> {
        let Some(other) = self.case(slug)? else { return Ok(Vec::new()) };
        let mut prose = self.index.tokenizer_for_field(self.fields.body)?;
        let there: HashSet<Term> =
            terms(&mut prose, self.fields.body, &other.text).into_iter().map(|t| t.0).collect();
        let shared = words.iter().filter(|word| there.contains(&word.term));
        Ok(shared.take(NAMED_WORDS).map(|word| word.word.clone()).collect())
    }
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
