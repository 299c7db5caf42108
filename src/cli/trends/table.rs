//! The tables for people, each with its rules, and the coverage at the end.

use std::io::{self, Write};

use super::{periods, rows};
use crate::{
    cli::output::{width, wrapped},
    trends::{Answer, LICENCE, Shape, Sheet, TableError},
};

/// Prints every table with its rules, and the coverage at the end.
pub fn print(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for (index, sheet) in answer.sheets.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", sheet.title)?;
        if !answer.filters.is_empty() {
            wrapped(out, &answer.filters.join("; "), "Filters: ", "  ", width())?;
        }
        body(out, sheet)?;
        sentences(out, &sheet.rules)?;
    }
    if answer.sheets.len() > 1 {
        writeln!(out)?;
    }
    sentences(out, &answer.coverage.sentences())?;
    sentences(out, &[LICENCE.to_owned()])
}

fn sentences(out: &mut dyn Write, sentences: &[String]) -> io::Result<()> {
    sentences.iter().try_for_each(|sentence| wrapped(out, sentence, "", "", width()))
}

fn body(out: &mut dyn Write, sheet: &Sheet) -> io::Result<()> {
    let failed = |error: TableError| io::Error::other(error);
    // Over periods, a row a value is read more easily than a row a value and period.
    let is_plain = sheet.headings.iter().all(|h| h.name != "share" && h.name != "change");
    let over_periods = sheet.chart.as_ref().is_some_and(|chart| chart.shape == Shape::Lines);
    let layout = match sheet.grid().map_err(failed)? {
        Some(grid) if over_periods && is_plain && sheet.labels > 1 => periods::layout(sheet, &grid),
        _ => rows::layout(sheet).map_err(failed)?,
    };
    // A wide screen has room for what else would wrap.
    layout.print(out, textwrap::termwidth().max(width()))
}
