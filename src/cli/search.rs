//! `casebook search`: cases by words and filters.

use std::io::{self, IsTerminal as _, Write};

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets::NOTHING};

use super::{
    Common, Exit,
    filters::FilterArguments,
    meaning::{Meaning, ModelArguments},
    output::{self, counted, harmless, pounds, to_stdout, wrapped},
};
use crate::{
    index::{Hit, Language, Reason, Results, Searcher, Wanted},
    model::ActionType,
    pipeline::Indexes,
    semantic::Near,
};

/// What a query can be.
const EXAMPLES: &str = "\
Examples:
  casebook search \"memory stick found in the street\"
  casebook search \"late access requests council\" --since 2023
  casebook search \"reg 21 PECR\"
  casebook search \"fines over £1m since 2022\"
  casebook search 'sector:education \"facial recognition\" -police' --why

A phrase in quotation marks must occur, a word after a hyphen must not (write
-- before a query that begins with one). Fields: org, sector, category, group,
action, provision. What is no operator is a word; no text is an error.";

/// Arguments of `casebook search`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// What to search for, in your own words; without it, every case that passes the filters
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// At most so many cases [default: 10; json, jsonl and csv: all]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Say for every case why it stands where it stands
    #[arg(long)]
    why: bool,
    /// Find by meaning too, with the vectors that `casebook embed` makes
    #[arg(long)]
    semantic: bool,
    #[command(flatten)]
    model: ModelArguments,
    /// A list for people, or data
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Short for --format jsonl
    #[arg(long, conflicts_with_all = ["format", "json"])]
    jsonl: bool,
    /// Short for --format csv
    #[arg(long, conflicts_with_all = ["format", "json", "jsonl"])]
    csv: bool,
    #[command(flatten)]
    filters: FilterArguments,
}

impl Arguments {
    const fn format(&self) -> Format {
        match (self.json, self.jsonl, self.csv) {
            (true, ..) => Format::Json,
            (_, true, _) => Format::Jsonl,
            (.., true) => Format::Csv,
            _ => self.format,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

/// Cases that a person is shown without asking for more.
const SHOWN: usize = 10;

const NOTHING_FOUND: &str = "Nothing found. Try fewer words or filters; a name may be misspelt by \
                             two letters at most.";

/// Values shown of one facet.
const FACET_VALUES: usize = 6;

/// Reasons shown of one case.
const REASONS: usize = 6;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let filter = arguments.filters.checked(common, &taxonomy)?;
    let indexes = Indexes::open(&common.indexes)?;
    let searcher = Searcher::open(&indexes.search())?;
    let limit = arguments.limit.unwrap_or(match arguments.format() {
        Format::Table => SHOWN,
        Format::Json | Format::Jsonl | Format::Csv => indexes.manifest.cases,
    });
    let language = Language::new(&taxonomy)?;
    let query = arguments.query.join(" ");
    let near = near(common, arguments, &query, &indexes);
    let wanted = Wanted { limit, why: arguments.why, near: near.as_deref().unwrap_or_default() };
    let results = searcher.search(&query, &filter, wanted, &language)?;
    to_stdout(|out| match arguments.format() {
        Format::Table => print(out, &results),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &results)?;
            writeln!(out)
        }
        Format::Jsonl => results.hits.iter().try_for_each(|hit| {
            serde_json::to_writer(&mut *out, hit)?;
            writeln!(out)
        }),
        Format::Csv => csv(out, &results.hits),
    })?;
    if results.total == 0 {
        common.note(NOTHING_FOUND);
        return Ok(Exit::NothingFound);
    }
    Ok(if near.is_some() || !arguments.semantic { Exit::Done } else { Exit::Partly })
}

/// The cases nearest in meaning, where they were asked for and can be found.
fn near(
    common: &Common,
    arguments: &Arguments,
    query: &str,
    indexes: &Indexes,
) -> Option<Vec<Near>> {
    if !arguments.semantic {
        return None;
    }
    if query.trim().is_empty() {
        return Some(Vec::new());
    }
    let near = Meaning::open(common, &arguments.model, indexes)
        .and_then(|mut meaning| meaning.near(query));
    near.map_err(|error| eprintln!("casebook: searched by words only: {error:#}")).ok()
}

