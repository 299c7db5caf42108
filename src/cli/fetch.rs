//! `casebook fetch`: what the regulator publishes, brought here and kept.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Common, Exit,
    output::{self, PageFormat, counted, to_stdout, width, wrapped},
};
use crate::{
    fetch::{
        Client, CommonCrawl, Harvest, ItemKind, Listing, OwnList, Plan, Report, STORE_FOLDER,
        SearchApi, Sitemap, Source, SourceState, Store, Wanted, Wayback,
    },
    model::{ActionType, PartialDate},
};

/// Arguments of `casebook fetch`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Only these [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<Only>,
    /// Only items dated on or after 2024-07-23, 2024-07 or 2024, where their date is known
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// At most so many pages, the newest first
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only what is not stored yet, or is listed as changed
    #[arg(long)]
    new_only: bool,
    /// Ask these ways only [default: all but the archives]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WAYS")]
    from: Vec<Way>,
    /// Ask the Wayback Machine and Common Crawl too, for what the site does not give (any more)
    #[arg(long)]
    archives: bool,
    /// File with addresses of your own, one a line, to be fetched too
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Find and plan, but fetch and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Make no request: tell what is stored
    #[arg(long, conflicts_with_all = ["dry_run", "list"])]
    offline: bool,
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    Reprimands,
    Penalties,
    Notices,
    Prosecutions,
    Audits,
    Guidance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The search behind the site's listings
    Api,
    /// The sitemap
    Sitemap,
    /// The listing page and the pages of lessons
    Listing,
    /// Captures of the Wayback Machine
    Wayback,
    /// Captures of Common Crawl
    CommonCrawl,
}

impl Arguments {
    fn wanted(&self) -> Wanted {
        let actions = self.only.iter().filter_map(|only| match only {
            Only::Reprimands => Some(ActionType::Reprimand),
            Only::Penalties => Some(ActionType::MonetaryPenalty),
            Only::Notices => Some(ActionType::EnforcementNotice),
            Only::Prosecutions => Some(ActionType::Prosecution),
            Only::Audits | Only::Guidance => None,
        });
        Wanted {
            actions: actions.collect(),
            audits: self.only.contains(&Only::Audits),
            guidance: self.only.contains(&Only::Guidance),
            since: self.since,
            limit: self.limit,
            new_only: self.new_only,
        }
    }

    fn sources(&self) -> anyhow::Result<Vec<Box<dyn Source>>> {
        let asked = |way| self.from.is_empty() || self.from.contains(&way);
        let mut sources: Vec<Box<dyn Source>> = Vec::new();
        if asked(Way::Api) {
            sources.push(Box::new(SearchApi));
        }
        if asked(Way::Sitemap) {
            sources.push(Box::new(Sitemap));
        }
        if asked(Way::Listing) {
            sources.push(Box::new(Listing));
        }
        let on_request = |way| self.archives || self.from.contains(&way);
        if on_request(Way::Wayback) {
            sources.push(Box::new(Wayback));
        }
        if on_request(Way::CommonCrawl) {
            sources.push(Box::new(CommonCrawl));
        }
        if let Some(path) = &self.list {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read the list {}", path.display()))?;
            sources.push(Box::new(OwnList { text }));
        }
        Ok(sources)
    }

    fn is_json(&self) -> bool {
        self.json || self.format == PageFormat::Json
    }
}

/// The runtime for requests: one thread, since one request is made at a time.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("the network cannot be used")
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let folder = common.corpus.join(STORE_FOLDER);
    if arguments.offline {
        return stored(arguments, &Store::read(&folder)?);
    }
    let mut store = if arguments.dry_run { Store::read(&folder)? } else { Store::open(&folder)? };
    let mut client = Client::new(common.fetch.clone())?;
    let report = runtime()?.block_on(harvest(common, arguments, &mut client, &mut store))?;
    to_stdout(|out| {
        if arguments.is_json() {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            return writeln!(out);
        }
        print(out, &report, arguments.dry_run)
    })?;
    if !(report.new.is_empty() && report.changed.is_empty()) {
        common.note("Next: casebook run");
    }
    Ok(match (report.is_blocked(), report.is_partial()) {
        (true, _) => Exit::Blocked,
        (false, true) => Exit::Partly,
        (false, false) => Exit::Done,
    })
}

async fn harvest(
    common: &Common,
    arguments: &Arguments,
    client: &mut Client,
    store: &mut Store,
) -> anyhow::Result<Report> {
    let bar = progress_bar(common.quiet);
    let show = |what: &str, done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        bar.set_message(what.rsplit("//").next().unwrap_or_default().to_owned());
    };
    let wanted = arguments.wanted();
    let mut harvest = Harvest::new(client, store);
    harvest.discover(&arguments.sources()?, &show).await;
    let plan = harvest.plan(&wanted);
    bar.suspend(|| common.note(&announcement(&plan, harvest.gap())));
    if arguments.dry_run {
        harvest.report.wanted = plan.items.len() + plan.skipped;
        bar.finish_and_clear();
        return Ok(harvest.report);
    }
    let fetched = harvest.fetch(plan, &wanted, &show).await;
    bar.finish_and_clear();
    fetched?;
    Ok(harvest.finish()?)
}

