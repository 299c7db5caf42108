//! Facts as labelled and as extracted.

use super::{
    Gold,
    verdict::{Outcome, Subject, Verdict},
};
use crate::model::Record;

/// A labelled fact beside what was found.
struct Compared {
    labelled: String,
    found: Option<String>,
    is_right: bool,
}

/// Nothing where the label does not state the fact.
type Check = fn(&Gold, &Record) -> Option<Compared>;

/// The facts in the order in which reports list them.
const CHECKS: [(&str, Check); 10] = [
    ("organisation", |gold, record| {
        let labelled = gold.organisation.clone()?;
        let found = record.facts.organisation.clone();
        let is_right = found.as_deref().is_some_and(|name| same_name(&labelled, name));
        Some(Compared { labelled, found, is_right })
    }),
    ("action type", |gold, record| {
        let labelled = gold.action_type.clone()?;
        let found: Vec<&str> = record.facts.action_types.iter().map(|a| a.id()).collect();
        let is_right = found.contains(&labelled.as_str());
        Some(Compared { labelled, found: listed(&found), is_right })
    }),
    ("date", |gold, record| equal(gold.date, record.facts.date)),
    ("amount", |gold, record| equal(gold.amount_gbp, record.facts.amount_gbp)),
    ("sector", |gold, record| equal(gold.sector.as_ref(), record.facts.sector.as_ref())),
    ("people affected", |gold, record| equal(gold.data_subjects, record.facts.data_subjects)),
    ("incident from", |gold, record| equal(gold.incident_from, record.facts.incident_from)),
    ("incident to", |gold, record| equal(gold.incident_to, record.facts.incident_to)),
    ("messages sent", |gold, record| equal(gold.messages_sent, record.facts.messages_sent)),
    ("also known as", |gold, record| {
        let labelled = gold.also_known_as.as_ref().filter(|names| !names.is_empty())?;
        let found = &record.facts.also_known_as;
        let mut all = labelled.iter();
        let is_right = all.all(|name| found.iter().any(|other| same_name(name, other)));
        Some(Compared { labelled: labelled.join("; "), found: listed(found), is_right })
    }),
];

/// The names of all facts that are compared.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(name, _)| *name)
}

/// One verdict for each fact that the label states.
pub fn verdicts(gold: &Gold, record: &Record) -> Vec<Verdict> {
    let compared = CHECKS.iter().filter_map(|(name, check)| Some((*name, check(gold, record)?)));
    compared
        .map(|(name, compared)| {
            let outcome = match &compared.found {
                _ if compared.is_right => Outcome::Right,
                None => Outcome::Missed,
                Some(_) => Outcome::Wrong,
            };
            let context = if compared.is_right { Vec::new() } else { compared.in_words() };
            gold.verdict(Subject::Fact, name, outcome, context)
        })
        .collect()
}

impl Compared {
    fn in_words(&self) -> Vec<String> {
        let found = self.found.as_ref().map(|found| format!("found: {found}"));
        [format!("labelled: {}", self.labelled)].into_iter().chain(found).collect()
    }
}

fn equal<T: PartialEq + ToString>(labelled: Option<T>, found: Option<T>) -> Option<Compared> {
    let labelled = labelled?;
    Some(Compared {
        labelled: labelled.to_string(),
        is_right: found.as_ref() == Some(&labelled),
        found: found.map(|found| found.to_string()),
    })
}

fn listed<T: AsRef<str>>(names: &[T]) -> Option<String> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn same_name(a: &str, b: &str) -> bool {
    let key = |name: &str| {
        name.to_lowercase().replace("limited", "ltd").replace(|c: char| !c.is_alphanumeric(), "")
    };
    let (a, b) = (key(a), key(b));
    a.contains(&b) || b.contains(&a)
}
