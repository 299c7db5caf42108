//! One row a case.

use polars::prelude::{NamedFrom as _, PolarsResult, Series};

use super::{
    Column, Table, day, number,
    organisation_key::{key_of, names},
    text, texts,
};
use crate::{
    model::{Case, DateKind, Facts, PartialDate, Stance},
    trends::Every,
};

/// The table of cases.
pub fn case_table(cases: &[Case]) -> PolarsResult<Table> {
    let each = || cases.iter();
    let facts = || cases.iter().map(|case| &case.facts);
    let columns = vec![
        text("case", "name of the case, unique", each().map(|c| c.case.as_str())),
        text("organisation", "body acted against", each().map(Case::organisation)),
        texts(
            "organisation_key",
            "the same for all spellings of one body",
            each().map(|c| Some(key_of(c))),
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
            facts().map(|f| f.date.and_then(|date| Every::Quarter.of(date))),
        ),
        texts(
            "month",
            "calendar month, where it is known",
            facts().map(|f| f.date.and_then(|date| Every::Month.of(date))),
        ),
        texts(
            "incident_from",
            "when the failing or incident began: a day, month or year",
            facts().map(|f| f.incident_from.map(|date| date.to_string())),
        ),
        texts(
            "incident_to",
            "when it ended",
            facts().map(|f| f.incident_to.map(|date| date.to_string())),
        ),
        Column {
            meaning: "days from the end of the incident, or its beginning, to the action",
            values: Series::new("lag_days".into(), facts().map(lag).collect::<Vec<_>>()),
        },
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
    Ok(Table { name: "cases", row: "a case", key: &["case"], columns })
}

/// Days from the end of the incident, or its beginning, to the action; a month stands for its middle.
fn lag(facts: &Facts) -> Option<i64> {
    let incident = facts.incident_to.or(facts.incident_from)?;
    let days = middle(facts.date?)? - middle(incident)?;
    u32::try_from(days.get_days()).ok().map(i64::from)
}

/// The middle of what a date can mean, where at least the month is known.
fn middle(date: PartialDate) -> Option<jiff::civil::Date> {
    date.month()?;
    let days = (date.latest() - date.earliest()).get_days();
    date.earliest().checked_add(jiff::Span::new().days(days / 2)).ok()
}
