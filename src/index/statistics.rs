//! Frequencies as ranking needs them: cases among cases, passages among passages.

use tantivy::{Searcher, Term, query::Bm25StatisticsProvider, schema::Field};

/// The frequencies of an index in which only some of the documents count.
pub struct Statistics<'a> {
    /// The index.
    pub searcher: &'a Searcher,
    /// How many documents have the fields that are searched.
    pub documents: u64,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents.max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.documents))
    }
}
