//! One sheet as an Excel table: header in the first row, filters, number formats.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Worksheet};

use super::Fault;
use crate::trends::{Heading, Kind, Sheet, Value, write::readable};

/// Writes the table at the top left.
pub fn write(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), Fault> {
    let rows = sheet.rows()?;
    for (row, values) in (1..).zip(&rows) {
        for ((column, value), heading) in (0..).zip(values).zip(&sheet.headings) {
            cell(worksheet, row, column, value, heading.kind)?;
        }
    }
    frame(worksheet, &sheet.headings, rows.len(), sheet.name)?;
    for (column, heading) in (0..).zip(&sheet.headings) {
        let written = rows.iter().map(|row| readable(&row[usize::from(column)], heading.kind));
        let widest = written.map(|text| text.chars().count()).max().unwrap_or_default();
        let width = widest.max(heading.title.chars().count() + 3).clamp(8, 60);
        worksheet.set_column_width(column, width as f64 + 1.0)?;
    }
    Ok(())
}

/// Makes rows that are written a table, and keeps its header in sight.
pub fn frame(
    worksheet: &mut Worksheet,
    headings: &[Heading],
    rows: usize,
    name: &str,
) -> Result<(), Fault> {
    let columns: Vec<TableColumn> = headings
        .iter()
        .map(|heading| {
            TableColumn::new()
                .set_header(&heading.title)
                .set_header_format(Format::new().set_bold())
                .set_format(format(heading.kind))
        })
        .collect();
    let table = Table::new()
        .set_name(format!("table_{}", name.replace(['-', ' '], "_")))
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    let last_row = u32::try_from(rows.max(1)).unwrap_or(u32::MAX);
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    worksheet.add_table(0, 0, last_row, last_column, &table)?;
    worksheet.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Writes a value as what it is: text never becomes a formula or a number.
fn cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    kind: Kind,
) -> Result<(), Fault> {
    match (value, value.number()) {
        (_, Some(number)) => {
            worksheet.write_number_with_format(row, column, number, &format(kind))?;
        }
        (Value::Text(text), _) => {
            let text: String = text.chars().take(LONGEST).collect();
            worksheet.write_string(row, column, text)?;
        }
        _ => {}
    }
    Ok(())
}

/// Excel holds no longer text in a cell.
const LONGEST: usize = 32_767;

fn format(kind: Kind) -> Format {
    Format::new().set_num_format(match kind {
        Kind::Text => "@",
        Kind::Count => "#,##0",
        Kind::Change => "+#,##0;-#,##0;0",
        Kind::Share => "0.0%",
        Kind::Pounds => "\"£\"#,##0",
        Kind::Factor => "0.00",
    })
}
