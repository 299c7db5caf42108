//! Who, when, how much: what is known about a case apart from what failed.

use serde::{Deserialize, Serialize};

use super::{ActionType, DateKind, PartialDate, Provision};

/// The facts of a case, each present only where a source states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The body acted against.
    pub organisation: Option<String>,
    /// Trading names, former names and abbreviations.
    pub also_known_as: Vec<String>,
    /// Whether the party is a natural person (a sole trader, a person prosecuted).
    pub individual: bool,
    /// A headline.
    pub title: Option<String>,
    /// Date of the action.
    pub date: Option<PartialDate>,
    /// Which date that is.
    pub date_kind: Option<DateKind>,
    /// The kinds of action taken.
    pub action_types: Vec<ActionType>,
    /// Identifier of the sector (`taxonomy/sectors.toml`).
    pub sector: Option<String>,
    /// Penalty imposed, in pounds sterling (never a proposed one).
    pub amount_gbp: Option<u64>,
    /// People whose data was affected.
    pub data_subjects: Option<u64>,
    /// Marketing calls, texts or emails sent.
    pub messages_sent: Option<u64>,
    /// When the failing or incident began.
    pub incident_from: Option<PartialDate>,
    /// When it ended.
    pub incident_to: Option<PartialDate>,
    /// The ICO's case reference.
    pub reference: Option<String>,
    /// Provisions that a source names as infringed.
    #[serde(rename = "stated_provisions")]
    pub provisions: Vec<Provision>,
    /// Page of the ICO's register.
    pub page_url: Option<String>,
    /// Further register pages of the same case.
    pub also_page_urls: Vec<String>,
    /// The notice as the ICO published it.
    pub pdf_url: Option<String>,
    /// SHA-256 of that file, in lower-case hexadecimal.
    pub pdf_sha256: Option<String>,
    /// Identifier in a compiled list of cases.
    pub id: Option<String>,
    /// How well the facts are founded.
    pub confidence: Option<Confidence>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
}

impl Facts {
    /// These facts, with what they leave open taken from others; lists are joined.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            organisation: self.organisation.or(other.organisation),
            also_known_as: joined(self.also_known_as, other.also_known_as),
            individual: self.individual || other.individual,
            title: self.title.or(other.title),
            date: self.date.or(other.date),
            date_kind: self.date_kind.or(other.date_kind),
            action_types: joined(self.action_types, other.action_types),
            sector: self.sector.or(other.sector),
            amount_gbp: self.amount_gbp.or(other.amount_gbp),
            data_subjects: self.data_subjects.or(other.data_subjects),
            messages_sent: self.messages_sent.or(other.messages_sent),
            incident_from: self.incident_from.or(other.incident_from),
            incident_to: self.incident_to.or(other.incident_to),
            reference: self.reference.or(other.reference),
            provisions: joined(self.provisions, other.provisions),
            page_url: self.page_url.or(other.page_url),
            also_page_urls: joined(self.also_page_urls, other.also_page_urls),
            pdf_url: self.pdf_url.or(other.pdf_url),
            pdf_sha256: self.pdf_sha256.or(other.pdf_sha256),
            id: self.id.or(other.id),
            confidence: self.confidence.or(other.confidence),
            sources: joined(self.sources, other.sources),
        }
    }
}

fn joined<T: PartialEq>(mut list: Vec<T>, others: Vec<T>) -> Vec<T> {
    for other in others {
        if !list.contains(&other) {
            list.push(other);
        }
    }
    list
}

/// How well the facts of a digest are founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// An official text, or two independent sources that agree.
    High,
    /// One good source.
    Medium,
    /// An unofficial or thin source.
    Low,
}

/// A place that states a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who says it.
    pub name: String,
    /// Its address.
    pub url: String,
}
