//! The slugs of documents, read from a column, which is quicker than from what is stored.

use tantivy::{DocAddress, Searcher, columnar::StrColumn};

use super::IndexError;

/// A column of slugs for each segment of an index.
pub struct Slugs(Vec<Option<StrColumn>>);

impl Slugs {
    /// The columns of a field.
    pub fn open(searcher: &Searcher, field: &str) -> Result<Self, IndexError> {
        let segments = searcher.segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().str(field));
        Ok(Self(columns.collect::<Result<_, _>>()?))
    }

    /// The slug of a document; empty where it has none.
    pub fn get(&self, address: DocAddress) -> Result<String, IndexError> {
        let mut slug = String::new();
        if let Some(Some(column)) = self.0.get(address.segment_ord as usize)
            && let Some(ord) = column.ords().first(address.doc_id)
        {
            column.ord_to_str(ord, &mut slug).map_err(tantivy::TantivyError::from)?;
        }
        Ok(slug)
    }
}
