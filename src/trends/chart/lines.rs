//! One line a value over periods, each labelled at its end.

use kuva::render::render::Scene;

use super::{
    Drawing, axis,
    canvas::{Anchor, Canvas, fitted, width_of},
    style,
};
use crate::trends::{Value, write::readable};

/// More lines nobody can tell apart.
const MOST: usize = 7;

/// Height of the field.
const HEIGHT: f64 = 400.0;

/// Room for the names at the ends of the lines, at most, and for what ties them to the lines.
const NAMES: f64 = 380.0;
const TIES: f64 = 56.0;

/// The field in which lines are drawn.
struct Field {
    left: f64,
    right: f64,
    top: f64,
    greatest: f64,
    columns: usize,
}

impl Field {
    fn x(&self, column: usize) -> f64 {
        let share = column as f64 / (self.columns.saturating_sub(1).max(1)) as f64;
        self.left + share * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.top + HEIGHT * (1.0 - value / self.greatest)
    }
}

/// The chart.
pub fn scene(mut drawing: Drawing<'_>) -> Scene {
    let all = drawing.grid.rows.len();
    if all > MOST {
        drawing
            .notes
            .insert(0, format!("The largest {MOST} of {all} are drawn; a table holds them all."));
    }
    let grid = drawing.grid.largest(MOST);
    let mut canvas = Canvas::new(style::WIDTH, &drawing.sheet.title, &drawing.lines);
    let steps = axis::steps(grid.greatest(), 6.0);
    let labels: Vec<String> =
        steps.iter().map(|step| readable(&Value::Real(*step), drawing.kind)).collect();
    let widest = labels.iter().map(|label| width_of(label, style::LABEL)).fold(0.0, f64::max);
    let names = grid.rows.iter().map(|name| width_of(name, style::LABEL)).fold(0.0, f64::max);
    let room = if names > 0.0 { names.min(NAMES) + TIES } else { 40.0 };
    let field = Field {
        left: style::MARGIN + widest + 10.0,
        right: style::WIDTH - style::MARGIN - room,
        top: canvas.top + 8.0,
        greatest: steps.last().copied().unwrap_or(1.0),
        columns: grid.columns.len(),
    };
    for (step, label) in steps.iter().zip(&labels) {
        let y = field.y(*step);
        canvas.line(vec![(field.left, y), (field.right, y)], style::RULE, 1.0, None);
        canvas.label(field.left - 8.0, y + 4.5, label, Anchor::End, style::SOFT);
    }
    periods(&mut canvas, &field, &grid.columns);
    for (index, cells) in grid.cells.iter().enumerate() {
        line(&mut canvas, &field, index, cells);
    }
    ends(&mut canvas, &field, &grid);
    canvas.finish(field.top + HEIGHT + 24.0, &drawing.notes)
}

/// Names of as many periods as fit.
fn periods(canvas: &mut Canvas, field: &Field, names: &[String]) {
    let widest = names.iter().map(|name| width_of(name, style::LABEL)).fold(0.0, f64::max) + 12.0;
    let fit = ((field.right - field.left) / widest).floor().max(1.0) as usize + 1;
    let every = names.len().div_ceil(fit);
    for (index, name) in names.iter().enumerate().step_by(every.max(1)) {
        canvas.label(field.x(index), field.top + HEIGHT + 20.0, name, Anchor::Middle, style::SOFT);
    }
}

fn line(canvas: &mut Canvas, field: &Field, index: usize, cells: &[Option<f64>]) {
    let (colour, dash) = (colour(index), style::DASHES[index % style::DASHES.len()]);
    let known = cells.iter().enumerate().filter_map(|(column, value)| Some((column, (*value)?)));
    let points: Vec<(f64, f64)> =
        known.map(|(column, value)| (field.x(column), field.y(value))).collect();
    if field.columns <= 16 || points.len() == 1 {
        points.iter().for_each(|(x, y)| canvas.dot(*x, *y, colour));
    }
    canvas.line(points, colour, 2.5, dash);
}

fn colour(index: usize) -> &'static str {
    style::SERIES[index % style::SERIES.len()]
}

/// Labels at the ends of lines, moved apart where they would overlap, each tied to its line.
fn ends(canvas: &mut Canvas, field: &Field, grid: &crate::trends::Grid) {
    let mut labels: Vec<(usize, f64)> = grid
        .cells
        .iter()
        .enumerate()
        .filter_map(|(row, cells)| Some((row, field.y(cells.iter().rev().find_map(|cell| *cell)?))))
        .filter(|(row, _)| !grid.rows[*row].is_empty())
        .collect();
    labels.sort_by(|a, b| a.1.total_cmp(&b.1));
    let wanted: Vec<f64> = labels.iter().map(|(_, y)| *y).collect();
    let places = apart(&wanted, 18.0, field.top + HEIGHT);
    for ((row, y), place) in labels.iter().zip(places) {
        let dash = style::DASHES[row % style::DASHES.len()];
        let from = field.right + 6.0;
        canvas.line(vec![(from, *y), (from + 12.0, place)], style::RULE, 1.0, None);
        canvas.line(vec![(from + 14.0, place), (from + 40.0, place)], colour(*row), 2.5, dash);
        let name = fitted(&grid.rows[*row], style::LABEL, NAMES);
        canvas.label(from + 46.0, place + 4.5, &name, Anchor::Start, style::INK);
    }
}

/// Sorted places moved so that neighbours are at least `gap` apart and none lies below `bottom`.
fn apart(wanted: &[f64], gap: f64, bottom: f64) -> Vec<f64> {
    let mut places = wanted.to_vec();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + gap);
    }
    let mut limit = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - gap;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_moved_apart_and_stay_above_the_bottom() {
        assert_eq!(apart(&[10.0, 100.0, 100.0, 100.0], 18.0, 110.0), [10.0, 74.0, 92.0, 110.0]);
        assert_eq!(apart(&[10.0, 12.0], 18.0, 110.0), [10.0, 28.0]);
    }
}
