//! The typed header of a digest or guidance note: TOML between two `+++` lines.

use serde::Deserialize;
use thiserror::Error;

use crate::model::{ActionType, Confidence, DateKind, Facts, PartialDate, Provision, Source};

/// A fault of a header, with the line on which it stands.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {message}; {ADVICE}")]
pub struct HeaderError {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

const ADVICE: &str = "corpus/README.md lists the fields of a header";

/// The header and the body of a file.
#[derive(Debug, PartialEq)]
pub struct FrontMatter<'a> {
    pub header: Header,
    pub body: &'a str,
    /// Line of the file on which the body begins, counted from 1.
    pub body_line: usize,
}

#[derive(Debug, PartialEq)]
pub enum Header {
    Digest(Box<Facts>),
    Guidance { facts: Box<Facts>, categories: Vec<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DigestHeader {
    organisation: String,
    #[serde(default)]
    also_known_as: Vec<String>,
    title: String,
    date: PartialDate,
    date_kind: DateKind,
    actions: Vec<ActionType>,
    sector: String,
    #[serde(default)]
    individual: bool,
    amount_gbp: Option<u64>,
    people_affected: Option<u64>,
    messages_sent: Option<u64>,
    incident_from: Option<PartialDate>,
    incident_to: Option<PartialDate>,
    reference: Option<String>,
    #[serde(default)]
    provisions: Vec<Provision>,
    page_url: Option<String>,
    #[serde(default)]
    also_page_urls: Vec<String>,
    pdf_url: Option<String>,
    #[serde(default)]
    also_pdf_urls: Vec<String>,
    pdf_sha256: Option<String>,
    id: Option<String>,
    confidence: Confidence,
    sources: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuidanceHeader {
    title: String,
    url: String,
    categories: Vec<String>,
    #[serde(default)]
    provisions: Vec<Provision>,
    sources: Vec<Source>,
}

impl From<DigestHeader> for Facts {
    fn from(header: DigestHeader) -> Self {
        Self {
            organisation: Some(header.organisation),
            also_known_as: header.also_known_as,
            individual: header.individual,
            title: Some(header.title),
            date: Some(header.date),
            date_kind: Some(header.date_kind),
            action_types: header.actions,
            sector: Some(header.sector),
            amount_gbp: header.amount_gbp,
            data_subjects: header.people_affected,
            messages_sent: header.messages_sent,
            incident_from: header.incident_from,
            incident_to: header.incident_to,
            reference: header.reference,
            provisions: header.provisions,
            page_url: header.page_url,
            also_page_urls: header.also_page_urls,
            pdf_url: header.pdf_url,
            also_pdf_urls: header.also_pdf_urls,
            pdf_sha256: header.pdf_sha256,
            id: header.id,
            confidence: Some(header.confidence),
            sources: header.sources,
            ..Self::default()
        }
    }
}

/// Splits and reads the header. A table with `categories` is a guidance note, any other a digest.
pub fn parse(text: &str) -> Result<FrontMatter<'_>, HeaderError> {
    let opening = text.find("+++").unwrap_or_default();
    let first_line = text[..opening].matches('\n').count() + 2;
    let (_, rest) = text[opening..].split_once('\n').unwrap_or_default();
    let (toml, after) = split_at_fence(rest).ok_or_else(|| HeaderError {
        line: first_line - 1,
        message: "the front matter has no closing `+++` line".to_owned(),
    })?;
    let fail = |error: toml::de::Error| HeaderError {
        line: first_line + toml[..error.span().map_or(0, |span| span.start)].matches('\n').count(),
        message: error.message().trim().replace('\n', " "),
    };
    let table: toml::Table = toml::from_str(toml).map_err(fail)?;
    let header = if table.contains_key("categories") {
        let GuidanceHeader { title, url, categories, provisions, sources } =
            toml::from_str(toml).map_err(fail)?;
        let facts = Facts {
            title: Some(title),
            page_url: Some(url),
            provisions,
            sources,
            ..Facts::default()
        };
        Header::Guidance { facts: Box::new(facts), categories }
    } else {
        let digest: DigestHeader = toml::from_str(toml).map_err(fail)?;
        Header::Digest(Box::new(digest.into()))
    };
    let body_line = first_line + toml.matches('\n').count() + 1;
    Ok(FrontMatter { header, body: after, body_line })
}

fn split_at_fence(rest: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "+++\ntitle = \"When to ask\"\nurl = \"https://ico.org.uk/x/\"\n\
                        categories = [\"missing-dpia\"]\nsources = []\n+++\n\nBody.\n";

    #[test]
    fn the_body_knows_its_line() {
        let found = parse(GOOD).expect("a good header");
        assert_eq!((found.body, found.body_line), ("\nBody.\n", 7));
        assert!(matches!(found.header, Header::Guidance { .. }));
    }

    #[test]
    fn faults_are_placed() {
        let unknown = parse(&GOOD.replace("sources", "sorces")).expect_err("unknown field");
        assert_eq!(unknown.line, 5);
        assert!(unknown.message.contains("unknown field `sorces`"), "{unknown}");
        let open = parse("+++\ntitle = \"x\"\n").expect_err("no closing fence");
        assert_eq!(open.line, 1);
        let syntax = parse("+++\ntitle = \n+++\n").expect_err("no value");
        assert_eq!(syntax.line, 2);
    }
}
