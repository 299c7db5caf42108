//! `casebook changes`: what is new, changed or gone since a day or a run, and what could not be looked at.

mod outline;
mod print;

use anyhow::bail;
use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::Offset};
use serde::Serialize;

use super::{Common, Exit, filters::UndatedFilterArguments, output::to_stdout};
use crate::{
    changes::{Difference, History, Looked, Run, TakenDown, taken_down},
    fetch::{STORE_FOLDER, Store},
    model::{Filter, PartialDate},
    pipeline::{Indexes, scan},
};

/// Arguments of `casebook changes`.
#[derive(Debug, Args)]
#[command(after_help = "\
Only a run of `casebook run` that found something other than the run before is
numbered. Without --since and --since-run: what the last of them found.

Exit codes: 0 something has changed, 1 nothing new, 3 nothing can be said of a
part (a source answered in part, something was not fetched), 4 a source kept us
out. 3 and 4 go before 0 and 1.")]
pub struct Arguments {
    /// Since the beginning of 2026-11-02, 2026-11 or 2026, as runs and fetches saw it (UTC)
    #[arg(long, value_name = "DATE", conflicts_with = "since_run")]
    since: Option<PartialDate>,
    /// Since the run of that number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    since_run: Option<u32>,
    /// Text for people, data, or text for an e-mail
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    filters: UndatedFilterArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

/// All that is told.
#[derive(Debug, Serialize)]
struct Changes {
    /// The day asked about.
    since: Option<PartialDate>,
    /// The run whose cases are compared with those of the last.
    from: RunNumber,
    to: RunNumber,
    /// Whether the history begins only after the time asked about.
    history_begins_later: bool,
    #[serde(flatten)]
    difference: Difference,
    taken_down: Vec<TakenDown>,
    looked: Looked,
}

/// A run without its cases.
#[derive(Debug, Serialize)]
struct RunNumber {
    run: u32,
    at: Timestamp,
    casebook: String,
    taxonomy: String,
}

/// Where a comparison starts.
struct Start<'a> {
    run: &'a Run,
    time: Timestamp,
    history_begins_later: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let filter = arguments.filters.checked(common, &taxonomy)?;
    let indexes = Indexes::open(&common.indexes)?;
    let history = indexes.history()?;
    let store = Store::read(&common.corpus.join(STORE_FOLDER))?;
    let changes = changes(arguments, &history, &store, &filter)?;
    let format = if arguments.json { Format::Json } else { arguments.format };
    to_stdout(|out| match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &changes)?;
            writeln!(out)
        }
        Format::Text => print::text(out, &outline::of(&changes, &filter, &taxonomy)),
        Format::Markdown => print::markdown(out, &outline::of(&changes, &filter, &taxonomy)),
    })?;
    note_waiting(common, &indexes);
    Ok(changes.exit())
}

fn changes(
    arguments: &Arguments,
    history: &History,
    store: &Store,
    filter: &Filter,
) -> anyhow::Result<Changes> {
    let (Some(first), Some(last)) = (history.runs().first(), history.runs().last()) else {
        bail!("there is no history yet; begin it with `casebook run`");
    };
    let start = arguments.start(history.runs(), first, last)?;
    let (before, now) = (history.after(start.run.run), history.now());
    Ok(Changes {
        since: arguments.since,
        from: RunNumber::of(start.run),
        to: RunNumber::of(last),
        history_begins_later: start.history_begins_later,
        difference: Difference::between(&before, &now, filter),
        taken_down: taken_down(store, start.time, &now, filter),
        looked: Looked::since(store, start.time),
    })
}

impl Arguments {
    /// The last run before the time asked about, or the first that is known.
    fn start<'a>(&self, runs: &'a [Run], first: &'a Run, last: &Run) -> anyhow::Result<Start<'a>> {
        if let Some(number) = self.since_run.filter(|number| *number > last.run) {
            bail!("there is no run {number}; the last one is run {}", last.run);
        }
        let day = self.since.map(PartialDate::earliest);
        let time = day.and_then(|day| {
            Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
        });
        let is_before = |run: &&Run| match (time, self.since_run) {
            (Some(time), _) => run.at < time,
            (None, Some(number)) => run.run <= number,
            (None, None) => run.run < last.run,
        };
        let run = runs.iter().rev().find(is_before);
        let is_asked = time.is_some() || self.since_run.is_some();
        Ok(Start {
            time: time.unwrap_or_else(|| run.unwrap_or(first).at),
            run: run.unwrap_or(first),
            history_begins_later: run.is_none() && is_asked,
        })
    }
}

impl Changes {
    /// Whether nothing is new.
    fn is_empty(&self) -> bool {
        self.difference.is_empty() && self.taken_down.is_empty()
    }

    /// As after a fetch: that something could not be looked at goes before what was found.
    fn exit(&self) -> Exit {
        match (self.looked.is_blocked(), self.looked.is_partial(), self.is_empty()) {
            (true, ..) => Exit::Blocked,
            (_, true, _) => Exit::Partly,
            (.., true) => Exit::NothingFound,
            _ => Exit::Done,
        }
    }
}

impl RunNumber {
    fn of(run: &Run) -> Self {
        let Run { run, at, casebook, taxonomy, .. } = run.clone();
        Self { run, at, casebook, taxonomy }
    }
}

/// Says if the corpus holds documents that no run has read.
fn note_waiting(common: &Common, indexes: &Indexes) {
    let known = &indexes.manifest.documents;
    let files = scan(&common.corpus).unwrap_or_default();
    let waiting = files.iter().filter(|file| !known.contains_key(&file.path)).count();
    if waiting > 0 {
        common.note(&format!(
            "{} not in the indexes yet; `casebook run` takes them in.",
            super::output::counted(
                waiting,
                "document of the corpus is",
                "documents of the corpus are"
            )
        ));
    }
}
