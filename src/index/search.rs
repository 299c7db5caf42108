//! Searching an index.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;
use tantivy::{
    DocAddress, Index, Order, ReloadPolicy, Score, TantivyDocument, Term,
    aggregation::{
        AggregationCollector,
        agg_req::Aggregations,
        agg_result::{AggregationResult, AggregationResults, BucketResult},
    },
    collector::{Count, DocSetCollector, TopDocs},
    directory::MmapDirectory,
    query::{AllQuery, Query, TermQuery},
    schema::{IndexRecordOption, Value as _},
    snippet::{Snippet, SnippetGenerator},
};

use super::{
    IndexError,
    query::QueryBuilder,
    schema::{Fields, register_tokenizers, schema},
};
use crate::{
    model::{ActionType, Case, Filter, PartialDate},
    taxonomy::Taxonomy,
};

/// Characters in a snippet.
const SNIPPET_LENGTH: usize = 220;

/// Values listed of one facet.
const FACET_VALUES: usize = 60;

/// An open index.
pub struct Searcher {
    index: Index,
    searcher: tantivy::Searcher,
    fields: Fields,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// The query as it was written.
    pub query: String,
    /// Cases that match.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// Counts over all that match.
    pub facets: Facets,
}

/// For each facet the number of matching cases by value.
pub type Facets = BTreeMap<&'static str, BTreeMap<String, u64>>;

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
    /// A passage as HTML, the matching words in `<mark>`; its start where no word matches the text.
    pub snippet: String,
}

const FACETS: [&str; 5] = ["category", "group", "sector", "action", "year"];

impl Searcher {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// The folder holds no index, or a damaged one.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let index = Index::open(MmapDirectory::open(folder)?)?;
        register_tokenizers(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), index, fields: schema().1 })
    }

    /// The `limit` best cases for words and filters. Without words: all that pass, newest first.
    ///
    /// # Errors
    /// A query of punctuation only, or a damaged index.
    pub fn search(
        &self,
        text: &str,
        filter: &Filter,
        limit: usize,
        taxonomy: &Taxonomy,
    ) -> Result<Results, IndexError> {
        let query = self.query(text, filter, taxonomy)?;
        let (total, facets) = self.count(&query)?;
        let ranked = self.rank(&query, limit.max(1), text.trim().is_empty())?;
        let mut snippets = SnippetGenerator::create(&self.searcher, &query, self.fields.body)?;
        snippets.set_max_num_chars(SNIPPET_LENGTH);
        let hits = ranked
            .into_iter()
            .take(limit)
            .map(|(score, address)| self.hit(score, address, &snippets))
            .collect::<Result<_, _>>()?;
        Ok(Results { query: text.to_owned(), total, hits, facets })
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

    /// All cases, without their texts.
    ///
    /// # Errors
    /// A damaged index.
    pub fn cases(&self) -> Result<Vec<Case>, IndexError> {
        let all = self.searcher.search(&AllQuery, &DocSetCollector)?;
        all.into_iter().map(|address| self.stored(address)).collect()
    }

    fn query(
        &self,
        text: &str,
        filter: &Filter,
        taxonomy: &Taxonomy,
    ) -> Result<Box<dyn Query>, IndexError> {
        let mut builder = QueryBuilder {
            searcher: &self.searcher,
            fields: self.fields,
            taxonomy,
            prose: self.index.tokenizer_for_field(self.fields.body)?,
            names: self.index.tokenizer_for_field(self.fields.organisation)?,
            synonyms: Vec::new(),
        };
        builder.build(text, filter)
    }

    fn rank(
        &self,
        query: &dyn Query,
        limit: usize,
        by_date: bool,
    ) -> Result<Vec<(Score, DocAddress)>, IndexError> {
        let top = TopDocs::with_limit(limit);
        if by_date {
            let newest = top.order_by_fast_field::<i64>("latest", Order::Desc);
            let ranked = self.searcher.search(query, &newest)?;
            return Ok(ranked.into_iter().map(|(_, address)| (0.0, address)).collect());
        }
        Ok(self.searcher.search(query, &top.order_by_score())?)
    }

    fn count(&self, query: &dyn Query) -> Result<(usize, Facets), IndexError> {
        let terms = |field| serde_json::json!({"terms": {"field": field, "size": FACET_VALUES}});
        let request: serde_json::Map<_, _> =
            FACETS.map(|field| (field.to_owned(), terms(field))).into_iter().collect();
        let request: Aggregations = serde_json::from_value(request.into())?;
        let collector = AggregationCollector::from_aggs(request, Default::default());
        let (total, counted) = self.searcher.search(query, &(Count, collector))?;
        Ok((total, facets(counted)))
    }

    fn stored(&self, address: DocAddress) -> Result<Case, IndexError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text =
            |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let mut case: Case = serde_json::from_str(text(self.fields.json))?;
        case.text = text(self.fields.body).to_owned();
        Ok(case)
    }

    fn hit(
        &self,
        score: Score,
        address: DocAddress,
        snippets: &SnippetGenerator,
    ) -> Result<Hit, IndexError> {
        let case = self.stored(address)?;
        let snippet = marked(snippets.snippet(&case.text), &case.text);
        Ok(Hit {
            id: case.facts.id.clone(),
            organisation: case.organisation().to_owned(),
            title: case.title().to_owned(),
            date: case.facts.date,
            action_types: case.facts.action_types,
            sector: case.facts.sector,
            amount_gbp: case.facts.amount_gbp,
            page_url: case.facts.page_url,
            score,
            categories: case.categories,
            snippet,
            case: case.case,
        })
    }
}

/// The snippet as HTML, or the first words of the text.
fn marked(mut snippet: Snippet, text: &str) -> String {
    snippet.set_snippet_prefix_postfix("<mark>", "</mark>");
    let html = if snippet.is_empty() {
        let body = text.split_once("\n\n").map_or(text, |(_, body)| body);
        let start: String = body.chars().take(SNIPPET_LENGTH).collect();
        let end = if start.len() < body.len() {
            start.rfind(' ').unwrap_or(start.len())
        } else {
            start.len()
        };
        start[..end].replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        snippet.to_html()
    };
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn facets(mut counted: AggregationResults) -> Facets {
    let mut facets = Facets::new();
    for facet in FACETS {
        let Some(AggregationResult::BucketResult(BucketResult::Terms { buckets, .. })) =
            counted.0.remove(facet)
        else {
            continue;
        };
        let values = buckets.into_iter().map(|bucket| (bucket.key.to_string(), bucket.doc_count));
        facets.insert(facet, values.collect());
    }
    facets
}
