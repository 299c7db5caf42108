//! Parquet: the table as it is.

use polars_io::parquet::write::ParquetWriter;

use super::{Sheet, TableError};

/// One table.
pub fn bytes(sheet: &Sheet) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut sheet.frame.clone())?;
    Ok(bytes)
}
