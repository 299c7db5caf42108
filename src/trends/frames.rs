//! The tables: tidy and long, one row a case, action, finding, provision or document.
//!
//! Each column is described where it is filled, so that the data dictionary cannot drift from it.

use jiff::civil::Date;
use polars::prelude::{DataFrame, DataType, IntoColumn as _, NamedFrom as _, PolarsResult, Series};

use crate::{
    index::organisation_words,
    model::{Case, CaseFinding, DateKind, Provision, Stance},
    taxonomy::Taxonomy,
};

/// A table with its name and what one row of it is.
pub struct Table {
    /// File name without ending.
    pub name: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column with its description.
pub struct Column {
    /// What it holds, with its unit.
    pub meaning: &'static str,
    /// The values.
    pub values: Series,
}

impl Table {
    /// The values alone.
    ///
    /// # Errors
    /// Never: all columns have one value a row.
    pub fn frame(&self) -> PolarsResult<DataFrame> {
        DataFrame::new_infer_height(
            self.columns.iter().map(|c| c.values.clone().into_column()).collect(),
        )
    }
}

/// All tables over the cases.
///
/// # Errors
/// Never for dates that a [`crate::model::PartialDate`] can hold.
pub fn tables(cases: &[Case], taxonomy: &Taxonomy) -> PolarsResult<Vec<Table>> {
    Ok(vec![
        case_table(cases)?,
        action_table(cases),
        finding_table(cases, taxonomy),
        provision_table(cases),
        document_table(cases),
    ])
}

fn text<'a, T: Into<Option<&'a str>>>(
    name: &str,
    meaning: &'static str,
    values: impl Iterator<Item = T>,
) -> Column {
    let values: Vec<Option<&str>> = values.map(Into::into).collect();
    Column { meaning, values: Series::new(name.into(), values) }
}

fn texts(
    name: &str,
    meaning: &'static str,
    values: impl Iterator<Item = Option<String>>,
) -> Column {
    Column { meaning, values: Series::new(name.into(), values.collect::<Vec<_>>()) }
}

fn number(name: &str, meaning: &'static str, values: impl Iterator<Item = Option<u64>>) -> Column {
    Column { meaning, values: Series::new(name.into(), values.collect::<Vec<_>>()) }
}

fn day(
    name: &str,
    meaning: &'static str,
    days: impl Iterator<Item = Option<Date>>,
) -> PolarsResult<Column> {
    let days: Vec<Option<i32>> = days.map(|day| day.map(days_since_epoch)).collect();
    Ok(Column { meaning, values: Series::new(name.into(), days).cast(&DataType::Date)? })
}

/// How tables count days: from 1 January 1970.
pub fn days_since_epoch(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

fn case_table(cases: &[Case]) -> PolarsResult<Table> {
    let each = || cases.iter();
    let facts = || cases.iter().map(|case| &case.facts);
    let columns = vec![
        text("case", "name of the case, unique", each().map(|c| c.case.as_str())),
        text("organisation", "body acted against", each().map(Case::organisation)),
        texts(
            "organisation_key",
            "the same for all spellings of one body",
            each().map(|c| Some(organisation_key(c.organisation()))),
        ),
        texts(
            "names",
            "all words of all its names in lower case, a blank before and after each",
            each().map(|c| Some(names(c))),
        ),
        Column {
            meaning: "whether the party is a natural person",
            values: Series::new(
                "individual".into(),
                facts().map(|f| f.individual).collect::<Vec<_>>(),
            ),
        },
        text("title", "headline", each().map(Case::title)),
        texts(
            "date",
            "date of the action: a day, month or year",
            facts().map(|f| f.date.map(|d| d.to_string())),
        ),
        text("date_kind", "which date that is", facts().map(|f| f.date_kind.map(DateKind::title))),
        day(
            "date_earliest",
            "first day that the date can mean",
            facts().map(|f| f.date.map(|d| d.earliest())),
        )?,
        day(
            "date_latest",
            "last day that the date can mean",
            facts().map(|f| f.date.map(|d| d.latest())),
        )?,
        texts(
            "year",
            "calendar year of the date",
            facts().map(|f| f.date.map(|d| d.year().to_string())),
        ),
        texts(
            "quarter",
            "calendar quarter, where the month is known",
            facts().map(|f| {
                f.date.and_then(|d| d.quarter().map(|quarter| format!("{}-Q{quarter}", d.year())))
            }),
        ),
        text(
            "sector",
            "sector, an identifier of sectors.toml",
            facts().map(|f| f.sector.as_deref()),
        ),
        text(
            "body",
            "kind of body, an identifier of bodies.toml",
            facts().map(|f| f.body.as_deref()),
        ),
        text(
            "public",
            "`public` or `private`, by the kind of body",
            facts().map(|f| f.public.map(|is_public| if is_public { "public" } else { "private" })),
        ),
        number("amount_gbp", "penalty imposed, pounds sterling", facts().map(|f| f.amount_gbp)),
        number(
            "people_affected",
            "people whose data was affected",
            facts().map(|f| f.data_subjects),
        ),
        number(
            "messages_sent",
            "marketing calls, texts or emails",
            facts().map(|f| f.messages_sent),
        ),
        text(
            "earlier_action",
            "sentence that tells of an earlier action against the same body",
            facts().map(|f| f.earlier_action.as_deref()),
        ),
        text("page_url", "page of the ICO's register", facts().map(|f| f.page_url.as_deref())),
        text("pdf_url", "notice as published", facts().map(|f| f.pdf_url.as_deref())),
        text("pdf_sha256", "SHA-256 of the notice", facts().map(|f| f.pdf_sha256.as_deref())),
        number(
            "findings",
            "sentences in the stance of finding",
            each().map(|c| Some(c.in_stance(Stance::Finding).count() as u64)),
        ),
    ];
    Ok(Table { name: "cases", row: "a case", columns })
}

fn action_table(cases: &[Case]) -> Table {
    let rows: Vec<(&Case, &str)> = cases
        .iter()
        .flat_map(|case| case.facts.action_types.iter().map(move |a| (case, a.id())))
        .collect();
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|(case, _)| case.case.as_str())),
        text("action", "kind of action", rows.iter().map(|(_, action)| *action)),
    ];
    Table { name: "actions", row: "an action of a case", columns }
}

