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
    /// Identifier of the kind of body (`taxonomy/bodies.toml`).
    pub body: Option<String>,
    /// Whether bodies of that kind are public ones.
    pub public: Option<bool>,
    /// Penalty or fine imposed, in pounds sterling: never a proposed one, never costs.
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
    /// A sentence that tells of an earlier action against the same body, verbatim.
    pub earlier_action: Option<String>,
    /// Provisions that a source names as infringed.
    #[serde(rename = "stated_provisions")]
    pub provisions: Vec<Provision>,
    /// Page of the ICO's register.
    pub page_url: Option<String>,
    /// Further register pages of the same case.
    pub also_page_urls: Vec<String>,
    /// The notice as the ICO published it.
    pub pdf_url: Option<String>,
    /// Further notices of the same case.
    pub also_pdf_urls: Vec<String>,
    /// SHA-256 of the file at `pdf_url`, in lower-case hexadecimal.
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
    ///
    /// A date and its kind, a kind of body and whether it is public, and a file's address and its hash
    /// travel together. An address that does
    /// not lead is kept among the further ones.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let (date, date_kind) = match self.date {
            Some(_) => (self.date, self.date_kind),
            None => (other.date, other.date_kind),
        };
        let (body, public) = match self.body {
            Some(_) => (self.body, self.public),
            None => (other.body, other.public),
        };
        let pages = joined(
            listed(self.page_url, self.also_page_urls),
            listed(other.page_url, other.also_page_urls),
        );
        let (page_url, also_page_urls) = first_and_rest(pages);
        let hash_of = |address: &String| {
            let has_it = |own: &Option<String>| own.as_ref().is_some_and(|own| own == address);
            let own = self.pdf_sha256.clone().filter(|_| has_it(&self.pdf_url));
            own.or_else(|| other.pdf_sha256.clone().filter(|_| has_it(&other.pdf_url)))
        };
        let leading = self.pdf_url.as_ref().or(other.pdf_url.as_ref());
        let pdf_sha256 = match leading {
            Some(address) => hash_of(address),
            None => self.pdf_sha256.clone().or_else(|| other.pdf_sha256.clone()),
        };
        let files = joined(
            listed(self.pdf_url, self.also_pdf_urls),
            listed(other.pdf_url, other.also_pdf_urls),
        );
        let (pdf_url, also_pdf_urls) = first_and_rest(files);
        Self {
            organisation: self.organisation.or(other.organisation),
            also_known_as: joined(self.also_known_as, other.also_known_as),
            individual: self.individual || other.individual,
            title: self.title.or(other.title),
            date,
            date_kind,
            action_types: joined(self.action_types, other.action_types),
            sector: self.sector.or(other.sector),
            body,
            public,
            amount_gbp: self.amount_gbp.or(other.amount_gbp),
            data_subjects: self.data_subjects.or(other.data_subjects),
            messages_sent: self.messages_sent.or(other.messages_sent),
            incident_from: self.incident_from.or(other.incident_from),
            incident_to: self.incident_to.or(other.incident_to),
            reference: self.reference.or(other.reference),
            earlier_action: self.earlier_action.or(other.earlier_action),
            provisions: joined(self.provisions, other.provisions),
            page_url,
            also_page_urls,
            pdf_url,
            also_pdf_urls,
            pdf_sha256,
            id: self.id.or(other.id),
            confidence: self.confidence.or(other.confidence),
            sources: joined(self.sources, other.sources),
        }
    }
}

fn listed(first: Option<String>, rest: Vec<String>) -> Vec<String> {
    first.into_iter().chain(rest).collect()
}

fn first_and_rest(mut all: Vec<String>) -> (Option<String>, Vec<String>) {
    if all.is_empty() {
        return (None, all);
    }
    let first = all.remove(0);
    (Some(first), all)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(page: &str, file: &str) -> Facts {
        Facts { page_url: Some(page.into()), pdf_url: Some(file.into()), ..Facts::default() }
    }

    #[test]
    fn a_date_never_takes_the_kind_of_another() {
        let notice = Facts { date: "2024-07-22".parse().ok(), ..Facts::default() };
        let register = Facts {
            date: "2024-08".parse().ok(),
            date_kind: Some(DateKind::Register),
            ..Facts::default()
        };
        let joined = notice.clone().or(register.clone());
        assert_eq!((joined.date, joined.date_kind), (notice.date, None));
        let joined = Facts::default().or(register.clone());
        assert_eq!((joined.date, joined.date_kind), (register.date, register.date_kind));
    }

    #[test]
    fn no_address_is_lost_and_a_hash_stays_with_its_file() {
        let digest = Facts { pdf_sha256: Some("ab".into()), ..facts("page-1", "file-1") };
        let joined = facts("page-2", "file-2").or(digest.clone());
        assert_eq!(joined.page_url.as_deref(), Some("page-2"));
        assert_eq!(joined.also_page_urls, ["page-1"]);
        assert_eq!(joined.also_pdf_urls, ["file-1"]);
        assert_eq!(joined.pdf_sha256, None);
        let same = facts("page-1", "file-1").or(digest);
        assert_eq!(same.pdf_sha256.as_deref(), Some("ab"));
        assert!(same.also_page_urls.is_empty() && same.also_pdf_urls.is_empty());
    }
}
