//! Verdicts to the usual measures.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Outcome, Subject, Verdict};
use crate::statistics::{Share, f1, f1_interval};

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
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Right => self.true_positives += 1,
            Outcome::Missed => self.false_negatives += 1,
            Outcome::Spurious | Outcome::Wrong => self.false_positives += 1,
        }
    }
}

/// Precision, recall and what they come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// What is labelled.
    pub n: usize,
    /// The counts behind the measures.
    #[serde(flatten)]
    pub counts: Counts,
    /// Share of what was found that is right.
    pub precision: Share,
    /// Share of what is labelled that was found.
    pub recall: Share,
    /// Their harmonic mean.
    pub f1: f64,
    /// Its interval, by [`f1_interval`].
    pub f1_interval: [f64; 2],
}

impl Score {
    /// The measures of some verdicts.
    pub fn of<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> Self {
        let mut counts = Counts::default();
        verdicts.into_iter().for_each(|verdict| counts.add(verdict.outcome));
        Self::from(counts)
    }
}

/// The measures of provisions down to the article, section or regulation only: "Article 33(1)" found
/// for "Article 33" is right.
pub fn by_article(verdicts: &[Verdict]) -> Score {
    let mut articles: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.subject == Subject::Provision) {
        let article = verdict.name.split('(').next().unwrap_or_default();
        let (found, labelled) = articles.entry((&verdict.document, article)).or_default();
        *found |= verdict.outcome != Outcome::Missed;
        *labelled |= matches!(verdict.outcome, Outcome::Right | Outcome::Missed);
    }
    let mut counts = Counts::default();
    for agreement in articles.into_values() {
        counts.add(match agreement {
            (true, true) => Outcome::Right,
            (false, _) => Outcome::Missed,
            (true, false) => Outcome::Spurious,
        });
    }
    Score::from(counts)
}

impl From<Counts> for Score {
    fn from(counts: Counts) -> Self {
        let Counts { true_positives, false_positives, false_negatives } = counts;
        let precision = Share::wilson(true_positives, true_positives + false_positives);
        let recall = Share::wilson(true_positives, true_positives + false_negatives);
        Self {
            n: true_positives + false_negatives,
            counts,
            precision,
            recall,
            f1: f1(precision.value, recall.value),
            f1_interval: f1_interval(true_positives, false_positives + false_negatives),
        }
    }
}

/// The measures of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryScore {
    /// Its identifier.
    pub category: String,
    /// Its measures; `n` is the number of documents that carry the label.
    #[serde(flatten)]
    pub score: Score,
}

/// The measures of all labels.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelScores {
    /// By category, those that occur, in alphabetical order.
    pub categories: Vec<CategoryScore>,
    /// Over all labels together.
    pub micro: CategoryScore,
    /// Mean F1 of the categories that at least one document carries.
    pub macro_f1: f64,
}

/// The measures of the labels among some verdicts.
pub fn label_scores<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> LabelScores {
    let labels: Vec<&Verdict> =
        verdicts.into_iter().filter(|verdict| verdict.subject == Subject::Label).collect();
    let mut by_category: BTreeMap<&str, Counts> = BTreeMap::new();
    for label in &labels {
        by_category.entry(&label.name).or_default().add(label.outcome);
    }
    let score = |(category, counts): (&str, Counts)| CategoryScore {
        category: category.to_owned(),
        score: Score::from(counts),
    };
    let categories: Vec<CategoryScore> = by_category.into_iter().map(score).collect();
    let carried = || categories.iter().filter(|category| category.score.n > 0);
    let sum: f64 = carried().map(|category| category.score.f1).sum();
    LabelScores {
        macro_f1: sum / carried().count().max(1) as f64,
        micro: CategoryScore { category: "all".to_owned(), score: Score::of(labels) },
        categories,
    }
}

/// How often a fact was right, of the documents whose labels state it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactScore {
    /// The name of the fact.
    pub fact: String,
    /// Documents whose labels state it.
    pub n: usize,
    /// Share of those in which it was extracted rightly.
    pub accuracy: Share,
}

/// The facts among some verdicts, in the order of `names`; those that no label states are left out.
pub fn fact_scores(
    verdicts: &[Verdict],
    names: impl Iterator<Item = &'static str>,
) -> Vec<FactScore> {
    names
        .filter_map(|name| {
            let (right, n) = right(verdicts, |v| v.subject == Subject::Fact && v.name == name);
            let accuracy = Share::wilson(right, n);
            (n > 0).then(|| FactScore { fact: name.to_owned(), n, accuracy })
        })
        .collect()
}

/// The share of near misses that were taken for findings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearMissScore {
    /// Near misses that the labels name.
    pub n: usize,
    /// Those whose sentence was taken for a finding of that category.
    pub taken: usize,
    /// Their share.
    pub share: Share,
}

impl NearMissScore {
    /// That of some verdicts.
    pub fn of(verdicts: &[Verdict]) -> Self {
        let (avoided, n) = right(verdicts, |verdict| verdict.subject == Subject::NearMiss);
        Self { n, taken: n - avoided, share: Share::wilson(n - avoided, n) }
    }
}

fn right(verdicts: &[Verdict], is_meant: impl Fn(&Verdict) -> bool) -> (usize, usize) {
    let meant: Vec<&Verdict> = verdicts.iter().filter(|verdict| is_meant(verdict)).collect();
    (meant.iter().filter(|verdict| !verdict.is_error()).count(), meant.len())
}

/// The verdicts on some documents.
pub fn of_documents<'a>(
    verdicts: &'a [Verdict],
    documents: &BTreeSet<&str>,
) -> impl Iterator<Item = &'a Verdict> {
    verdicts.iter().filter(move |verdict| documents.contains(verdict.document.as_str()))
}
