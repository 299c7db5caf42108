//! All measures over a set of labelled documents.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Labelled, Verdict,
    calibration::{Calibration, calibration},
    evidence::{self, EvidenceScore},
    facts,
    score::{
        CategoryScore, FactScore, NearMissScore, Score, by_article, fact_scores, label_scores,
        of_documents,
    },
    verdict::{Subject, verdicts},
};
use crate::{model::Record, statistics::Share};

/// Raised whenever the form of a report as JSON changes.
pub const FORM: u32 = 1;

/// Everything that `casebook evaluate --format json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`FORM`].
    pub form: u32,
    /// Number of documents.
    pub documents: usize,
    /// By category, those that occur, in alphabetical order.
    pub categories: Vec<CategoryScore>,
    /// By kind of document.
    pub kinds: Vec<GroupScore>,
    /// By folder of labels.
    pub folders: Vec<GroupScore>,
    /// Over all labels together.
    pub micro: CategoryScore,
    /// Mean F1 of the categories that at least one document carries.
    pub macro_f1: f64,
    /// Near misses taken for findings.
    pub near_misses: NearMissScore,
    /// The sentences.
    #[serde(flatten)]
    pub evidence: EvidenceScore,
    /// Provisions found infringed.
    pub provisions: Score,
    /// Precision of those.
    pub provision_precision: Share,
    /// Recall of those.
    pub provision_recall: Share,
    /// The same down to the article, section or regulation only.
    pub provisions_by_article: Score,
    /// Facts that some label states.
    pub facts: Vec<FactScore>,
    /// Whether confidences are what they say.
    pub calibration: Calibration,
    /// Names of the documents, in the order in which they were read.
    pub names: Vec<String>,
    /// Every label, provision, fact and near miss, and how person and program agree on it.
    pub verdicts: Vec<Verdict>,
}

/// The measures of the labels of a group of documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupScore {
    /// What the documents have in common.
    pub name: String,
    /// Number of documents.
    pub documents: usize,
    /// Over all their labels together.
    #[serde(flatten)]
    pub score: Score,
}

/// Compares records with the labels of the same documents.
#[must_use]
pub fn report(pairs: &[(Labelled, Record)]) -> Report {
    let verdicts: Vec<Verdict> =
        pairs.iter().flat_map(|(labelled, record)| verdicts(labelled, record)).collect();
    let labels = label_scores(&verdicts);
    let provisions = Score::of(verdicts.iter().filter(|v| v.subject == Subject::Provision));
    Report {
        form: FORM,
        documents: pairs.len(),
        categories: labels.categories,
        kinds: grouped(pairs, &verdicts, |(_, record)| record.kind.title().to_owned()),
        folders: grouped(pairs, &verdicts, |(labelled, _)| labelled.folder.clone()),
        micro: labels.micro,
        macro_f1: labels.macro_f1,
        near_misses: NearMissScore::of(&verdicts),
        evidence: evidence::score(pairs),
        provisions_by_article: by_article(&verdicts),
        provision_precision: provisions.precision,
        provision_recall: provisions.recall,
        provisions,
        facts: fact_scores(&verdicts, facts::names()),
        calibration: calibration(pairs),
        names: pairs.iter().map(|(labelled, _)| labelled.gold.slug.clone()).collect(),
        verdicts,
    }
}

/// One score for each group, in the order in which they occur.
fn grouped(
    pairs: &[(Labelled, Record)],
    verdicts: &[Verdict],
    group_of: impl Fn(&(Labelled, Record)) -> String,
) -> Vec<GroupScore> {
    let mut groups: Vec<(String, BTreeSet<&str>)> = Vec::new();
    for pair in pairs {
        let (name, slug) = (group_of(pair), pair.0.gold.slug.as_str());
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, slugs)) => {
                slugs.insert(slug);
            }
            None => groups.push((name, BTreeSet::from([slug]))),
        }
    }
    let score = |(name, slugs): (String, BTreeSet<&str>)| {
        let score = label_scores(of_documents(verdicts, &slugs)).micro.score;
        GroupScore { name, documents: slugs.len(), score }
    };
    groups.into_iter().map(score).collect()
}

impl Report {
    /// The verdicts that are worth a line in a list kept under version control: all but the near
    /// misses by which the program was not fooled.
    #[must_use]
    pub fn lines(&self) -> BTreeSet<String> {
        let listed =
            self.verdicts.iter().filter(|v| v.is_error() || v.subject != Subject::NearMiss);
        listed.map(Verdict::line).collect()
    }
}
