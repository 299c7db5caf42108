//! The table for people.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ColumnConstraint, Width};

use crate::{
    cli::output::{self, width, wrapped},
    trends::{Answer, Grid, Kind, LICENCE, Shape, Sheet, TableError, Value, write::readable},
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
    match sheet.grid().map_err(failed)? {
        Some(grid) if over_periods && is_plain && sheet.labels > 1 => periods(out, sheet, &grid),
        _ => rows(sheet).map_err(failed).and_then(|table| writeln!(out, "{table}")),
    }
}

fn rows(sheet: &Sheet) -> Result<comfy_table::Table, TableError> {
    // A share and its interval are one cell here, so that a table fits its width.
    let share = sheet.position("share");
    let is_shown = |name: &str| !["share_low", "share_high", "small"].contains(&name);
    let shown: Vec<usize> =
        (0..sheet.headings.len()).filter(|place| is_shown(&sheet.headings[*place].name)).collect();
    let title = |place: &usize| match Some(*place) == share {
        true => "share (95 %)",
        false => sheet.headings[*place].title.as_str(),
    };
    let mut table = output::table(shown.iter().map(title));
    for row in sheet.rows()? {
        table.add_row(shown.iter().map(|place| match Some(*place) == share {
            true => Cell::new(interval(&row[*place..])).set_alignment(CellAlignment::Right),
            false => cell(&row[*place], sheet.headings[*place].kind),
        }));
    }
    whole_words(&mut table);
    Ok(table)
}

/// Columns wrap between words and never in them, though the table grow wider than the screen.
fn whole_words(table: &mut comfy_table::Table) {
    let longest = |text: &str| text.split(' ').map(|word| word.chars().count()).max();
    let columns = table.column_count();
    let cells = table.row_iter().chain(table.header());
    let mut widths = vec![1; columns];
    for row in cells {
        for (width, cell) in widths.iter_mut().zip(row.cell_iter()) {
            *width = longest(&cell.content()).unwrap_or_default().max(*width);
        }
    }
    let bounds = widths.iter().map(|width| {
        let width = u16::try_from(width + PADDING).unwrap_or(u16::MAX);
        ColumnConstraint::LowerBoundary(Width::Fixed(width))
    });
    table.set_constraints(bounds.collect::<Vec<_>>());
}

/// Blanks at both sides of a cell.
const PADDING: usize = 2;

/// "18.2 % (5-48)", with a star where the share is of few: from share, both ends and the mark.
fn interval(values: &[Value]) -> String {
    let [Value::Real(share), Value::Real(low), Value::Real(high), small, ..] = values else {
        return String::new();
    };
    let star = if *small == Value::Empty { "" } else { "*" };
    format!("{:.1}\u{a0}%\u{a0}({:.0}-{:.0}){star}", share * 100.0, low * 100.0, high * 100.0)
}

fn cell(value: &Value, kind: Kind) -> Cell {
    let text: String =
        readable(value, kind).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let alignment = if kind == Kind::Text { CellAlignment::Left } else { CellAlignment::Right };
    Cell::new(text).set_alignment(alignment)
}

/// One row a value: the sum, a sparkline, and as many of the last periods as fit.
fn periods(out: &mut dyn Write, sheet: &Sheet, grid: &Grid) -> io::Result<()> {
    let measure = sheet.chart.as_ref().and_then(|chart| sheet.position(&chart.measure));
    let kind = measure.map_or(Kind::Count, |place| sheet.headings[place].kind);
    let text = |value: f64| readable(&Value::Real(value), kind);
    let widest = grid.columns.iter().map(String::len).chain([text(grid.greatest()).len()]);
    let widest = widest.max().unwrap_or_default() + 2;
    let names = grid.rows.iter().map(|name| name.chars().count()).max().unwrap_or_default() + 2;
    let spark = grid.columns.len().min(LONGEST_LINE);
    let room = width().saturating_sub(names + spark + 14);
    let shown = (room / widest).clamp(1, grid.columns.len());
    let last = grid.columns.len() - shown;
    let drawn = &grid.columns[grid.columns.len() - spark..];
    let ends = [drawn.first(), drawn.last()].map(|end| end.map_or("", String::as_str));
    let span = format!("{} – {}", ends[0], ends[1]);
    let columns = grid.columns[last..].iter().map(String::as_str);
    let sums = kind == Kind::Count || sheet.headings[sheet.labels].name == "penalty_sum_gbp";
    let sum = if sums { "all" } else { "" };
    let label =
        sheet.headings[..sheet.labels - 1].iter().map(|h| h.title.as_str()).collect::<Vec<_>>();
    let label = label.join(" · ");
    let mut table = output::table([label.as_str(), sum, span.as_str()].into_iter().chain(columns));
    let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    for (row, name) in grid.rows.iter().enumerate() {
        let cells = &grid.cells[row];
        let total = if sums { text(grid.total(row)) } else { String::new() };
        let line = sparkline(&cells[cells.len() - spark..]);
        let values = cells[last..].iter().map(|value| number(value.map(text).unwrap_or_default()));
        table.add_row([Cell::new(name), number(total), Cell::new(line)].into_iter().chain(values));
    }
    whole_words(&mut table);
    writeln!(out, "{table}")
}

/// More periods make no better line.
const LONGEST_LINE: usize = 36;

/// Eight heights; nothing is a dot.
fn sparkline(values: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let greatest = values.iter().flatten().copied().fold(0.0, f64::max);
    let bar = |value: &Option<f64>| match value {
        Some(value) if *value > 0.0 => {
            BARS[((value / greatest * 8.0).ceil() as usize).clamp(1, 8) - 1]
        }
        _ => '·',
    };
    values.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_zeros_and_the_greatest() {
        assert_eq!(sparkline(&[Some(0.0), Some(1.0), None, Some(8.0)]), "·▁·█");
        assert_eq!(sparkline(&[Some(0.0)]), "·");
    }
}
