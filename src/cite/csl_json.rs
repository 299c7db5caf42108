//! CSL-JSON: what citeproc, Pandoc, Zotero and most other programs read.
//!
//! The type is `webpage`. With it the OSCOLA style prints the footnote that `oscola` writes, and APA
//! the full date; with `report` both print the year alone, and `legal_case` leaves out author, date
//! and address, since an action has no court and no neutral citation.

use std::io::{self, Write};

use jiff::civil::Date;
use serde::Serialize;

use super::Reference;
use crate::model::PartialDate;

/// The fields of the schema that an action has.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    title: String,
    author: [Name<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateParts>,
    genre: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<DateParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive_location: Option<&'a str>,
    jurisdiction: &'static str,
    language: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

/// A name that is not split.
#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

/// Year, month, day: as many as are known.
#[derive(Serialize)]
struct DateParts {
    #[serde(rename = "date-parts")]
    date_parts: [Vec<i16>; 1],
}

impl From<PartialDate> for DateParts {
    fn from(date: PartialDate) -> Self {
        let rest = [date.month(), date.day()].into_iter().map_while(|part| part.map(i16::from));
        Self { date_parts: [std::iter::once(date.year()).chain(rest).collect()] }
    }
}

impl From<Date> for DateParts {
    fn from(date: Date) -> Self {
        PartialDate::from(date).into()
    }
}

/// Writes one array of items.
///
/// # Errors
/// Those of the output.
pub fn csl_json(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    let items: Vec<Item<'_>> = references.iter().map(item).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}

fn item(reference: &Reference) -> Item<'_> {
    Item {
        id: &reference.key,
        r#type: "webpage",
        title: reference.title(),
        author: [Name { literal: &reference.author }],
        issued: reference.date.map(DateParts::from),
        genre: &reference.kind,
        number: reference.number.as_deref(),
        container_title: reference.reported_by.as_deref(),
        url: reference.url.as_deref(),
        accessed: reference.url.as_ref().map(|_| reference.accessed.into()),
        archive_location: reference.archived.as_deref(),
        jurisdiction: "United Kingdom",
        language: "en-GB",
        note: reference.notes().join("\n"),
    }
}
