//! An Excel workbook: a cover sheet, and one table a sheet with its chart.

mod chart;
mod cover;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Answer, TableError};

/// The workbook.
pub fn bytes(answer: &Answer) -> Result<Vec<u8>, TableError> {
    build(answer).map_err(|fault| match fault {
        Fault::Table(error) => error,
        Fault::Xlsx(error) => TableError::Write(format!("{error} (Excel)")),
    })
}

/// What can go wrong: in reading the table, or in writing the workbook.
enum Fault {
    Table(TableError),
    Xlsx(XlsxError),
}

impl From<TableError> for Fault {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(error)
    }
}

fn build(answer: &Answer) -> Result<Vec<u8>, Fault> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(answer)?);
    cover::write(workbook.add_worksheet(), answer)?;
    for sheet in &answer.sheets {
        let worksheet = workbook.add_worksheet().set_name(sheet.name)?;
        table::write(worksheet, sheet)?;
        chart::add(&mut workbook, sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The day of making and no time, so that the same tables make the same file.
fn properties(answer: &Answer) -> Result<DocProperties, Fault> {
    let day = answer.made;
    let (year, month, day) =
        (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    Ok(DocProperties::new()
        .set_title(&answer.title)
        .set_author("casebook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}
