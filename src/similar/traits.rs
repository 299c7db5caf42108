//! What a case is compared by.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
};

use serde::{Deserialize, Serialize};

use crate::model::{
    ActionType, DocumentKind, PartialDate, Provision, ProvisionStatus, most_specific,
};

/// A case without its sentences; read from the JSON of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Traits {
    /// Its name.
    pub case: String,
    /// The body acted against.
    pub organisation: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Date of the action.
    pub date: Option<PartialDate>,
    /// Kinds of action.
    pub action_types: Vec<ActionType>,
    /// Sector.
    pub sector: Option<String>,
    /// Penalty in pounds.
    pub amount_gbp: Option<u64>,
    /// Page of the regulator's register.
    pub page_url: Option<String>,
    /// Whether the party is a natural person.
    pub individual: bool,
    /// Categories found.
    pub categories: Vec<String>,
    /// Provisions found infringed, to the part that is named.
    pub infringed: Vec<Provision>,
    /// Whether the text of a notice tells it, in the regulator's own manner of writing.
    #[serde(skip_serializing)]
    pub has_notice: bool,
}

/// The fields of a [`crate::model::Case`] that matter here; reading all of it takes four times as long.
#[derive(Deserialize)]
struct Stored {
    case: String,
    organisation: Option<String>,
    title: Option<String>,
    date: Option<PartialDate>,
    action_types: Vec<ActionType>,
    sector: Option<String>,
    amount_gbp: Option<u64>,
    page_url: Option<String>,
    individual: bool,
    categories: Vec<String>,
    provisions: Vec<Cited>,
    stated_provisions: Vec<Provision>,
    documents: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    kind: DocumentKind,
}

#[derive(Deserialize)]
struct Cited {
    provision: Provision,
    status: ProvisionStatus,
}

impl From<Stored> for Traits {
    fn from(stored: Stored) -> Self {
        let cited = stored.provisions.into_iter();
        let found = cited.filter(|cited| cited.status == ProvisionStatus::Infringed);
        let infringed = found.map(|cited| cited.provision).chain(stored.stated_provisions);
        Self {
            case: stored.case,
            organisation: stored.organisation,
            title: stored.title,
            date: stored.date,
            action_types: stored.action_types,
            sector: stored.sector,
            amount_gbp: stored.amount_gbp,
            page_url: stored.page_url,
            individual: stored.individual,
            categories: stored.categories,
            infringed: most_specific(infringed),
            has_notice: stored
                .documents
                .iter()
                .any(|told| matches!(told.kind, DocumentKind::Notice | DocumentKind::Text)),
        }
    }
}

/// The provisions infringed with all that contain them; the GDPR counts as the UK GDPR.
pub fn infringed_keys(case: &Traits) -> BTreeSet<Provision> {
    let uk = case.infringed.iter().map(Provision::as_uk_law);
    uk.flat_map(|provision| provision.with_ancestors()).collect()
}

/// How rare each value is among all cases.
pub struct Rarity<T> {
    cases: f64,
    with: HashMap<T, f64>,
}

impl<T: Eq + Hash + Ord + Clone> Rarity<T> {
    /// Counts in how many cases each value occurs.
    pub fn of(cases: impl Iterator<Item = BTreeSet<T>>) -> Self {
        let mut rarity = Self { cases: 0.0, with: HashMap::new() };
        for values in cases {
            rarity.cases += 1.0;
            for value in values {
                *rarity.with.entry(value).or_default() += 1.0;
            }
        }
        rarity
    }

    /// Inverse document frequency: above 0 even for what every case has.
    fn weight(&self, value: &T) -> f64 {
        (1.0 + self.cases / self.with.get(value).copied().unwrap_or(1.0)).ln()
    }

    /// The weight of what two sets share, as a part of the weight of all they hold: 0 to 1.
    pub fn shared(&self, one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
        let whole: f64 = one.union(other).map(|value| self.weight(value)).sum();
        let shared: f64 = one.intersection(other).map(|value| self.weight(value)).sum();
        if shared > 0.0 { shared / whole } else { 0.0 }
    }

    /// What two sets share, the rarest first.
    pub fn rarest_first(&self, one: &BTreeSet<T>, other: &BTreeSet<T>) -> Vec<T> {
        let mut shared: Vec<T> = one.intersection(other).cloned().collect();
        shared.sort_by(|a, b| self.weight(b).total_cmp(&self.weight(a)));
        shared
    }
}
