//! A field of numbers, darker where greater.

use std::collections::BTreeSet;

use kuva::render::render::Scene;

use super::{
    Drawing,
    canvas::{Anchor, Canvas, width_of},
    style,
};
use crate::trends::{Grid, Value, write::readable};

/// More rows or columns cannot be read.
const MOST: usize = 24;

/// Height of a cell.
const CELL: f64 = 26.0;

/// The chart.
pub fn scene(mut drawing: Drawing<'_>) -> Scene {
    let grid = arranged(&drawing.grid);
    let (rows, columns) = (drawing.grid.rows.len(), drawing.grid.columns.len());
    if rows > MOST || columns > MOST {
        let note = format!(
            "The largest {} of {rows} rows and {} of {columns} columns are drawn; a table holds them all.",
            grid.rows.len(),
            grid.columns.len()
        );
        drawing.notes.insert(0, note);
    }
    let widest = |names: &[String]| {
        names.iter().map(|name| width_of(name, style::LABEL)).fold(0.0, f64::max)
    };
    let left = style::MARGIN + widest(&grid.rows) + 8.0;
    let texts = grid.cells.iter().flatten().flatten();
    let texts =
        texts.map(|value| width_of(&readable(&Value::Real(*value), drawing.kind), style::NOTE));
    let cell = texts.fold(CELL, f64::max).max(34.0) + 4.0;
    // Names of columns rise at 45 degrees: as high and as far to the right as they are wide / √2.
    let slope = widest(&grid.columns) * std::f64::consts::FRAC_1_SQRT_2 + 10.0;
    let right = left + cell * grid.columns.len() as f64;
    let width = style::WIDTH.max(right + slope + style::MARGIN);
    let mut canvas = Canvas::new(width, &drawing.sheet.title, &drawing.lines);
    let top = canvas.top + slope;
    for (index, name) in grid.columns.iter().enumerate() {
        canvas.rising(left + cell * (index as f64 + 0.5), top - 6.0, name);
    }
    let greatest = grid.greatest().max(1.0);
    for (row, name) in grid.rows.iter().enumerate() {
        let y = top + CELL * row as f64;
        canvas.label(left - 8.0, y + 17.5, name, Anchor::End, style::INK);
        for (column, value) in grid.cells[row].iter().enumerate() {
            let x = left + cell * column as f64;
            // The root keeps small numbers apart.
            let depth = (value.unwrap_or_default() / greatest).clamp(0.0, 1.0).sqrt();
            canvas.rectangle(x, y, cell - 1.0, CELL - 1.0, &shade(depth));
            if let Some(value) = value.filter(|value| *value > 0.0) {
                let ink = if depth > 0.5 { "#FFFFFF" } else { style::INK };
                let text = readable(&Value::Real(value), drawing.kind);
                canvas.text(
                    x + cell / 2.0,
                    y + 17.0,
                    &text,
                    style::NOTE,
                    Anchor::Middle,
                    ink,
                    false,
                );
            }
        }
    }
    canvas.finish(top + CELL * grid.rows.len() as f64, &drawing.notes)
}

/// The largest rows and columns, the largest first; a table of pairs has both in the same order.
fn arranged(grid: &Grid) -> Grid {
    let by_row = grid.largest(MOST);
    let names = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    let is_square = names(&grid.rows) == names(&grid.columns);
    let columns = if is_square { by_row.rows.clone() } else { turned(grid).largest(MOST).rows };
    let places: Vec<Option<usize>> =
        columns.iter().map(|name| grid.columns.iter().position(|known| known == name)).collect();
    let pick = |cells: &Vec<Option<f64>>| places.iter().map(|place| cells[(*place)?]).collect();
    Grid { cells: by_row.cells.iter().map(pick).collect(), rows: by_row.rows, columns }
}

/// Rows for columns.
fn turned(grid: &Grid) -> Grid {
    let column = |index: usize| grid.cells.iter().map(|cells| cells[index]).collect();
    Grid {
        rows: grid.columns.clone(),
        columns: grid.rows.clone(),
        cells: (0..grid.columns.len()).map(column).collect(),
    }
}

/// From the lightest to the darkest shade; nothing is the lightest.
fn shade(depth: f64) -> String {
    let mix = |index: usize| {
        let (light, dark) = (style::LIGHTEST[index], style::DARKEST[index]);
        (light + (dark - light) * depth).round() as u8
    };
    format!("#{:02X}{:02X}{:02X}", mix(0), mix(1), mix(2))
}
