//! Tables that are too long go on over the next slides, with their header repeated.

use super::{
    Frames,
    frame::{CELL_X, CELL_Y, Frame},
    line_starts, pages,
};
use crate::slides::deck::{Body, Paragraph, Run, Table};

/// Whether a table stands within its box.
pub fn fits(table: &Table, frame: Frame) -> bool {
    let rows: f64 = table.rows.iter().map(|row| row_height(row, table, frame)).sum();
    header_height(table, frame) + rows <= f64::from(frame.h)
}

/// The slides that a table needs; the sentence above it stands on each.
pub fn split(lead: Vec<Paragraph>, table: &Table, frames: &Frames) -> Vec<Body> {
    let mut leads = pages(lead, frames.lead);
    let last = leads.pop().unwrap_or_default();
    let before = leads.into_iter().map(Body::Text);
    let body = |table| Body::Table { lead: last.clone(), table };
    before.chain(parts(table, frames.table).into_iter().map(body)).collect()
}

/// As few tables as are needed, about equally long.
fn parts(table: &Table, frame: Frame) -> Vec<Table> {
    let room = f64::from(frame.h) - header_height(table, frame);
    let all = packed(table, frame, room);
    let steps = (1..20u32).map(|step| room * f64::from(step) / 20.0);
    let heights = table.rows.iter().map(|row| row_height(row, table, frame));
    let highest = heights.filter(|high| *high <= room).fold(frame.line_height() * 3.0, f64::max);
    let mut limits = steps.filter(|limit| *limit >= highest);
    match limits.find(|limit| packed(table, frame, *limit).len() == all.len()) {
        Some(limit) if all.len() > 1 => packed(table, frame, limit),
        _ => all,
    }
}

fn packed(table: &Table, frame: Frame, limit: f64) -> Vec<Table> {
    let empty = Table { rows: Vec::new(), ..table.clone() };
    let mut parts = vec![empty.clone()];
    let mut room = limit;
    for row in table.rows.iter().flat_map(|row| low_rows(row, table, frame, limit)) {
        let high = row_height(&row, table, frame);
        if high > room && parts.last().is_some_and(|part| !part.rows.is_empty()) {
            parts.push(empty.clone());
            room = limit;
        }
        room -= high;
        if let Some(part) = parts.last_mut() {
            part.rows.push(row);
        }
    }
    parts
}

/// A row too high for a slide as several rows.
fn low_rows(row: &[Paragraph], table: &Table, frame: Frame, limit: f64) -> Vec<Vec<Paragraph>> {
    let mut rows = Vec::new();
    let mut rest = row.to_vec();
    while row_height(&rest, table, frame) > limit {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let lines = ((limit - 2.0 * f64::from(CELL_Y)) / frame.line_height()).max(1.0) as usize;
        let cut = rest.iter().enumerate().map(|(column, cell)| {
            let starts = cell_lines(cell, table, frame, column);
            cell.cut(starts.get(lines).copied().unwrap_or(usize::MAX))
        });
        let (low, after): (Vec<_>, Vec<_>) = cut.unzip();
        if after == rest {
            break;
        }
        rows.push(low);
        rest = after;
    }
    rows.push(rest);
    rows
}

fn row_height(row: &[Paragraph], table: &Table, frame: Frame) -> f64 {
    let cells = row.iter().enumerate();
    let lines = cells.map(|(column, cell)| cell_lines(cell, table, frame, column).len()).max();
    let lines = u32::try_from(lines.unwrap_or(1)).unwrap_or(u32::MAX);
    frame.line_height().mul_add(f64::from(lines), 2.0 * f64::from(CELL_Y))
}

fn header_height(table: &Table, frame: Frame) -> f64 {
    let cells: Vec<Paragraph> =
        table.header.iter().map(|name| Paragraph::of(vec![Run::bold(name.clone())])).collect();
    row_height(&cells, table, frame)
}

fn cell_lines(cell: &Paragraph, table: &Table, frame: Frame, column: usize) -> Vec<usize> {
    line_starts(cell, frame, column_width(table, frame, column) - 2.0 * CELL_X)
}

/// A column's width in points.
fn column_width(table: &Table, frame: Frame, column: usize) -> f64 {
    let sum: u32 = table.widths.iter().sum();
    let own = table.widths.get(column).copied().unwrap_or(1);
    f64::from(frame.w) * f64::from(own) / f64::from(sum.max(1))
}

/// The widths of the columns, and the heights of header and rows, in whole points.
pub fn geometry(table: &Table, frame: Frame) -> (Vec<u32>, Vec<u32>) {
    let whole = |points: f64| {
        // Points on a slide: a small number, not negative.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = points.floor() as u32;
        whole
    };
    let widths = (0..table.header.len()).map(|column| whole(column_width(table, frame, column)));
    let heights = table.rows.iter().map(|row| whole(row_height(row, table, frame)));
    (widths.collect(), std::iter::once(whole(header_height(table, frame))).chain(heights).collect())
}
