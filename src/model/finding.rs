//! What extraction produces for one document.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Document, DocumentKind, Facts, Provision, Sentence, Stance, most_specific};

/// A category at a sentence: what is said, in which stance, under which provisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Identifier of the category.
    pub category: String,
    /// What the sentence does with it.
    pub stance: Stance,
    /// The evidence, verbatim from the cleaned text.
    pub sentence: String,
    /// First byte of the sentence in the cleaned text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The heading under which it stands.
    pub section: String,
    /// The page on which it begins, counted from 1, where the source has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Provisions cited in the sentence, in canonical form.
    pub provisions: Vec<Provision>,
    /// From 0 to 1: how sure it is that the regulator finds this, by findings of the kind before.
    pub confidence: f64,
    /// How it was found.
    pub method: Method,
}

/// How a finding was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By the cues of the taxonomy.
    Cue,
    /// By an infringed provision that stands for one failure alone, with a sentence beside it that
    /// says that something was not done.
    Provision,
    /// By nearness in meaning to the examples of a category that has no cues ([`crate::semantic`]).
    Semantic,
}

impl Method {
    /// The identifier used in tables and JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cue => "cue",
            Self::Provision => "provision",
            Self::Semantic => "semantic",
        }
    }
}

/// A sentence at its place in the cleaned text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The sentence, verbatim.
    pub sentence: String,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The page on which it begins, counted from 1, where the source has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// A provision at one place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedProvision {
    /// Canonical form, such as `UK GDPR Art 35(1)`.
    pub provision: Provision,
    /// Whether the regulator finds it infringed.
    pub status: ProvisionStatus,
    /// Its address on legislation.gov.uk.
    pub uri: String,
    /// First byte of the citation in the cleaned text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// What a text says of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProvisionStatus {
    /// The regulator finds that it was infringed.
    Infringed,
    /// The regulator weighed it and did not find it infringed.
    Considered,
    /// It is cited and no more.
    Cited,
}

/// Everything extracted from one document: the line that `casebook extract` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The document's path.
    pub document: String,
    /// What the document is.
    pub kind: DocumentKind,
    /// Facts of the case.
    #[serde(flatten)]
    pub facts: Facts,
    /// Categories with at least one finding, sorted.
    pub categories: Vec<String>,
    /// All stances, in the order of the text.
    pub findings: Vec<Finding>,
    /// Categories with at least one finding by meaning, sorted; never among `categories`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories_by_meaning: Vec<String>,
    /// What the regulator asks for, whether or not it belongs to a category.
    pub recommendations: Vec<Passage>,
    /// What the party has done since.
    pub remedies: Vec<Passage>,
    /// What the regulator weighs against the party.
    pub aggravating: Vec<Passage>,
    /// What it weighs for the party.
    pub mitigating: Vec<Passage>,
    /// All provisions, in the order of the text.
    #[serde(rename = "provisions")]
    pub cited: Vec<CitedProvision>,
}

impl Finding {
    /// A sentence as evidence, of no category yet.
    #[must_use]
    pub fn at(document: &Document, sentence: &Sentence) -> Self {
        Self {
            category: String::new(),
            stance: Stance::Finding,
            sentence: document.sentence_text(sentence).to_owned(),
            start: sentence.span.start,
            end: sentence.span.end,
            section: document.heading_of(sentence).to_owned(),
            page: sentence.page,
            provisions: Vec::new(),
            confidence: 0.0,
            method: Method::Cue,
        }
    }

    /// Whether it is at least that sure, or is in another stance, which labels nothing.
    #[must_use]
    pub fn is_as_sure_as(&self, least: f64) -> bool {
        self.stance != Stance::Finding || self.confidence >= least
    }

    /// Whether it was found by meaning: such a finding labels nothing unless somebody asks for it.
    #[must_use]
    pub fn is_by_meaning(&self) -> bool {
        self.method == Method::Semantic
    }
}

/// The categories with at least one finding in the stance of finding, sorted: those that wording or
/// provisions find, and those found by meaning.
pub fn categories<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
) -> (Vec<String>, Vec<String>) {
    let found = findings.into_iter().filter(|finding| finding.stance == Stance::Finding);
    let (by_meaning, stated): (Vec<&Finding>, Vec<&Finding>) =
        found.partition(|finding| finding.is_by_meaning());
    (distinct(&stated), distinct(&by_meaning))
}

fn distinct(findings: &[&Finding]) -> Vec<String> {
    let categories: BTreeSet<&String> = findings.iter().map(|finding| &finding.category).collect();
    categories.into_iter().cloned().collect()
}

impl Record {
    /// Without the findings that are less sure; the categories follow.
    #[must_use]
    pub fn at_least(mut self, least: f64) -> Self {
        self.findings.retain(|finding| finding.is_as_sure_as(least));
        (self.categories, self.categories_by_meaning) = categories(&self.findings);
        self
    }

    /// The provisions found infringed, by the text or by the header, to the part that is named.
    #[must_use]
    pub fn infringed(&self) -> Vec<Provision> {
        let found = self.cited.iter().filter(|cited| cited.status == ProvisionStatus::Infringed);
        most_specific(found.map(|cited| &cited.provision).chain(&self.facts.provisions).cloned())
    }
}
