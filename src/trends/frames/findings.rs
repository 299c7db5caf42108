//! One row a category at a sentence.

use polars::prelude::{NamedFrom as _, Series};

use super::{Column, Table, number, text, texts};
use crate::{
    model::{Case, CaseFinding},
    taxonomy::Taxonomy,
};

/// The table of findings, in all stances.
pub fn finding_table(cases: &[Case], taxonomy: &Taxonomy) -> Table {
    let rows: Vec<(&Case, &CaseFinding)> = cases
        .iter()
        .flat_map(|case| case.findings.iter().map(move |found| (case, found)))
        .collect();
    let found = || rows.iter().map(|(_, found)| &found.finding);
    let group = |category: &str| taxonomy.group_of(category).map(str::to_owned);
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|(case, _)| case.case.as_str())),
        text(
            "category",
            "category, an identifier of categories.toml",
            found().map(|f| f.category.as_str()),
        ),
        texts("group", "group of the category", found().map(|f| group(&f.category))),
        text(
            "stance",
            "what the sentence does with the category; only `finding` labels a case",
            found().map(|f| f.stance.id()),
        ),
        Column {
            meaning: "how strongly the wording states it, from 0 to 1",
            values: Series::new(
                "confidence".into(),
                found().map(|f| f.confidence).collect::<Vec<_>>(),
            ),
        },
        text(
            "method",
            "how it was found: by `cue`, by `provision`, or `semantic`: by meaning, and then counted only \
             where its category is named",
            found().map(|f| f.method.id()),
        ),
        text(
            "section",
            "heading under which the sentence stands",
            found().map(|f| f.section.as_str()),
        ),
        text("sentence", "the sentence, verbatim", found().map(|f| f.sentence.as_str())),
        text(
            "document",
            "path of the document in the corpus",
            rows.iter().map(|(_, found)| found.document.as_str()),
        ),
        number(
            "start",
            "first byte of the sentence in the cleaned text",
            found().map(|f| Some(f.start as u64)),
        ),
        number("end", "the byte after its last", found().map(|f| Some(f.end as u64))),
    ];
    Table { name: "findings", row: "a category at a sentence", key: &[], columns }
}
