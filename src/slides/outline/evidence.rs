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
        let kind = match self.document {
            Some(document) if self.is_official() => document.kind.title(),
            Some(_) => "casebook's digest of the case, not the ICO's own words",
            None => "a document of the case",
        };
        [&[kind.to_owned()], &self.place[..]].concat().join(", ")
    }

    /// What the speaker needs to find it again: words, place, address, hash.
    pub fn note(&self, material: &Material<'_>) -> Paragraph {
        let mut runs = self.runs();
        runs.push(Run::plain(format!(" ({}", self.attribution())));
        if let Some(document) = self.document.filter(|_| !material.anonymous) {
            runs.push(Run::plain(format!("; {}", document.path)));
            if let Some(address) = material.address_of(document) {
                runs.push(Run::plain(format!("; {address}")));
            }
            runs.push(Run::plain(format!("; SHA-256 {}", document.sha256)));
        }
        runs.push(Run::plain(")"));
        Paragraph::of(runs)
    }
}
