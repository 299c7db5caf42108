//! A sentence of a document, with where it stands.

use super::Material;
use crate::{
    model::{CaseDocument, CaseFinding, DocumentKind, Finding, Passage},
    slides::deck::{Paragraph, Run},
};

/// A sentence, word for word, with its place.
pub struct Evidence<'a> {
    /// The sentence.
    pub sentence: &'a str,
    document: Option<&'a CaseDocument>,
    place: Vec<String>,
}

impl<'a> Evidence<'a> {
    /// That of a finding.
    pub fn of(found: &'a CaseFinding, material: &Material<'a>) -> Self {
        let Finding { sentence, start, page, section, .. } = &found.finding;
        Self::at(sentence, *start, *page, Some(section), Some(&found.document), material)
    }

    /// A passage; its document is the one that has these words there.
    pub fn passage(passage: &'a Passage, material: &Material<'a>) -> Self {
        let Passage { sentence, start, page, end } = passage;
        let holds = |text: &str| text.get(*start..*end) == Some(sentence.as_str());
        let document = material.documents.iter().find(|document| holds(&document.text));
        let path = document.map(|document| document.path.as_str());
        Self::at(sentence, *start, *page, None, path, material)
    }

    fn at(
        sentence: &'a str,
        start: usize,
        page: Option<u32>,
        section: Option<&str>,
        path: Option<&str>,
        material: &Material<'a>,
    ) -> Self {
        let read = material.documents.iter().find(|document| Some(document.path.as_str()) == path);
        let placed = read.and_then(|read| {
            let place = read.sentences.iter().find(|sentence| sentence.span.start == start)?;
            (read.text.get(start..)?.starts_with(sentence)).then_some((read, place))
        });
        let paragraph = placed.and_then(|(_, place)| place.paragraph.as_deref());
        let heading = section.or_else(|| placed.map(|(read, place)| read.heading_of(place)));
        let place = [
            page.map(|page| format!("page {page}")),
            paragraph.map(|number| format!("paragraph {number}")),
            heading.filter(|heading| !heading.is_empty()).map(|name| format!("under “{name}”")),
        ];
        let document = material.case.documents.iter();
        let document = document.into_iter().find(|document| Some(document.path.as_str()) == path);
        Self { sentence, document, place: place.into_iter().flatten().collect() }
    }

    /// Whether the words are the regulator's, or those of a text that the user has added.
    pub fn is_official(&self) -> bool {
        self.document.is_some_and(|document| document.kind != DocumentKind::Digest)
    }

    /// The words: in quotation marks where they are not casebook's own.
    pub fn runs(&self) -> Vec<Run> {
        let words = Run::verbatim(self.sentence);
        if self.is_official() {
            vec![Run::plain("“"), words, Run::plain("”")]
        } else {
            vec![words]
        }
    }

    /// "official notice, page 3, under “Reasons”"; of a digest, whose words these are.
    pub fn attribution(&self) -> String {
        match self.document {
            Some(document) if self.is_official() => {
                [&[document.kind.title().to_owned()], &self.place[..]].concat().join(", ")
            }
            Some(_) => "casebook's digest, not the ICO's own words".to_owned(),
            None => "a document of the case".to_owned(),
        }
    }

    /// The words and their place.
    fn note(&self) -> Paragraph {
        let kind = self.document.map_or("a document of the case", |document| document.kind.title());
        let place = [&[kind.to_owned()], &self.place[..]].concat().join(", ");
        let mut runs = self.runs();
        runs.push(Run::plain(format!(" ({place})")));
        Paragraph::of(runs)
    }
}

/// What a speaker needs to find sentences again: words and places, then documents with address and hash.
pub fn notes(said: &[Evidence<'_>], material: &Material<'_>) -> Vec<Paragraph> {
    let mut documents: Vec<&CaseDocument> = Vec::new();
    for document in said.iter().filter_map(|evidence| evidence.document) {
        if !material.anonymous && !documents.contains(&document) {
            documents.push(document);
        }
    }
    let sources = documents.into_iter().flat_map(|document| source(document, material));
    said.iter().map(Evidence::note).chain(sources).collect()
}

/// Where a document lies; a digest points to the notice and the page that it tells of.
fn source(document: &CaseDocument, material: &Material<'_>) -> Vec<Paragraph> {
    let CaseDocument { path, sha256, kind, address } = document;
    let address = address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
    let own = format!("Source: {}, {path}{address}; SHA-256 {sha256}", kind.title());
    let facts = &material.case.facts;
    let page = facts.page_url.iter().map(|page| format!("The ICO's page: {page}"));
    let hash = facts.pdf_sha256.as_ref().map(|hash| format!("; SHA-256 {hash}"));
    let hash = hash.unwrap_or_default();
    let notice = facts.pdf_url.iter().map(|notice| format!("The ICO's notice: {notice}{hash}"));
    let official = page.chain(notice).filter(|_| *kind == DocumentKind::Digest);
    std::iter::once(own).chain(official).map(Paragraph::plain).collect()
}