fn print(out: &mut dyn Write, results: &Results) -> io::Result<()> {
    let width = output::width();
    let bold = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let shown = results.hits.len();
    let rest = if shown < results.total { format!(", the first {shown}:") } else { String::new() };
    writeln!(out, "{}{rest}", counted(results.total, "case", "cases"))?;
    if !results.read_as.is_empty() {
        let read_as = format!("Read as: {}", results.read_as.join("; "));
        wrapped(out, &read_as, "", "  ", width)?;
    }
    for (rank, hit) in results.hits.iter().enumerate() {
        let date = hit.date.map(|date| format!(" ({date})")).unwrap_or_default();
        writeln!(out)?;
        wrapped(out, &format!("{}. {}{date}", rank + 1, hit.organisation), "", "   ", width)?;
        print_hit(out, hit, bold, width)?;
    }
    if results.total > 0 {
        facets(out, results, width)?;
    }
    Ok(())
}

fn print_hit(out: &mut dyn Write, hit: &Hit, bold: bool, width: usize) -> io::Result<()> {
    let actions: Vec<String> = hit
        .action_types
        .iter()
        .map(|action| match hit.amount_gbp {
            Some(sum) if *action == ActionType::MonetaryPenalty => {
                format!("{} of {}", action.title(), pounds(sum))
            }
            _ => action.title().to_owned(),
        })
        .collect();
    let sector = hit.sector.as_deref().unwrap_or("sector unknown");
    let line = format!("{} · {sector} · {}", actions.join(", "), hit.case);
    wrapped(out, &hit.title, "   ", "   ", width)?;
    wrapped(out, &line, "   ", "   ", width)?;
    if !hit.categories.is_empty() {
        wrapped(out, &hit.categories.join(", "), "   found: ", "          ", width)?;
    }
    if !hit.categories_by_meaning.is_empty() {
        let by_meaning = hit.categories_by_meaning.join(", ");
        wrapped(out, &by_meaning, "   by meaning: ", "               ", width)?;
    }
    wrapped(out, &plain(&hit.snippet, bold), "   | ", "   | ", width)?;
    if !hit.why.is_empty() {
        why(out, hit, width)?;
    }
    Ok(())
}

/// The reasons for a rank, the weightiest first; small ones together.
fn why(out: &mut dyn Write, hit: &Hit, width: usize) -> io::Result<()> {
    let (shown, rest) = hit.why.split_at(hit.why.len().min(REASONS));
    writeln!(out, "   why: {:.1} points", hit.score)?;
    for Reason { what, score } in shown {
        wrapped(out, &format!("{score:5.1}  {what}"), "     ", "            ", width)?;
    }
    if !rest.is_empty() {
        let sum: f32 = rest.iter().map(|reason| reason.score).sum();
        let lesser = counted(rest.len(), "lesser reason", "lesser reasons");
        writeln!(out, "     {sum:5.1}  {lesser}")?;
    }
    Ok(())
}

fn facets(out: &mut dyn Write, results: &Results, width: usize) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(80));
    let shown = |facet: &str| facet.replace('_', " ");
    for (facet, values) in results.facets.iter().filter(|(_, values)| !values.is_empty()) {
        let mut values: Vec<(&String, &u64)> = values.iter().collect();
        values.sort_by_key(|(value, count)| (std::cmp::Reverse(**count), (*value).clone()));
        let counts: Vec<String> = values
            .iter()
            .take(FACET_VALUES)
            .map(|(value, count)| format!("{value} {count}"))
            .collect();
        table.add_row([shown(facet), counts.join(", ")]);
    }
    writeln!(out, "\n{table}")
}

fn csv(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "case", "organisation", "title", "date", "actions", "sector", "amount_gbp", "categories",
        "page_url", "score", "categories_by_meaning",
    ])?;
    for hit in hits {
        let actions: Vec<&str> = hit.action_types.iter().map(|action| action.id()).collect();
        writer.write_record([
            harmless(&hit.case),
            harmless(&hit.organisation),
            harmless(&hit.title),
            hit.date.map(|date| date.to_string()).unwrap_or_default(),
            actions.join(";"),
            hit.sector.clone().unwrap_or_default(),
            hit.amount_gbp.map(|sum| sum.to_string()).unwrap_or_default(),
            hit.categories.join(";"),
            hit.page_url.clone().unwrap_or_default(),
            format!("{:.4}", hit.score),
            hit.categories_by_meaning.join(";"),
        ])?;
    }
    writer.flush()
}

/// A snippet for the terminal: the matching words in bold, or between asterisks without colours.
fn plain(html: &str, bold: bool) -> String {
    let (open, close) = if bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("*", "*") };
    html.replace("<mark>", open)
        .replace("</mark>", close)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}
