//! Counts hits and errors and turns them into the usual measures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Gold, Labelled};
use crate::{
    model::{Document, Provision, Record, Stance, most_specific},
    statistics::{Share, f1},
};

/// Hits, false alarms and misses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Found and right.
    pub true_positives: usize,
    /// Found and wrong.
    pub false_positives: usize,
    /// Not found.
    pub false_negatives: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.true_positives += other.true_positives;
        self.false_positives += other.false_positives;
        self.false_negatives += other.false_negatives;
    }

    /// Share of what was found that is right.
    #[must_use]
    pub fn precision(self) -> Share {
        Share::wilson(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Share of what is there that was found.
    #[must_use]
    pub fn recall(self) -> Share {
        Share::wilson(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Harmonic mean of both.
    #[must_use]
    pub fn f1(self) -> f64 {
        f1(self.precision().value, self.recall().value)
    }
}

/// The measures of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryScore {
    /// Its identifier.
    pub category: String,
    /// Documents that carry the label.
    pub n: usize,
    /// The counts behind the measures.
    #[serde(flatten)]
    pub counts: Counts,
    /// Precision with its interval.
    pub precision: Share,
    /// Recall with its interval.
    pub recall: Share,
    /// Their harmonic mean.
    pub f1: f64,
}

/// How often a fact was right, of the documents whose labels state it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactScore {
    /// The name of the fact.
    pub fact: &'static str,
    /// Documents whose labels state it.
    pub n: usize,
    /// Share of those in which it was extracted rightly.
    pub accuracy: Share,
}

/// A label on which program and person differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelError {
    /// Name of the document.
    pub document: String,
    /// The category.
    pub category: String,
    /// Which way they differ.
    pub kind: ErrorKind,
    /// The sentences that misled the program, or those that it missed.
    pub sentences: Vec<String>,
}

/// Which way program and person differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// Found, but not labelled.
    Spurious,
    /// Labelled, but not found.
    Missed,
}

/// All measures over a set of labelled documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Number of documents.
    pub documents: usize,
    /// By category, those that occur, in alphabetical order.
    pub categories: Vec<CategoryScore>,
    /// Over all labels together.
    pub micro: CategoryScore,
    /// Mean F1 of the categories that at least one document carries.
    pub macro_f1: f64,
    /// Share of findings that stand verbatim at their offsets; anything below 1 is a fault.
    pub verbatim: Share,
    /// Of the findings in rightly found categories, the share whose sentence is among the labelled
    /// evidence: a lower bound, since labels name at most four sentences.
    pub evidence_precision: Share,
    /// Provisions found infringed.
    pub provisions: Counts,
    /// Precision of those.
    pub provision_precision: Share,
    /// Recall of those.
    pub provision_recall: Share,
    /// Facts.
    pub facts: Vec<FactScore>,
    /// Every difference.
    pub errors: Vec<LabelError>,
}

/// Compares records with the labels of the same documents, in the same order.
#[must_use]
pub fn report(pairs: &[(Labelled, Record)]) -> Report {
    let mut by_category: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut evidence = (0, 0);
    let mut verbatim = (0, 0);
    let mut provisions = Counts::default();
    for (labelled, record) in pairs {
        for (category, counts) in compare(&labelled.gold, record) {
            by_category.entry(category).or_default().add(counts);
        }
        add_pair(&mut verbatim, count_verbatim(&labelled.document, record));
        add_pair(&mut evidence, count_evidence(&labelled.gold, record));
        provisions.add(compare_provisions(&labelled.gold, record));
    }
    let mut all = Counts::default();
    by_category.values().for_each(|counts| all.add(*counts));
    let categories: Vec<CategoryScore> = by_category
        .into_iter()
        .map(|(category, counts)| category_score(category, counts))
        .collect();
    let carried: Vec<f64> =
        categories.iter().filter(|score| score.n > 0).map(|score| score.f1).collect();
    Report {
        documents: pairs.len(),
        macro_f1: carried.iter().sum::<f64>() / carried.len().max(1) as f64,
        categories,
        micro: category_score("all", all),
        verbatim: Share::wilson(verbatim.0, verbatim.1),
        evidence_precision: Share::wilson(evidence.0, evidence.1),
        provisions,
        provision_precision: provisions.precision(),
        provision_recall: provisions.recall(),
        facts: fact_scores(pairs),
        errors: pairs
            .iter()
            .flat_map(|(labelled, record)| errors(&labelled.gold, record))
            .collect(),
    }
}

/// One line a label: `= document category` where found rightly, `-` where missed, `+` where spurious.
#[must_use]
pub fn verdicts(pairs: &[(Labelled, Record)]) -> BTreeSet<String> {
    pairs
        .iter()
        .flat_map(|(labelled, record)| {
            compare(&labelled.gold, record).into_iter().map(|(category, counts)| {
                let mark = match (counts.true_positives, counts.false_positives) {
                    (1, _) => '=',
                    (_, 1) => '+',
                    _ => '-',
                };
                format!("{mark} {} {category}", labelled.gold.slug)
            })
        })
        .collect()
}

fn add_pair(sum: &mut (usize, usize), (hits, all): (usize, usize)) {
    sum.0 += hits;
    sum.1 += all;
}

fn category_score(category: &str, counts: Counts) -> CategoryScore {
    CategoryScore {
        category: category.to_owned(),
        n: counts.true_positives + counts.false_negatives,
        counts,
        precision: counts.precision(),
        recall: counts.recall(),
        f1: counts.f1(),
    }
}

