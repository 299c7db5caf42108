//! Charts as SVG and PNG, in one house style, without any font or program of the system.

mod axis;
mod bars;
mod canvas;
mod heat;
mod lines;
pub mod style;
mod words;

use kuva::{
    backend::{png::PngBackend, svg::SvgBackend},
    render::render::Scene,
};

use super::{Answer, Grid, Kind, LICENCE, Shape, Sheet, TableError};

/// What the drawing of every shape needs.
struct Drawing<'a> {
    sheet: &'a Sheet,
    grid: Grid,
    kind: Kind,
    /// Lines under the title.
    lines: Vec<String>,
    /// Lines at the foot.
    notes: Vec<String>,
}

/// The chart of a sheet as SVG, with a title and a description for those who cannot see it.
///
/// # Errors
/// The sheet has nothing to draw.
pub fn svg(answer: &Answer, sheet: &Sheet) -> Result<String, TableError> {
    let drawing = drawing(answer, sheet)?;
    let alt = words::alt(&drawing);
    let svg = SvgBackend::default().render_scene(&scene(drawing));
    Ok(words::described(&svg, &sheet.title, &alt))
}

/// The chart of a sheet as PNG, twice as many pixels as the SVG.
///
/// # Errors
/// The sheet has nothing to draw.
pub fn png(answer: &Answer, sheet: &Sheet) -> Result<Vec<u8>, TableError> {
    let drawing = drawing(answer, sheet)?;
    let alt = words::alt(&drawing);
    let png = PngBackend::new().render_scene(&scene(drawing)).map_err(TableError::Write)?;
    Ok(words::described_png(png, &alt))
}

fn drawing<'a>(answer: &Answer, sheet: &'a Sheet) -> Result<Drawing<'a>, TableError> {
    let nothing = || {
        TableError::Write(
            "there is nothing to draw; a chart needs rows, such as those of --by sector or --every year"
                .to_owned(),
        )
    };
    let grid = sheet.grid()?.filter(|grid| !grid.rows.is_empty()).ok_or_else(nothing)?;
    let measure = sheet.chart.as_ref().map_or("", |chart| chart.measure.as_str());
    let heading = sheet.position(measure).map(|place| &sheet.headings[place]);
    let what = heading.map(|heading| heading.title.clone());
    let is_told = |what: &String| sheet.title.to_lowercase().starts_with(what.as_str());
    let mut lines: Vec<String> = what
        .filter(|what| !is_told(what))
        .map(|what| format!("Number: {what}"))
        .into_iter()
        .collect();
    if !answer.filters.is_empty() {
        lines.push(format!("Filters: {}", answer.filters.join("; ")));
    }
    let coverage = answer.coverage.sentences().into_iter().next().unwrap_or_default();
    let notes = vec![coverage, format!("Source: casebook, {}. {LICENCE}", answer.made)];
    let kind = heading.map_or(Kind::Count, |heading| heading.kind);
    Ok(Drawing { sheet, grid, kind, lines, notes })
}

fn scene(drawing: Drawing<'_>) -> Scene {
    match drawing.sheet.chart.as_ref().map(|chart| chart.shape) {
        Some(Shape::Lines) => lines::scene(drawing),
        Some(Shape::Heat) => heat::scene(drawing),
        _ => bars::scene(drawing),
    }
}
