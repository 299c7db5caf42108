//! Searching an index.

use std::path::Path;

use serde::Serialize;
use tantivy::{
    DocAddress, Index, ReloadPolicy, Score, TantivyDocument, Term,
    collector::{DocSetCollector, TopDocs},
    directory::MmapDirectory,
    query::TermQuery,
    schema::{IndexRecordOption, Value as _},
    snippet::SnippetGenerator,
};

use super::{
    IndexError,
    facets::Facets,
    language::Language,
    query::{Builder, Plan, any_of, key},
    rank::Ranked,
    request::{Request, both},
    schema::{CASE, Fields, register_tokenizers, schema},
    snippet,
};
use crate::{
    model::{ActionType, Case, Filter, PartialDate},
    semantic::{Near, passages},
};

/// An open index.
pub struct Searcher {
    pub(super) index: Index,
    pub(super) searcher: tantivy::Searcher,
    pub(super) fields: Fields,
    /// How many cases are in it.
    pub(super) cases: u64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// The query as it was written.
    pub query: String,
    /// How operators, dates and sums in it were understood, one after the other.
    pub read_as: Vec<String>,
    /// Cases that match.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// Counts over all that match; those of a facet that is filtered leave its own filter out.
    pub facets: Facets,
}

/// One case that matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The case's slug.
    pub case: String,
    /// Identifier in a compiled list of cases, where it has one.
    pub id: Option<String>,
    /// The body acted against.
    pub organisation: String,
    /// Headline.
    pub title: String,
    /// Date of the action.
    pub date: Option<PartialDate>,
    /// Kinds of action.
    pub action_types: Vec<ActionType>,
    /// Sector.
    pub sector: Option<String>,
    /// Penalty in pounds.
    pub amount_gbp: Option<u64>,
    /// Page of the ICO's register.
    pub page_url: Option<String>,
    /// How well it matches; higher is better, 0 where only filters were given.
    pub score: Score,
    /// Categories found.
    pub categories: Vec<String>,
    /// Categories of the user's own that are found by meaning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories_by_meaning: Vec<String>,
    /// The best passage as HTML, the matching words in `<mark>`; the start of the text where no
    /// word matches it.
    pub snippet: String,
    /// Why it stands where it stands, the weightiest reason first; only where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Reason>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// What matched where, in words.
    pub what: String,
    /// What it gave.
    pub score: Score,
}

/// How much of the results is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// At most so many cases.
    pub limit: usize,
    /// With the reasons of each.
    pub why: bool,
    /// The cases nearest in meaning, the nearest first, to be put together with those that the
    /// words find.
    pub near: &'a [Near],
}

impl Searcher {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// The folder holds no index, or a damaged one.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let index = Index::open(MmapDirectory::open(folder)?)?;
        register_tokenizers(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (searcher, fields) = (reader.searcher(), schema().1);
        let cases = searcher.doc_freq(&Term::from_field_text(fields.kind, CASE))?;
        Ok(Self { index, searcher, fields, cases })
    }

    /// The best cases for a text and filters. Without anything to rank by: all that pass, newest
    /// first.
    ///
    /// # Errors
    /// A query of punctuation only, or a damaged index.
    pub fn search(
        &self,
        text: &str,
        filter: &Filter,
        wanted: Wanted<'_>,
        language: &Language<'_>,
    ) -> Result<Results, IndexError> {
        let (request, plan) = self.plan(text, filter, language)?;
        let (ranked, total, facets) = self.both(&plan, wanted.limit, wanted.near)?;
        let snippets = self.snippets(&plan)?;
        let hits = ranked
            .iter()
            .map(|ranked| {
                let why = if wanted.why && !plan.is_unranked() {
                    self.reasons(&plan, ranked)?
                } else {
                    Vec::new()
                };
                self.hit(ranked, snippets.as_ref(), why, language)
            })
            .collect::<Result<_, _>>()?;
        Ok(Results { query: text.to_owned(), read_as: request.read_as, total, hits, facets })
    }

