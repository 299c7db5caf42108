//! The scores that a query gives to documents chosen beforehand. Only their postings are read, so that
//! costly queries cost little.

use tantivy::{
    DocAddress, DocSet as _, Score,
    query::{EnableScoring, Query},
};

use super::{IndexError, statistics::Statistics};

/// The score of each document, which stand in the order of their addresses; nothing where the query
/// does not match.
pub fn scores(
    query: &dyn Query,
    statistics: &Statistics<'_>,
    documents: &[DocAddress],
) -> Result<Vec<Option<Score>>, IndexError> {
    let searcher = statistics.searcher;
    let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
    let weight = query.weight(scoring)?;
    let mut scores = Vec::with_capacity(documents.len());
    for documents in documents.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let mut scorer = weight.scorer(searcher.segment_reader(documents[0].segment_ord), 1.0)?;
        for document in documents {
            // A scorer can stand behind the document already, and seeks forwards only.
            if scorer.doc() < document.doc_id {
                scorer.seek(document.doc_id);
            }
            scores.push((scorer.doc() == document.doc_id).then(|| scorer.score()));
        }
    }
    Ok(scores)
}
