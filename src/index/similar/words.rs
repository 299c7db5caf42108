//! The words by which the text of a case is known among others.

use std::collections::{HashMap, HashSet};

use tantivy::{
    DocAddress, Score, Term,
    collector::{DocSetCollector, TopDocs},
    query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};

use super::{IndexError, Searcher, terms};
use crate::model::Case;

/// Words by which texts are compared: few enough that every one tells, enough for a long notice.
const TELLING_WORDS: usize = 40;

/// A word in fewer cases links nothing, so names of products and places drop out.
const FEWEST_CASES: u64 = 2;

/// A word in a larger share of the cases tells nothing that categories do not say.
const LARGEST_SHARE: f32 = 0.15;

/// A word in a larger share of the cases that are told in the same manner, by notices or by digests
/// alone, belongs to that manner: "Commissioner" says nothing about a notice.
const LARGEST_SHARE_OF_MANNER: f32 = 0.33;

/// Words with which digests speak of themselves and of their sources.
const OF_DIGESTS: [&str; 9] =
    ["available", "case", "detail", "digest", "entry", "fact", "record", "register", "source"];

/// Words that join others and tell nothing by themselves, however rare they are in a small corpus.
const JOINING: &str = "about above after again against all along also although among and another any \
    anyone are around because been before behind being below between beyond both but can cannot could \
    did does doing done during each either else even ever every few for from further had has have he \
    her here him his how however if in into is it its itself just later least less like many might \
    more most much must neither never nor not nothing now off often once one only onto other others \
    our out over own rather same several shall she should since so some soon still such than that the \
    their them then there these they this those though through to too toward two under until upon us \
    very was were what when where whether which while who whole whom whose why will with within \
    without would yet you your";

/// Shorter words are numbers of paragraphs and abbreviations.
const SHORTEST_WORD: usize = 3;

/// Shared words that are named.
const NAMED_WORDS: usize = 5;

/// A word of the case asked about, as a term of the index.
pub struct TellingWord {
    term: Term,
    /// As it stands in the text first, in lower case.
    word: String,
    /// How much it tells: by how often it stands there, and in how few other cases.
    weight: f32,
}

/// How much there is of a text, from 0 to 1, by the words that tell.
pub fn known(words: &[TellingWord]) -> f64 {
    words.len() as f64 / TELLING_WORDS as f64
}

impl Searcher {
    /// The words that tell a case's text from others, without the names of its party.
    pub(super) fn telling_words(
        &self,
        case: &Case,
        same_manner: &HashSet<DocAddress>,
    ) -> Result<Vec<TellingWord>, IndexError> {
        let mut prose = self.index.tokenizer_for_field(self.fields.body)?;
        let names = case.facts.organisation.iter().chain(&case.facts.also_known_as);
        let empty = names.map(String::as_str).chain(OF_DIGESTS).chain([JOINING]);
        let empty: HashSet<Term> =
            empty.flat_map(|word| terms(&mut prose, self.fields.body, word)).map(|t| t.0).collect();
        let mut counted: HashMap<Term, (String, u32)> = HashMap::new();
        for (term, word) in terms(&mut prose, self.fields.body, &case.text) {
            let is_word = word.chars().all(char::is_alphabetic) && word.len() >= SHORTEST_WORD;
            if is_word && !empty.contains(&term) {
                counted.entry(term).or_insert((word, 0)).1 += 1;
            }
        }
        let all = self.cases as f32;
        let most = (all * LARGEST_SHARE).max(FEWEST_CASES as f32);
        let mut words = Vec::new();
        for (term, (word, count)) in counted {
            let cases = self.searcher.doc_freq(&term)?;
            if cases >= FEWEST_CASES && cases as f32 <= most {
                let rarity = (all / cases as f32).ln();
                words.push(TellingWord {
                    term,
                    word,
                    weight: (1.0 + (count as f32).ln()) * rarity,
                });
            }
        }
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        let most = (same_manner.len() as f32 * LARGEST_SHARE_OF_MANNER).max(FEWEST_CASES as f32);
        let mut telling = Vec::new();
        for word in words {
            let query = TermQuery::new(word.term.clone(), IndexRecordOption::Basic);
            let cases = self.searcher.search(&query, &DocSetCollector)?;
            if cases.intersection(same_manner).count() as f32 <= most {
                telling.push(word);
            }
            if telling.len() == TELLING_WORDS {
                break;
            }
        }
        Ok(telling)
    }

    /// BM25 of every case that has any of the words.
    pub(super) fn scores(
        &self,
        words: &[TellingWord],
    ) -> Result<HashMap<DocAddress, Score>, IndexError> {
        let clauses = words.iter().map(|word| {
            let query = TermQuery::new(word.term.clone(), IndexRecordOption::WithFreqs);
            let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), word.weight));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(clauses.collect());
        let all = usize::try_from(self.cases).unwrap_or(usize::MAX).max(1);
        let top = self.searcher.search(&query, &TopDocs::with_limit(all).order_by_score())?;
        Ok(top.into_iter().map(|(score, address)| (address, score)).collect())
    }

    /// The most telling of the words that another case has too.
    pub(super) fn shared_words(
        &self,
        words: &[TellingWord],
        slug: &str,
    ) -> Result<Vec<String>, IndexError> {
        let Some(other) = self.case(slug)? else { return Ok(Vec::new()) };
        let mut prose = self.index.tokenizer_for_field(self.fields.body)?;
        let there: HashSet<Term> =
            terms(&mut prose, self.fields.body, &other.text).into_iter().map(|t| t.0).collect();
        let shared = words.iter().filter(|word| there.contains(&word.term));
        Ok(shared.take(NAMED_WORDS).map(|word| word.word.clone()).collect())
    }
}
