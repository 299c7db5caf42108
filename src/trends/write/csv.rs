//! CSV that no spreadsheet takes for anything else.

use super::{Sheet, TableError, Value};

/// The mark by which Excel knows UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// One table with its header.
pub fn bytes(sheet: &Sheet, bom: bool) -> Result<Vec<u8>, TableError> {
    let failed = |error: csv::Error| TableError::Write(error.to_string());
    let start = if bom { BOM.to_vec() } else { Vec::new() };
    let mut writer = csv::Writer::from_writer(start);
    writer.write_record(sheet.headings.iter().map(|heading| &heading.name)).map_err(failed)?;
    for row in sheet.rows()? {
        let cells = row.iter().zip(&sheet.headings).map(|(value, heading)| match value {
            Value::Text(text) => harmless(text),
            number => number.plain(heading.kind),
        });
        writer.write_record(cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| TableError::Write(error.to_string()))
}

/// A cell that no spreadsheet takes for a formula.
#[must_use]
pub fn harmless(cell: &str) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("＝cmd"), "'＝cmd");
        assert_eq!(harmless("Example"), "Example");
    }
}
