//! Native charts, which the reader can change.
//!
//! Bars are drawn from the table itself; all other charts from a second sheet that holds the same
//! values as rows and columns.

use rust_xlsxwriter::{
    Chart, ChartLegendPosition, ChartSolidFill, ChartType, ConditionalFormat2ColorScale, Workbook,
    Worksheet,
};

use super::{Fault, table};
use crate::trends::{Grid, Heading, Kind, Shape, Sheet, chart::style};

/// More lines or parts than this nobody can tell apart.
const MOST_SERIES: usize = 8;

/// Adds the chart of a sheet, if it has one.
pub fn add(workbook: &mut Workbook, sheet: &Sheet) -> Result<(), Fault> {
    let (Some(chart), Some(grid)) = (&sheet.chart, sheet.grid()?) else { return Ok(()) };
    if grid.rows.is_empty() {
        return Ok(());
    }
    if matches!(chart.shape, Shape::Bars | Shape::Ordered) {
        let worksheet = workbook.worksheet_from_name(sheet.name)?;
        let at = u16::try_from(sheet.headings.len() + 1).unwrap_or(u16::MAX);
        worksheet.insert_chart(1, at, &bars(sheet, &chart.measure, grid.rows.len()))?;
        return Ok(());
    }
    let grid = if chart.shape == Shape::Compared { grid } else { grid.largest(grid.rows.len()) };
    let name = format!("{} grid", sheet.name);
    let worksheet = workbook.add_worksheet().set_name(&name)?;
    write_grid(worksheet, sheet, &grid)?;
    if chart.shape == Shape::Heat {
        return shade(worksheet, &grid);
    }
    let kind = if chart.shape == Shape::Lines { ChartType::Line } else { ChartType::BarStacked };
    let at = u16::try_from(grid.columns.len() + 2).unwrap_or(u16::MAX);
    worksheet.insert_chart(1, at, &of_grid(sheet, &name, &grid, kind))?;
    Ok(())
}

fn titled(kind: ChartType, sheet: &Sheet) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(&sheet.title);
    chart.set_alt_text(format!("{}. The numbers are in the table of this sheet.", sheet.title));
    chart.set_width(900).set_height(480);
    chart
}

fn bars(sheet: &Sheet, measure: &str, rows: usize) -> Chart {
    let mut chart = titled(ChartType::Bar, sheet);
    let last = u32::try_from(rows).unwrap_or(u32::MAX);
    let measure =
        u16::try_from(sheet.position(measure).unwrap_or(sheet.labels)).unwrap_or(u16::MAX);
    let labels = u16::try_from(sheet.labels.saturating_sub(1)).unwrap_or_default();
    chart
        .add_series()
        .set_categories((sheet.name, 1, 0, last, labels))
        .set_values((sheet.name, 1, measure, last, measure))
        .set_format(ChartSolidFill::new().set_color(style::SERIES[0]));
    chart.y_axis().set_reverse();
    chart.legend().set_hidden();
    chart.set_height(u32::try_from(120 + rows * 20).unwrap_or(480).clamp(300, 1200));
    chart
}

/// Lines run along a row of the grid; stacked bars have a part for each column.
fn of_grid(sheet: &Sheet, name: &str, grid: &Grid, kind: ChartType) -> Chart {
    let mut chart = titled(kind, sheet);
    let end = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (rows, columns) = (end(grid.rows.len()), end(grid.columns.len()));
    let lines = kind == ChartType::Line;
    let series = if lines { rows } else { columns };
    for index in 1..=series.min(end(MOST_SERIES)) {
        let column = u16::try_from(index).unwrap_or(u16::MAX);
        let across = u16::try_from(columns).unwrap_or(u16::MAX);
        let colour = style::SERIES[(index as usize - 1) % style::SERIES.len()];
        let series = chart.add_series();
        if lines {
            series.set_name((name, index, 0)).set_categories((name, 0, 1, 0, across));
            series.set_values((name, index, 1, index, across));
            series.set_format(rust_xlsxwriter::ChartLine::new().set_color(colour).set_width(2.25));
        } else {
            series.set_name((name, 0, column)).set_categories((name, 1, 0, rows, 0));
            series.set_values((name, 1, column, rows, column));
            series.set_format(ChartSolidFill::new().set_color(colour));
        }
    }
    if !lines {
        chart.y_axis().set_reverse();
        chart.set_height((120 + rows * 20).clamp(300, 1200));
    }
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
}

fn write_grid(worksheet: &mut Worksheet, sheet: &Sheet, grid: &Grid) -> Result<(), Fault> {
    let kind = sheet.chart.as_ref().and_then(|chart| sheet.position(&chart.measure));
    let kind = kind.map_or(Kind::Count, |place| sheet.headings[place].kind);
    for (row, (name, cells)) in (1..).zip(grid.rows.iter().zip(&grid.cells)) {
        worksheet.write_string(row, 0, name)?;
        for (column, value) in (1..).zip(cells) {
            if let Some(value) = value {
                worksheet.write_number(row, column, *value)?;
            }
        }
    }
    let mut headings = vec![Heading::new("row", Kind::Text)];
    headings.extend(grid.columns.iter().map(|name| Heading {
        name: name.clone(),
        title: if name.is_empty() { sheet.title.clone() } else { name.clone() },
        kind,
    }));
    table::frame(worksheet, &headings, grid.rows.len(), &format!("{} grid", sheet.name))?;
    worksheet.set_column_width(0, 40)?;
    for (column, name) in (1..).zip(&grid.columns) {
        worksheet.set_column_width(column, (name.chars().count() + 4).clamp(8, 40) as f64)?;
    }
    Ok(())
}

/// Darker where greater.
fn shade(worksheet: &mut Worksheet, grid: &Grid) -> Result<(), Fault> {
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color(style::PALE)
        .set_maximum_color(style::SERIES[5]);
    let last_row = u32::try_from(grid.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(grid.columns.len()).unwrap_or(u16::MAX);
    worksheet.add_conditional_format(1, 1, last_row, last_column, &scale)?;
    Ok(())
}
