//! Whether the sentences are the right ones.

use serde::Serialize;

use super::{
    Labelled,
    verdict::{findings, is_same},
};
use crate::{
    model::{Finding, Record, Stance},
    statistics::Share,
};

/// Measures of the sentences that findings rest on. Labels name at most four sentences, so that all
/// but the first are lower bounds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceScore {
    /// Findings of any stance that stand verbatim at their offsets; anything below 1 is a fault.
    pub verbatim: Share,
    /// Of the findings in rightly found categories, those whose sentence is labelled evidence.
    pub evidence_precision: Share,
    /// Of the labels, those of which at least one labelled sentence was found.
    pub evidence_recall: Share,
    /// Of the rightly found categories, those whose surest sentence, which a user sees first, is
    /// labelled evidence.
    pub best_evidence_precision: Share,
}

/// Hits, and what could have been one.
#[derive(Default)]
struct Tally(usize, usize);

impl Tally {
    fn add(&mut self, hit: bool) {
        self.0 += usize::from(hit);
        self.1 += 1;
    }

    fn share(&self) -> Share {
        Share::wilson(self.0, self.1)
    }
}

/// The measures over all documents; labels that are not sure are left out.
pub fn score(pairs: &[(Labelled, Record)]) -> EvidenceScore {
    let [mut verbatim, mut precision, mut recall, mut best]: [Tally; 4] = Default::default();
    for (labelled, record) in pairs {
        let text = &labelled.document.text;
        for finding in &record.findings {
            verbatim.add(text.get(finding.start..finding.end) == Some(finding.sentence.as_str()));
        }
        for (category, label) in labelled.gold.labels.iter().filter(|(_, label)| label.sure) {
            let is_labelled =
                |finding: &Finding| label.evidence.iter().any(|e| is_same(e, &finding.sentence));
            let found: Vec<&Finding> =
                findings(record).filter(|finding| finding.category == *category).collect();
            found.iter().for_each(|finding| precision.add(is_labelled(finding)));
            recall.add(found.iter().any(|finding| is_labelled(finding)));
            if let Some(surest) = surest(&found) {
                best.add(is_labelled(surest));
            }
        }
    }
    EvidenceScore {
        verbatim: verbatim.share(),
        evidence_precision: precision.share(),
        evidence_recall: recall.share(),
        best_evidence_precision: best.share(),
    }
}

/// The first of the surest.
fn surest<'a>(found: &[&'a Finding]) -> Option<&'a Finding> {
    found.iter().copied().reduce(
        |best, other| {
            if other.confidence > best.confidence { other } else { best }
        },
    )
}

/// A finding is right when its category is a sure label of the document; what is not sure is not
/// judged.
pub fn is_right(labelled: &Labelled, finding: &Finding) -> Option<bool> {
    if finding.stance != Stance::Finding {
        return None;
    }
    match labelled.gold.labels.get(&finding.category) {
        Some(label) => label.sure.then_some(true),
        None => Some(false),
    }
}