/// One count for each category that is labelled with certainty or found; unsure labels are left out.
fn compare<'a>(gold: &'a Gold, record: &'a Record) -> Vec<(&'a str, Counts)> {
    let found: BTreeSet<&str> = record.categories.iter().map(String::as_str).collect();
    let labelled: BTreeSet<&str> = gold.labels.keys().map(String::as_str).collect();
    found
        .union(&labelled)
        .filter(|category| gold.labels.get(**category).is_none_or(|label| label.sure))
        .map(|category| {
            let counts = Counts {
                true_positives: usize::from(
                    found.contains(category) && labelled.contains(category),
                ),
                false_positives: usize::from(!labelled.contains(category)),
                false_negatives: usize::from(!found.contains(category)),
            };
            (*category, counts)
        })
        .collect()
}

fn count_verbatim(document: &Document, record: &Record) -> (usize, usize) {
    let hits = record
        .findings
        .iter()
        .filter(|f| document.text.get(f.start..f.end) == Some(f.sentence.as_str()));
    (hits.count(), record.findings.len())
}

fn count_evidence(gold: &Gold, record: &Record) -> (usize, usize) {
    let judged = record
        .findings
        .iter()
        .filter(|f| f.stance == Stance::Finding)
        .filter_map(|f| gold.labels.get(&f.category).map(|label| (label, f)));
    let (mut hits, mut all) = (0, 0);
    for (label, finding) in judged {
        all += 1;
        hits +=
            usize::from(label.evidence.iter().any(|evidence| is_same(evidence, &finding.sentence)));
    }
    (hits, all)
}

/// Whether most words of the shorter text occur in the longer one.
fn is_same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> { crate::taxonomy::split_words(text).collect() };
    let (a, b) = (words(a), words(b));
    let shorter = a.len().min(b.len()).max(1);
    a.intersection(&b).count() * 10 >= shorter * 8
}

fn compare_provisions(gold: &Gold, record: &Record) -> Counts {
    let labelled: BTreeSet<Provision> =
        most_specific(gold.canonical_provisions()).into_iter().collect();
    let found: BTreeSet<Provision> = record.infringed().into_iter().collect();
    Counts {
        true_positives: found.intersection(&labelled).count(),
        false_positives: found.difference(&labelled).count(),
        false_negatives: labelled.difference(&found).count(),
    }
}

type FactCheck = fn(&Gold, &Record) -> Option<bool>;

fn fact_scores(pairs: &[(Labelled, Record)]) -> Vec<FactScore> {
    let checks: [(&'static str, FactCheck); 10] = [
        ("organisation", |gold, record| {
            let gold = gold.organisation.as_deref()?;
            Some(record.facts.organisation.as_deref().is_some_and(|name| same_name(gold, name)))
        }),
        ("action type", |gold, record| {
            let gold = gold.action_type.as_deref()?;
            Some(record.facts.action_types.iter().any(|action| action.id() == gold))
        }),
        ("date", |gold, record| gold.date.map(|date| record.facts.date == Some(date))),
        ("amount", |gold, record| gold.amount_gbp.map(|sum| record.facts.amount_gbp == Some(sum))),
        ("sector", |gold, record| {
            gold.sector.as_ref().map(|s| record.facts.sector.as_ref() == Some(s))
        }),
        ("people affected", |gold, record| {
            gold.data_subjects.map(|people| record.facts.data_subjects == Some(people))
        }),
        ("messages sent", |gold, record| {
            gold.messages_sent.map(|count| record.facts.messages_sent == Some(count))
        }),
        ("incident from", |gold, record| {
            gold.incident_from.map(|date| record.facts.incident_from == Some(date))
        }),
        ("incident to", |gold, record| {
            gold.incident_to.map(|date| record.facts.incident_to == Some(date))
        }),
        ("other names", |gold, record| {
            let found =
                |name: &String| record.facts.also_known_as.iter().any(|n| same_name(name, n));
            (!gold.also_known_as.is_empty()).then(|| gold.also_known_as.iter().all(found))
        }),
    ];
    checks
        .into_iter()
        .map(|(fact, check)| {
            let results: Vec<bool> = pairs.iter().filter_map(|(l, r)| check(&l.gold, r)).collect();
            let right = results.iter().filter(|right| **right).count();
            FactScore { fact, n: results.len(), accuracy: Share::wilson(right, results.len()) }
        })
        .collect()
}

fn same_name(a: &str, b: &str) -> bool {
    let key = |name: &str| {
        name.to_lowercase().replace("limited", "ltd").replace(|c: char| !c.is_alphanumeric(), "")
    };
    let (a, b) = (key(a), key(b));
    a.contains(&b) || b.contains(&a)
}

fn errors(gold: &Gold, record: &Record) -> Vec<LabelError> {
    let wrong = compare(gold, record).into_iter().filter(|(_, counts)| counts.true_positives == 0);
    wrong
        .map(|(category, counts)| {
            let (kind, sentences) = if counts.false_positives > 0 {
                let found = record
                    .findings
                    .iter()
                    .filter(|f| f.stance == Stance::Finding && f.category == category);
                (ErrorKind::Spurious, found.map(|f| f.sentence.clone()).collect())
            } else {
                (ErrorKind::Missed, gold.labels[category].evidence.clone())
            };
            LabelError {
                document: gold.slug.clone(),
                category: category.to_owned(),
                kind,
                sentences,
            }
        })
        .collect()
}
