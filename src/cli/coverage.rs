//! `casebook coverage`: what is here beside what others counted in the register.

use std::io::{self, Write};

use clap::Args;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets::NOTHING};
use jiff::tz::Offset;
use serde::Serialize;

use super::{
    Common, Exit,
    output::{PageFormat, broken, counted, thousands, to_stdout, width, wrapped},
};
use crate::{
    coverage::{Comparison, Register, Row, compare},
    fetch::{STORE_FOLDER, Store},
    index::Searcher,
    pipeline::Indexes,
    taxonomy::{Total, totals},
};

/// Arguments of `casebook coverage`.
#[derive(Debug, Args)]
#[command(after_help = "\
The totals are those of `taxonomy/totals.toml`; a file of that name in the
folder of --taxonomy goes before. What the corpus has of each year:
casebook trends --report coverage")]
pub struct Arguments {
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    register: Register,
    totals: Vec<Comparison>,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let totals = totals(common.taxonomy.as_deref())?;
    let indexes = Indexes::open(&common.indexes)?;
    let cases = Searcher::open(&indexes.search())?.cases()?;
    let store = Store::read(&common.corpus.join(STORE_FOLDER))?;
    let answer =
        Answer { register: Register::of(&store, &cases), totals: compare(&totals, &cases, &store) };
    to_stdout(|out| {
        if arguments.json || arguments.format == PageFormat::Json {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            return writeln!(out);
        }
        register(out, &answer.register)?;
        answer.totals.iter().try_for_each(|one| comparison(out, one))
    })?;
    if answer.totals.is_empty() {
        common.note("There is no total to compare with.");
        return Ok(Exit::NothingFound);
    }
    Ok(Exit::Done)
}

fn register(out: &mut dyn Write, register: &Register) -> io::Result<()> {
    let cases = format!(
        "Here: {} told by official texts, {} by digests alone.",
        counted(register.official_cases, "case", "cases"),
        thousands(register.digest_cases as u64)
    );
    wrapped(out, &cases, "", "  ", width())?;
    let fetched = match register.last_looked {
        Some(at) => format!(
            "Register, last looked at on {}: {} stored, {} taken down since, {} listed and not \
             fetched{}.",
            Offset::UTC.to_datetime(at).date(),
            counted(register.stored, "page", "pages"),
            register.taken_down,
            register.not_stored,
            if register.looked_everywhere { "" } else { "; the fetch could not look everywhere" }
        ),
        None => "Register: no fetch has come to its end here (`casebook fetch`).".to_owned(),
    };
    wrapped(out, &fetched, "", "  ", width())
}

fn comparison(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let Comparison { total, rows, reasons } = comparison;
    writeln!(out, "\n{}", period(total))?;
    let published = total.published.map(|date| format!(" ({})", date.in_words()));
    let source = format!("{}{}", total.source, published.unwrap_or_default());
    wrapped(out, &source, "  ", "  ", width())?;
    total.url.iter().try_for_each(|url| broken(out, url, "  ", "  ", width()))?;
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width()).unwrap_or(80));
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    let heads = ["published", "here", "by official texts", "difference"];
    let heads = heads.map(|head| right(head.to_owned()));
    table.set_header([Cell::new(" ")].into_iter().chain(heads));
    for Row { what, published, here, official, difference } in rows {
        let numbers = [published, here, official].map(|number| right(thousands(*number)));
        table.add_row(
            [Cell::new(format!(" {what}"))]
                .into_iter()
                .chain(numbers)
                .chain([right(signed(*difference))]),
        );
    }
    writeln!(out, "{table}")?;
    reasons.iter().try_for_each(|reason| wrapped(out, reason, "  - ", "    ", width()))
}

fn period(total: &Total) -> String {
    if total.since == total.until {
        return total.since.in_words();
    }
    format!("{} to {}", total.since.in_words(), total.until.in_words())
}

fn signed(difference: i64) -> String {
    let digits = thousands(difference.unsigned_abs());
    match difference.signum() {
        1 => format!("+{digits}"),
        -1 => format!("−{digits}"),
        _ => "0".to_owned(),
    }
}