fn progress_bar(quiet: bool) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if quiet {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("[{bar:20}] {pos}/{len} {eta} {wide_msg}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// "222 register pages, 61 audit pages, and their documents; about 47 minutes, ...".
fn announcement(plan: &Plan, gap: Duration) -> String {
    let kinds = [ItemKind::Action, ItemKind::Audit, ItemKind::Guidance, ItemKind::Document];
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|kind| (plan.of_kind(kind), kind))
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| format!("{count} {}", kind.plural()))
        .collect();
    if counts.is_empty() {
        return "Nothing to ask for.".to_owned();
    }
    format!(
        "To ask for: {}, and the documents that they link to; about {} with {} s between requests. \
         Stop at any time: what is stored stays, and the next fetch goes on.",
        counts.join(", "),
        in_words(plan.duration(gap)),
        gap.as_secs_f64()
    )
}

fn in_words(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=89 => format!("{seconds} s"),
        seconds @ 90..=5399 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn print(out: &mut dyn Write, report: &Report, dry_run: bool) -> io::Result<()> {
    sources(out, report)?;
    if dry_run {
        return writeln!(
            out,
            "{} wanted; nothing was fetched.",
            counted(report.wanted, "item", "items")
        );
    }
    let nothing_new = report.new.is_empty() && report.changed.is_empty();
    let blind = report.is_blocked() || report.sources.iter().all(|s| s.state != SourceState::Good);
    writeln!(
        out,
        "{} new, {} changed, {} unchanged, {} not asked for, {} failed ({}).",
        report.new.len(),
        report.changed.len(),
        report.unchanged,
        report.skipped,
        report.problems.len(),
        counted(report.requests, "request", "requests")
    )?;
    if nothing_new {
        let verdict = if blind {
            "Could not look everywhere: there may be something new."
        } else {
            "Nothing new."
        };
        writeln!(out, "{verdict}")?;
    }
    let lists = [
        ("changed", &report.changed),
        ("an archive's copy", &report.archived),
        ("no longer listed, kept", &report.unlisted),
    ];
    for (label, addresses) in lists {
        addresses.iter().try_for_each(|address| writeln!(out, "{label}: {address}"))?;
    }
    for problem in &report.problems {
        let reason = if problem.reason.contains(&problem.address) {
            problem.reason.clone()
        } else {
            format!("{}: {}", problem.address, problem.reason)
        };
        wrapped(out, &reason, "failed: ", "  ", width())?;
    }
    report.blocked.iter().try_for_each(|host| wrapped(out, host, "blocked: ", "  ", width()))
}

fn sources(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut table = output::table(["source", "state", "found", "only here", "missing"]);
    for source in &report.sources {
        let state = match source.state {
            SourceState::Good => "good",
            SourceState::Doubtful => "DOUBTFUL",
            SourceState::Blocked => "BLOCKED",
            SourceState::Failed => "FAILED",
        };
        let counts = [source.found, source.only_here, source.missing];
        let counts = counts.map(|n| Cell::new(n).set_alignment(CellAlignment::Right));
        table.add_row(
            [Cell::new(source.source.title()), Cell::new(state)].into_iter().chain(counts),
        );
    }
    writeln!(out, "{table}")?;
    for source in &report.sources {
        for message in &source.messages {
            wrapped(out, message, &format!("{}: ", source.source.title()), "  ", width())?;
        }
    }
    Ok(())
}

/// What is stored, without a request.
fn stored(arguments: &Arguments, store: &Store) -> anyhow::Result<Exit> {
    let items = store.items();
    let count =
        |test: &dyn Fn(&crate::fetch::Item) -> bool| items.values().filter(|i| test(i)).count();
    let versions: usize = items.values().map(|item| item.versions.len()).sum();
    let unlisted = count(&|item| item.unlisted.is_some());
    let gone = count(&|item| item.gone.is_some());
    to_stdout(|out| {
        if arguments.is_json() {
            let state = serde_json::json!({
                "addresses": items.len(), "versions": versions, "unlisted": unlisted, "gone": gone,
                "items": store.documents(),
            });
            serde_json::to_writer_pretty(&mut *out, &state)?;
            return writeln!(out);
        }
        writeln!(
            out,
            "Stored: {} in {}; {unlisted} no longer listed, {gone} gone from the site.",
            counted(items.len(), "address", "addresses"),
            counted(versions, "version", "versions")
        )
    })?;
    Ok(if items.is_empty() { Exit::NothingFound } else { Exit::Done })
}