    /// The slugs of the best cases, the best first.
    ///
    /// # Errors
    /// Those of [`Searcher::search`].
    pub fn ranking(
        &self,
        text: &str,
        filter: &Filter,
        wanted: Wanted<'_>,
        language: &Language<'_>,
    ) -> Result<Vec<String>, IndexError> {
        let (_, plan) = self.plan(text, filter, language)?;
        let (ranked, ..) = self.both(&plan, wanted.limit, wanted.near)?;
        Ok(ranked.into_iter().map(|case| case.slug).collect())
    }

    fn plan(
        &self,
        text: &str,
        filter: &Filter,
        language: &Language<'_>,
    ) -> Result<(Request, Plan), IndexError> {
        let request = Request::read(text, language.taxonomy);
        if request.is_empty() && !text.trim().is_empty() {
            return Err(IndexError::NoWords(shortened(text)));
        }
        let filter = both(filter, &request.filter);
        let builder = Builder::new(&self.searcher, self.fields, self.cases, language);
        let plan = builder.plan(&request, &filter);
        Ok((request, plan))
    }

    /// The case of that slug.
    ///
    /// # Errors
    /// A damaged index.
    pub fn case(&self, slug: &str) -> Result<Option<Case>, IndexError> {
        let term = Term::from_field_text(self.fields.case, slug);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let top = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        top.first().map(|(_, address)| self.stored(*address)).transpose()
    }

    /// The slugs of all cases, sorted.
    ///
    /// # Errors
    /// A damaged index.
    pub fn slugs(&self) -> Result<Vec<String>, IndexError> {
        let mut slugs = Vec::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.case)?;
            let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() {
                slugs.push(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        slugs.sort();
        Ok(slugs)
    }

    /// All cases.
    ///
    /// # Errors
    /// A damaged index.
    pub fn cases(&self) -> Result<Vec<Case>, IndexError> {
        let cases = self.searcher.search(&*key(self.fields.kind, CASE), &DocSetCollector)?;
        cases.into_iter().map(|address| self.stored(address)).collect()
    }

    fn stored(&self, address: DocAddress) -> Result<Case, IndexError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text =
            |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let mut case: Case = serde_json::from_str(text(self.fields.json))?;
        case.text = text(self.fields.body).to_owned();
        Ok(case)
    }

    fn snippets(&self, plan: &Plan) -> Result<Option<SnippetGenerator>, IndexError> {
        if plan.passages.is_empty() {
            return Ok(None);
        }
        let words = any_of(plan.passages.iter().map(|query| query.box_clone()));
        let mut snippets = SnippetGenerator::create(&self.searcher, &words, self.fields.passage)?;
        snippets.set_max_num_chars(snippet::LENGTH);
        Ok(Some(snippets))
    }

    fn hit(
        &self,
        ranked: &Ranked,
        snippets: Option<&SnippetGenerator>,
        why: Vec<Reason>,
        language: &Language<'_>,
    ) -> Result<Hit, IndexError> {
        let case = self.stored(ranked.address)?;
        let snippet = match (ranked.passage, ranked.near) {
            (Some((_, at)), _) => snippet::marked(snippets, &self.text(at, self.fields.passage)?),
            (None, Some(near)) => {
                let passages = passages(&case, language.taxonomy);
                let nearest = passages.get(near.passage).map_or(body(&case.text), String::as_str);
                snippet::marked(None, nearest)
            }
            (None, None) => snippet::marked(None, body(&case.text)),
        };
        Ok(Hit {
            id: case.facts.id.clone(),
            organisation: case.organisation().to_owned(),
            title: case.title().to_owned(),
            date: case.facts.date,
            action_types: case.facts.action_types,
            sector: case.facts.sector,
            amount_gbp: case.facts.amount_gbp,
            page_url: case.facts.page_url,
            score: ranked.score,
            categories: case.categories,
            categories_by_meaning: case.categories_by_meaning,
            snippet,
            why,
            case: case.case,
        })
    }
}

/// A text without its first heading.
fn body(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(_, body)| body)
}

/// The start of a query, for a message.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
