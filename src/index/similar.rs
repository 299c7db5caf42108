//! The cases of an index that are most like one of them.

use std::collections::{HashMap, HashSet};

use tantivy::{
    DocAddress, Score, TantivyDocument, Term,
    collector::{DocSetCollector, TopDocs},
    query::{BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption, Value as _},
    tokenizer::{TextAnalyzer, TokenStream as _},
};

use super::{IndexError, Searcher};
use crate::{
    model::Case,
    similar::{Similar, Traits, rank},
    taxonomy::Taxonomy,
};

/// Words by which texts are compared: few enough that every one tells, enough for a long notice.
const TELLING_WORDS: usize = 40;

/// A word in fewer cases links nothing, so names of products and places drop out.
const FEWEST_CASES: u64 = 2;

/// A word in a larger share of the cases tells nothing that categories do not say.
const LARGEST_SHARE: f32 = 0.15;

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

/// A subject that the taxonomy names counts as about two words as rare that stand in both texts often:
/// it is surer than a word, since all its words were chosen by people.
const SUBJECT_WEIGHT: f32 = 8.0;

/// A word of the case asked about, as a term of the index.
struct TellingWord {
    term: Term,
    /// As it stands in the text first, in lower case.
    word: String,
    /// How much it tells: by how often it stands there, and in how few other cases.
    weight: f32,
}

/// A wider term of the taxonomy that the case asked about is about, under any of its narrower ones:
/// one text says fingerprints, another facial recognition, and both are about biometric data.
struct Subject {
    name: String,
    cases: HashSet<DocAddress>,
    weight: f32,
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
        taxonomy: &Taxonomy,
    ) -> Result<Vec<Similar>, IndexError> {
        let (addresses, traits): (Vec<DocAddress>, Vec<Traits>) =
            self.all_traits()?.into_iter().unzip();
        let Some(own) = traits.iter().position(|other| other.case == case.case) else {
            return Ok(Vec::new());
        };
        let words = self.telling_words(case)?;
        let of_sector = addresses
            .iter()
            .zip(&traits)
            .filter(|(_, other)| other.sector.is_some() && other.sector == traits[own].sector);
        let of_sector: HashSet<DocAddress> = of_sector.map(|(address, _)| *address).collect();
        let subjects = self.subjects(addresses[own], &of_sector, taxonomy)?;
        let mut scores = self.scores(&words)?;
        for subject in &subjects {
            for case in &subject.cases {
                *scores.entry(*case).or_default() += subject.weight;
            }
        }
        let score = |place: usize| scores.get(&addresses[place]).copied().unwrap_or_default();
        let highest = score(own).max(f32::MIN_POSITIVE);
        // Rarity counts twice in the sum, as in a cosine: the root is on the scale of the other parts.
        let text = |place: usize| f64::from((score(place) / highest).min(1.0).sqrt());
        let words_known = words.len() as f64 / TELLING_WORDS as f64;
        let mut ranked = rank(&traits[own], &traits, words_known, text);
        ranked.retain(|other| other.score > 0.0);
        ranked.retain(|other| !(without_individuals && other.case.individual));
        ranked.truncate(limit);
        let place_of = |slug: &str| traits.iter().position(|other| other.case == slug);
        for similar in &mut ranked {
            let address = place_of(&similar.case.case).map(|place| addresses[place]);
            let both = |subject: &&Subject| address.is_some_and(|at| subject.cases.contains(&at));
            let subjects = subjects.iter().filter(both).map(|subject| subject.name.clone());
            similar.both.subjects = subjects.collect();
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
        let all = self.searcher.num_docs() as f32;
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
        words.truncate(TELLING_WORDS);
        Ok(words)
    }

    /// The wider terms that one case is about, with all cases that are; without those of which most
    /// cases are in its own sector, which counts by itself.
    fn subjects(
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
                let rarity = (self.searcher.num_docs() as f32 / cases.len() as f32).ln();
                let weight = SUBJECT_WEIGHT * rarity * rarity;
                subjects.push(Subject { name: name.clone(), cases, weight });
            }
        }
        Ok(subjects)
    }

    /// BM25 of every case that has any of the words.
    fn scores(&self, words: &[TellingWord]) -> Result<HashMap<DocAddress, Score>, IndexError> {
        let clauses = words.iter().map(|word| {
            let query = TermQuery::new(word.term.clone(), IndexRecordOption::WithFreqs);
            let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), word.weight));
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

fn phrase_query(mut terms: Vec<Term>) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
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
