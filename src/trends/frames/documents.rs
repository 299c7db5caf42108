//! One row a document of a case.

use super::{Table, text};
use crate::model::Case;

/// The table of documents.
pub fn document_table(cases: &[Case]) -> Table {
    let rows: Vec<_> = cases
        .iter()
        .flat_map(|case| case.documents.iter().map(move |document| (case, document)))
        .collect();
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|(case, _)| case.case.as_str())),
        text("path", "path in the corpus folder", rows.iter().map(|(_, d)| d.path.as_str())),
        text(
            "kind",
            "what it is, such as digest, official page or text",
            rows.iter().map(|(_, d)| d.kind.title()),
        ),
        text("sha256", "SHA-256 of the file", rows.iter().map(|(_, d)| d.sha256.as_str())),
    ];
    Table { name: "documents", row: "a document of a case", key: &["case", "path"], columns }
}
