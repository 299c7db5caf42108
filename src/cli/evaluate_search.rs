//! `casebook evaluate-search`: how well search ranks what people judged relevant.

use std::{
    collections::HashMap,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use super::{
    Common, Exit,
    meaning::{Meaning, ModelArguments, stored},
    output::{self, counted, table, to_stdout, wrapped},
};
use crate::{
    index::{Language, Searcher, Wanted},
    model::Filter,
    pipeline::Indexes,
    relevance::{self, Judges, Means, Query, QueryResult, Report},
    semantic::Near,
    taxonomy::Taxonomy,
};

/// Arguments of `casebook evaluate-search`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Queries with graded relevant cases, one JSON object a line: qid, query, kind and relevant, a
    /// list of objects with a grade from 1 to 3 and a case, id or page_url
    #[arg(value_name = "QRELS")]
    file: PathBuf,
    /// Rank by words, by meaning with the vectors of `casebook embed`, or by both
    #[arg(long, value_enum, default_value_t = By::Words)]
    by: By,
    /// The queries are names of cases: measure `casebook similar`, with or without meaning
    #[arg(long)]
    similar: bool,
    #[command(flatten)]
    model: ModelArguments,
    /// All measures of all queries as JSON
    #[arg(long)]
    json: bool,
    /// List for every query the relevant cases it missed and what stood in their place
    #[arg(long, conflicts_with = "json")]
    errors: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Words,
    Meaning,
    Both,
}

/// Results that are ranked to say where a missed case stands.
const DEPTH: usize = 100;

const NO_VECTORS: &str = "no vectors of this state of the index; make them with `casebook embed`";

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let queries = relevance::read(&arguments.file)?;
    let taxonomy = common.load_taxonomy()?;
    let indexes = Indexes::open(&common.indexes)?;
    let searcher = Searcher::open(&indexes.search())?;
    let bench = Bench { common, arguments, taxonomy: &taxonomy, indexes: &indexes, searcher };
    let report = if arguments.similar { bench.similar(&queries) } else { bench.search(&queries) }?;
    to_stdout(|out| {
        if arguments.json {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            return writeln!(out);
        }
        print(out, &report)?;
        if arguments.errors { errors(out, &report) } else { Ok(()) }
    })?;
    Ok(if report.queries.is_empty() { Exit::NothingFound } else { Exit::Done })
}

/// What rankings are measured with.
struct Bench<'a> {
    common: &'a Common,
    arguments: &'a Arguments,
    taxonomy: &'a Taxonomy,
    indexes: &'a Indexes,
    searcher: Searcher,
}

impl Bench<'_> {
    fn search(&self, queries: &[Query]) -> anyhow::Result<Report> {
        let language = Language::new(self.taxonomy)?;
        let near = nearest(self.common, self.arguments, self.indexes, queries)?;
        let none = Vec::new();
        relevance::report(queries, &Judges::new(&self.searcher.cases()?), |query| {
            let near = near.get(query).unwrap_or(&none);
            if self.arguments.by == By::Meaning {
                return Ok(near.iter().map(|case| case.case.clone()).collect());
            }
            let wanted = Wanted { limit: DEPTH, why: false, near };
            Ok(self.searcher.ranking(query, &Filter::default(), wanted, &language)?)
        })
    }

    fn similar(&self, queries: &[Query]) -> anyhow::Result<Report> {
        let vectors = match self.arguments.by {
            By::Words => None,
            By::Both => Some(stored(self.common, self.indexes).context(NO_VECTORS)?),
            By::Meaning => bail!("`similar` goes by words, or by both"),
        };
        relevance::report(queries, &Judges::new(&self.searcher.cases()?), |name| {
            let case = self.searcher.case(name)?.with_context(|| format!("no case is `{name}`"))?;
            let found =
                self.searcher.similar(&case, DEPTH, false, self.taxonomy, vectors.as_ref())?;
            Ok(found.into_iter().map(|similar| similar.case.case).collect())
        })
    }
}

/// The nearest cases of every query, where meaning takes part.
fn nearest(
    common: &Common,
    arguments: &Arguments,
    indexes: &Indexes,
    queries: &[Query],
) -> anyhow::Result<HashMap<String, Vec<Near>>> {
    if arguments.by == By::Words {
        return Ok(HashMap::new());
    }
    let mut meaning = Meaning::open(common, &arguments.model, indexes)?;
    let texts = queries.iter().map(|query| &query.query);
    texts.map(|text| Ok((text.clone(), meaning.near(text)?))).collect()
}

fn print(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut rows = table(["kind of query", "queries", "nDCG@10", "recall@20", "MRR"]);
    let overall = ("all".to_owned(), report.overall);
    for (kind, means) in report.kinds.clone().into_iter().chain([overall]) {
        rows.add_row(row(&kind, means));
    }
    writeln!(out, "{rows}")?;
    if report.absent > 0 {
        let absent = counted(report.absent, "relevant case is", "relevant cases are");
        writeln!(out, "{absent} not in the index and left out.")?;
    }
    if !report.unanswerable.is_empty() {
        writeln!(out, "Left out, with no relevant case here: {}", report.unanswerable.join(", "))?;
    }
    Ok(())
}

fn row(kind: &str, means: Means) -> [String; 5] {
    let figure = |value: f64| format!("{value:.3}");
    [
        kind.to_owned(),
        means.queries.to_string(),
        figure(means.ndcg),
        figure(means.recall),
        figure(means.mrr),
    ]
}

fn errors(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut results: Vec<&QueryResult> = report.queries.iter().collect();
    results.sort_by(|a, b| a.ndcg.total_cmp(&b.ndcg));
    let width = output::width();
    for result in results {
        let head = format!("{:.2} {} ({}) {}", result.ndcg, result.qid, result.kind, result.query);
        writeln!(out)?;
        wrapped(out, &head, "", "     ", width)?;
        for missed in &result.missed {
            let place = missed.rank.map_or("not found".to_owned(), |rank| format!("rank {rank}"));
            let line = format!("grade {} {}: {place}", missed.grade, missed.case);
            wrapped(out, &line, "  missed ", "         ", width)?;
        }
        if !result.instead.is_empty() {
            wrapped(out, &result.instead.join(", "), "  instead ", "          ", width)?;
        }
        if !result.absent.is_empty() {
            wrapped(out, &result.absent.join(", "), "  not in the index: ", "  ", width)?;
        }
    }
    Ok(())
}