fn finding_table(cases: &[Case], taxonomy: &Taxonomy) -> Table {
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
    Table { name: "findings", row: "a category at a sentence", columns }
}

fn provision_table(cases: &[Case]) -> Table {
    let row = |case, provision: &Provision, infringed| {
        (case, provision.to_string(), infringed, provision.uri())
    };
    let mut rows: Vec<(&Case, String, bool, String)> = Vec::new();
    for case in cases {
        let infringed = case.infringed();
        rows.extend(infringed.iter().map(|provision| row(case, provision, true)));
        let cited = case.cited.iter().map(|cited| &cited.provision);
        rows.extend(
            cited.filter(|p| !infringed.contains(p)).map(|provision| row(case, provision, false)),
        );
    }
    let status = |infringed: bool| if infringed { "infringed" } else { "cited" };
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|row| row.0.case.as_str())),
        text("provision", "provision in canonical form", rows.iter().map(|row| row.1.as_str())),
        text(
            "status",
            "`infringed` where the regulator finds so, else `cited`",
            rows.iter().map(|row| status(row.2)),
        ),
        text("uri", "address on legislation.gov.uk", rows.iter().map(|row| row.3.as_str())),
    ];
    Table { name: "provisions", row: "a provision of a case", columns }
}

fn document_table(cases: &[Case]) -> Table {
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
    Table { name: "documents", row: "a document of a case", columns }
}

/// Words of a company's form and articles, which differ between spellings of one name.
const FORMS: [&str; 12] = [
    "the", "ltd", "limited", "plc", "llp", "llc", "inc", "co", "company", "chief", "constable",
    "of",
];

/// The same for "Example Ltd", "EXAMPLE LIMITED" and "The Example Ltd.".
fn organisation_key(name: &str) -> String {
    let words: Vec<String> = organisation_words(name)
        .into_iter()
        .filter(|word| !FORMS.contains(&word.as_str()))
        .collect();
    words.join(" ")
}

fn names(case: &Case) -> String {
    let names = case.facts.organisation.iter().chain(&case.facts.also_known_as);
    let words: Vec<String> = names.flat_map(|name| organisation_words(name)).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_has_one_key() {
        let keys = ["Example Ltd", "EXAMPLE LIMITED", "The Example Ltd."].map(organisation_key);
        assert!(keys.iter().all(|key| key == "example"), "{keys:?}");
    }
}
