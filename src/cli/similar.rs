//! `casebook similar`: the cases most like one, with what they share.

use std::{
    io::{self, Write},
    num::NonZeroUsize,
};

use clap::Args;
use serde::Serialize;

use super::{
    Common, Exit,
    meaning::stored,
    named,
    output::{pounds, to_stdout, width, wrapped},
};
use crate::{
    english::inside_a_sentence,
    index::Searcher,
    model::Case,
    pipeline::Indexes,
    similar::{Shared, Similar},
    taxonomy::Taxonomy,
};

/// Arguments of `casebook similar`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of the case, as `casebook search` prints it, or of the organisation
    #[arg(value_name = "CASE")]
    case: String,
    /// At most so many cases
    #[arg(long, value_name = "N", default_value = "5")]
    limit: NonZeroUsize,
    /// One JSON document, with the parts of each score
    #[arg(long)]
    json: bool,
}

/// The answer as data.
#[derive(Serialize)]
struct Answer<'a> {
    case: &'a str,
    hits: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct Hit<'a> {
    #[serde(flatten)]
    similar: &'a Similar,
    reason: String,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let indexes = Indexes::open(&common.indexes)?;
    let searcher = Searcher::open(&indexes.search())?;
    let case = named::case(&searcher, &arguments.case, &taxonomy)?;
    let without = common.without_individuals;
    if named::is_left_out(common, &case, without) {
        return Ok(Exit::NothingFound);
    }
    let vectors = stored(common, &indexes);
    let found =
        searcher.similar(&case, arguments.limit.get(), without, &taxonomy, vectors.as_ref())?;
    let hits =
        found.iter().map(|similar| Hit { similar, reason: reason(&similar.both, &taxonomy) });
    let answer = Answer { case: &case.case, hits: hits.collect() };
    to_stdout(|out| {
        if arguments.json {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)
        } else {
            print(out, &case, &answer.hits)
        }
    })?;
    if found.is_empty() {
        common.note("No other case has anything in common with it.");
    }
    Ok(if found.is_empty() { Exit::NothingFound } else { Exit::Done })
}

fn print(out: &mut dyn Write, case: &Case, hits: &[Hit<'_>]) -> io::Result<()> {
    let width = width();
    wrapped(out, &format!("Cases like {}: {}", case.case, case.title()), "", "  ", width)?;
    for (rank, Hit { similar, reason }) in hits.iter().enumerate() {
        let other = &similar.case;
        let date = other.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let name = other.organisation.as_deref().unwrap_or("(organisation not named)");
        let head = format!("{}. {name}{date}", rank + 1);
        let actions: Vec<&str> = other.action_types.iter().map(|action| action.title()).collect();
        let amount = other.amount_gbp.map(|sum| format!(" of {}", pounds(sum))).unwrap_or_default();
        let line = format!(
            "{}{amount} · {} · likeness {:.2}",
            actions.join(", "),
            other.case,
            similar.score
        );
        writeln!(out)?;
        wrapped(out, &head, "", "   ", width)?;
        if let Some(title) = &other.title {
            wrapped(out, title, "   ", "   ", width)?;
        }
        wrapped(out, &line, "   ", "   ", width)?;
        wrapped(out, reason, "   ", "         ", width)?;
    }
    Ok(())
}

/// "both: education; no adequate impact assessment; UK GDPR Art 35(1); reprimand; the words pupils,
/// canteen".
fn reason(both: &Shared, taxonomy: &Taxonomy) -> String {
    let sector = both.sector.iter().map(|id| taxonomy.sector(id).map_or(id, |s| &s.title));
    let categories = both.categories.iter();
    let categories = categories.map(|id| taxonomy.category(id).map_or(id, |c| &c.title));
    let mut shared: Vec<String> = sector
        .chain(&both.subjects)
        .chain(categories)
        .map(|title| inside_a_sentence(title))
        .collect();
    shared.extend(both.provisions.iter().map(ToString::to_string));
    shared.extend(both.actions.iter().map(|action| action.title().to_owned()));
    if !both.words.is_empty() {
        shared.push(format!("the words {}", both.words.join(", ")));
    }
    format!("both: {}", shared.join("; "))
}
