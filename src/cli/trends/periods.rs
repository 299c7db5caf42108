//! A table over periods: one row a value.

use super::layout::{Cells, Column, Layout};
use crate::{
    cli::output::width,
    trends::{Grid, Kind, Sheet, Value, write::readable},
};

/// The sum, a sparkline, and as many of the last periods as fit.
pub fn layout(sheet: &Sheet, grid: &Grid) -> Layout {
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
    let drawn = grid.columns.len() - spark;
    let sums = kind == Kind::Count || sheet.headings[sheet.labels].name == "penalty_sum_gbp";
    let rows = grid.rows.iter().enumerate().map(|(row, name)| {
        let cells = &grid.cells[row];
        let total = if sums { text(grid.total(row)) } else { String::new() };
        let values = cells[last..].iter().map(|value| value.map(text).unwrap_or_default());
        [name.clone(), total, sparkline(&cells[drawn..])].into_iter().chain(values).collect()
    });
    Layout { rows: rows.collect(), columns: columns(sheet, grid, sums, drawn, last), labels: 1 }
}

fn columns(sheet: &Sheet, grid: &Grid, sums: bool, drawn: usize, last: usize) -> Vec<Column> {
    let labels: Vec<&str> =
        sheet.headings[..sheet.labels - 1].iter().map(|h| h.title.as_str()).collect();
    let ends = [grid.columns.get(drawn), grid.columns.last()];
    let [from, to] = ends.map(|end| end.map_or("", String::as_str));
    let column = |title: String, cells| Column { title, cells };
    let first = [
        column(labels.join(" · "), Cells::Text),
        column(if sums { "all" } else { "" }.to_owned(), Cells::Number),
        column(format!("{from}\u{a0}–\u{a0}{to}"), Cells::Line),
    ];
    let shown = grid.columns[last..].iter().map(|name| column(name.clone(), Cells::Number));
    first.into_iter().chain(shown).collect()
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
