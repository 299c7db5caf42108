//! A case: the actions against one party on one set of facts, with all that was read about it.

use serde::{Deserialize, Serialize};

use super::{
    ActionType, CitedProvision, DocumentKind, Facts, Finding, Passage, Provision, ProvisionStatus,
    Stance, categories, most_specific,
};

/// One case as `casebook show --format json` prints it and the index stores it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Readable, unique and stable name.
    pub case: String,
    /// Facts from the leading document.
    #[serde(flatten)]
    pub facts: Facts,
    /// Categories with at least one finding, sorted.
    pub categories: Vec<String>,
    /// Categories of the user's own with at least one finding by meaning, sorted; never among
    /// `categories`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories_by_meaning: Vec<String>,
    /// All stances of all documents.
    pub findings: Vec<CaseFinding>,
    /// What the regulator asks for, from all documents.
    pub recommendations: Vec<Passage>,
    /// What the party has done since, from all documents.
    pub remedies: Vec<Passage>,
    /// What the regulator weighs against the party.
    pub aggravating: Vec<Passage>,
    /// What it weighs for the party.
    pub mitigating: Vec<Passage>,
    /// All provisions of all documents, each once, the strongest status kept.
    #[serde(rename = "provisions")]
    pub cited: Vec<CitedProvision>,
    /// The documents that tell the case, the leading one first.
    pub documents: Vec<CaseDocument>,
    /// The text that is searched.
    #[serde(skip)]
    pub text: String,
}

/// A finding with the document in which it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFinding {
    /// What is found.
    #[serde(flatten)]
    pub finding: Finding,
    /// Path of the document whose cleaned text the offsets count.
    pub document: String,
}

/// A document of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDocument {
    /// Its path in the corpus.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Where it was published, where it is an official text that states its address.
    #[serde(default)]
    pub address: Option<String>,
}

impl Case {
    /// Without the findings that are less sure; the categories follow.
    #[must_use]
    pub fn at_least(mut self, least: f64) -> Self {
        self.findings.retain(|found| found.finding.is_as_sure_as(least));
        (self.categories, self.categories_by_meaning) =
            categories(self.findings.iter().map(|found| &found.finding));
        self
    }

    /// The organisation, or a phrase that says that no source names it.
    #[must_use]
    pub fn organisation(&self) -> &str {
        self.facts.organisation.as_deref().unwrap_or("(organisation not named)")
    }

    /// The headline, or else the organisation.
    #[must_use]
    pub fn title(&self) -> &str {
        self.facts.title.as_deref().unwrap_or_else(|| self.organisation())
    }

    /// Findings in one stance, in the order of the text, without those by meaning.
    pub fn in_stance(&self, stance: Stance) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .map(|found| &found.finding)
            .filter(move |finding| finding.stance == stance && !finding.is_by_meaning())
    }

    /// The provisions found infringed, by a text or a header, to the part that is named.
    #[must_use]
    pub fn infringed(&self) -> Vec<Provision> {
        let found = self.cited.iter().filter(|cited| cited.status == ProvisionStatus::Infringed);
        most_specific(found.map(|cited| &cited.provision).chain(&self.facts.provisions).cloned())
    }

    /// "reprimand", "monetary penalty and enforcement notice".
    #[must_use]
    pub fn actions_in_words(&self) -> String {
        let titles: Vec<&str> =
            self.facts.action_types.iter().map(|a: &ActionType| a.title()).collect();
        titles.join(" and ")
    }
}
