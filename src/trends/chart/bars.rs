//! Bars that lie, one a row, whole or of parts.

use kuva::render::render::Scene;

use super::{
    Drawing, axis,
    canvas::{Anchor, Canvas, fitted, width_of},
    style,
};
use crate::trends::{Grid, Shape, Value, write::readable};

/// More rows make a chart too long to read.
const MOST: usize = 40;

/// From bar to bar, and the bar itself.
const PITCH: f64 = 26.0;
const BAR: f64 = 18.0;

/// Room for the number behind a bar.
const NUMBERS: f64 = 90.0;

/// The chart.
pub fn scene(mut drawing: Drawing<'_>) -> Scene {
    let all = drawing.grid.rows.len();
    if all > MOST {
        drawing.notes.insert(0, format!("{MOST} of {all} are drawn; a table holds them all."));
    }
    let shape = drawing.sheet.chart.as_ref().map(|chart| chart.shape);
    let stacked = matches!(shape, Some(Shape::Stacked | Shape::Compared));
    let is_ordered = matches!(shape, Some(Shape::Ordered | Shape::Compared));
    let grid = if is_ordered { first(&drawing.grid) } else { drawing.grid.largest(MOST) };
    let mut canvas = Canvas::new(style::WIDTH, &drawing.sheet.title, &drawing.lines);
    if stacked {
        legend(&mut canvas, &grid.columns);
    }
    let names = grid.rows.iter().map(|name| width_of(name, style::LABEL));
    let left = style::MARGIN + names.fold(40.0, f64::max).min(330.0) + 10.0;
    let room = style::WIDTH - style::MARGIN - NUMBERS - left;
    let greatest = (0..grid.rows.len()).map(|row| grid.total(row)).fold(0.0, f64::max);
    let scale = room / axis::steps(greatest, 5.0).last().copied().unwrap_or(1.0);
    for row in 0..grid.rows.len() {
        let y = canvas.top + PITCH * row as f64;
        let name = fitted(&grid.rows[row], style::LABEL, left - style::MARGIN - 8.0);
        canvas.label(left - 8.0, y + BAR - 4.5, &name, Anchor::End, style::INK);
        let end = bar(&mut canvas, &grid.cells[row], left, y, scale, &drawing);
        // Parts can be of the same cases, so that their sum would count them twice.
        if !stacked {
            let total = readable(&Value::Real(grid.total(row)), drawing.kind);
            canvas.label(end + 6.0, y + BAR - 4.5, &total, Anchor::Start, style::INK);
        }
    }
    let bottom = canvas.top + PITCH * grid.rows.len() as f64;
    canvas.line(vec![(left, canvas.top - 4.0), (left, bottom)], style::SOFT, 1.0, None);
    canvas.finish(bottom, &drawing.notes)
}

fn first(grid: &Grid) -> Grid {
    let mut grid = grid.clone();
    grid.rows.truncate(MOST);
    grid.cells.truncate(MOST);
    grid
}

/// Draws the parts of a bar and says where it ends.
fn bar(
    canvas: &mut Canvas,
    cells: &[Option<f64>],
    left: f64,
    y: f64,
    scale: f64,
    drawing: &Drawing<'_>,
) -> f64 {
    let mut x = left;
    for (index, value) in cells.iter().enumerate() {
        let width = value.unwrap_or_default() * scale;
        if width <= 0.0 {
            continue;
        }
        let colour = style::SERIES[index % style::SERIES.len()];
        // A thin gap keeps parts apart in grey.
        canvas.rectangle(x, y, (width - 1.0).max(1.0), BAR, colour);
        let text = readable(&Value::Real(value.unwrap_or_default()), drawing.kind);
        if cells.len() > 1 && width_of(&text, style::NOTE) + 6.0 < width {
            let ink = if is_dark(index) { "#FFFFFF" } else { "#000000" };
            canvas.text(
                x + width / 2.0,
                y + BAR - 5.0,
                &text,
                style::NOTE,
                Anchor::Middle,
                ink,
                false,
            );
        }
        x += width;
    }
    x
}

/// Whether white text is easier to read on a colour of a series.
fn is_dark(index: usize) -> bool {
    matches!(style::SERIES[index % style::SERIES.len()], "#0072B2" | "#000000")
}

/// What each colour means, in the order of the parts.
fn legend(canvas: &mut Canvas, names: &[String]) {
    let mut x = style::MARGIN;
    for (index, name) in names.iter().enumerate() {
        let width = 14.0 + 6.0 + width_of(name, style::LABEL) + 18.0;
        if x + width > style::WIDTH - style::MARGIN && x > style::MARGIN {
            x = style::MARGIN;
            canvas.top += 22.0;
        }
        canvas.rectangle(x, canvas.top, 14.0, 14.0, style::SERIES[index % style::SERIES.len()]);
        canvas.label(x + 20.0, canvas.top + 12.0, name, Anchor::Start, style::INK);
        x += width;
    }
    canvas.top += 32.0;
}
