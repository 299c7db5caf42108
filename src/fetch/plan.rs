//! Which of the found items are fetched, in which order, and how long that takes.

use std::{cmp::Reverse, collections::BTreeMap, time::Duration};

use super::{Found, ItemKind, SourceName, Store};
use crate::model::{ActionType, PartialDate};

/// What a user wants of all that is found.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Kinds of action; with no kind of anything named, everything is wanted.
    pub actions: Vec<ActionType>,
    /// Audits.
    pub audits: bool,
    /// Guidance.
    pub guidance: bool,
    /// Items dated before are left out, where their date is known.
    pub since: Option<PartialDate>,
    /// At most so many pages.
    pub limit: Option<usize>,
    /// Only what is not stored, or is listed with another stamp than before.
    pub new_only: bool,
}

impl Wanted {
    fn everything(&self) -> bool {
        self.actions.is_empty() && !self.audits && !self.guidance
    }

    /// Whether an item is wanted; one of unknown kind of action or date is, and one that the user
    /// has listed.
    #[must_use]
    pub fn wants(&self, found: &Found) -> bool {
        if found.by.contains(&SourceName::OwnList) {
            return true;
        }
        let listed = &found.listed;
        let of_kind = match found.kind {
            ItemKind::Document => true,
            ItemKind::Audit => self.audits || self.everything(),
            ItemKind::Guidance => self.guidance || self.everything(),
            ItemKind::Action => {
                self.everything()
                    || (!self.actions.is_empty() && listed.action_types.is_empty())
                    || listed.action_types.iter().any(|action| self.actions.contains(action))
            }
        };
        of_kind && listed.date.is_none_or(|date| date.may_lie_in(self.since, None))
    }
}

/// The items to ask for, actions first and the newest of them before the others.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// To be asked for.
    pub items: Vec<Found>,
    /// Wanted, but stored and not listed as changed.
    pub skipped: usize,
    /// Documents that their pages are likely to link to.
    pub documents: usize,
}

impl Plan {
    /// Chooses from what was found.
    #[must_use]
    pub fn new(found: &BTreeMap<String, Found>, wanted: &Wanted, store: &Store) -> Self {
        let wanted_items: Vec<&Found> = found.values().filter(|f| wanted.wants(f)).collect();
        let due = |found: &&&Found| !wanted.new_only || is_due(found, store);
        let mut items: Vec<Found> =
            wanted_items.iter().filter(due).map(|found| (*found).clone()).collect();
        let skipped = wanted_items.len() - items.len();
        items.sort_by_key(|found| {
            (
                found.kind,
                Reverse(found.listed.date.map(PartialDate::earliest)),
                found.address.clone(),
            )
        });
        items.truncate(wanted.limit.unwrap_or(usize::MAX));
        let documents = items.iter().filter(|item| item.kind < ItemKind::Guidance).count();
        Self { items, skipped, documents }
    }

    /// How long it takes with that time between two requests, jitter included.
    #[must_use]
    pub fn duration(&self, gap: Duration) -> Duration {
        let requests = u32::try_from(self.items.len() + self.documents).unwrap_or(u32::MAX);
        gap.mul_f64(1.125).saturating_mul(requests)
    }

    /// How many items of a kind are planned.
    #[must_use]
    pub fn of_kind(&self, kind: ItemKind) -> usize {
        self.items.iter().filter(|item| item.kind == kind).count()
    }
}

/// Whether an item is not stored, or its listing has another stamp than when it was.
fn is_due(found: &Found, store: &Store) -> bool {
    let Some(item) = store.items().get(&found.address) else { return true };
    found.listed.changed.is_some() && found.listed.changed != item.changed
}
