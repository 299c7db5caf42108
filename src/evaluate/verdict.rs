//! Where person and program agree and where they differ, one thing at a time.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Gold, Labelled, facts};
use crate::{
    model::{Document, Finding, Provision, ProvisionStatus, Record, Stance, most_specific},
    taxonomy::split_words,
};

/// One thing that a person labelled or the program found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Name of the document.
    pub document: String,
    /// What kind of thing.
    pub subject: Subject,
    /// Which: the category, the provision, the name of the fact.
    pub name: String,
    /// How they agree.
    pub outcome: Outcome,
    /// Of a near miss its sentence; of an error what misled the program, or what it missed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<String>,
}

/// What a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A category of the document.
    Label,
    /// A provision found infringed.
    Provision,
    /// A fact of the case.
    Fact,
    /// A sentence by which a careless reader is fooled.
    NearMiss,
}

/// How person and program agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Both say the same.
    Right,
    /// Labelled, but not found.
    Missed,
    /// Found, but not labelled.
    Spurious,
    /// Found, but otherwise than labelled; of a near miss, taken for a finding.
    Wrong,
}

impl Subject {
    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Provision => "provision",
            Self::Fact => "fact",
            Self::NearMiss => "near miss",
        }
    }
}

impl Outcome {
    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::Wrong => "wrong",
        }
    }

    const fn mark(self) -> char {
        match self {
            Self::Right => '=',
            Self::Missed => '-',
            Self::Spurious => '+',
            Self::Wrong => '!',
        }
    }
}

impl Verdict {
    /// Whether the program erred.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.outcome != Outcome::Right
    }

    /// In one line for lists kept under version control: `= document label missing-dpia`.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { document, subject, name, outcome, .. } = self;
        let line = format!("{} {document} {} {name}", outcome.mark(), subject.title());
        match self.subject {
            Subject::NearMiss => format!("{line}: {}", self.context.join(" ")),
            _ => line,
        }
    }
}

/// All verdicts on one document. Labels that are not sure are left out.
pub fn verdicts(labelled: &Labelled, record: &Record) -> Vec<Verdict> {
    let Labelled { gold, document, .. } = labelled;
    let mut all = labels(gold, record);
    all.extend(provisions(gold, record, document));
    all.extend(facts::verdicts(gold, record));
    all.extend(near_misses(gold, record));
    all
}

/// The findings that label a document.
pub fn findings(record: &Record) -> impl Iterator<Item = &Finding> {
    record.findings.iter().filter(|finding| finding.stance == Stance::Finding)
}

fn labels(gold: &Gold, record: &Record) -> Vec<Verdict> {
    let found: BTreeSet<&String> =
        record.categories.iter().chain(&record.categories_by_meaning).collect();
    let labelled: BTreeSet<&String> = gold.labels.keys().collect();
    let is_sure = |category: &&&String| gold.labels.get(**category).is_none_or(|label| label.sure);
    let verdict = |category: &&String| {
        let outcome = compared(labelled.contains(*category), found.contains(*category));
        let context = match outcome {
            Outcome::Missed => gold.labels[*category].evidence.clone(),
            Outcome::Spurious => {
                let misled = findings(record).filter(|finding| finding.category == **category);
                misled.map(|finding| finding.sentence.clone()).collect()
            }
            Outcome::Right | Outcome::Wrong => Vec::new(),
        };
        gold.verdict(Subject::Label, category, outcome, context)
    };
    found.union(&labelled).filter(is_sure).map(verdict).collect()
}

fn provisions(gold: &Gold, record: &Record, document: &Document) -> Vec<Verdict> {
    let labelled: BTreeSet<Provision> =
        most_specific(gold.canonical_provisions()).into_iter().collect();
    let found: BTreeSet<Provision> = record.infringed().into_iter().collect();
    let verdict = |provision: &Provision| {
        let outcome = compared(labelled.contains(provision), found.contains(provision));
        let context = match outcome {
            Outcome::Right => Vec::new(),
            _ => citing(provision, outcome == Outcome::Spurious, record, document),
        };
        gold.verdict(Subject::Provision, &provision.to_string(), outcome, context)
    };
    found.union(&labelled).map(verdict).collect()
}

/// The sentences that cite a provision, or of it those that find it infringed.
fn citing(
    provision: &Provision,
    infringed: bool,
    record: &Record,
    document: &Document,
) -> Vec<String> {
    let cited = record.cited.iter().filter(|cited| {
        cited.provision == *provision && (!infringed || cited.status == ProvisionStatus::Infringed)
    });
    let mut sentences: Vec<String> = cited
        .filter_map(|cited| {
            let next = document.sentences.partition_point(|s| s.span.start <= cited.start);
            let sentence = document.sentences[..next].last()?;
            Some(document.sentence_text(sentence).to_owned())
        })
        .collect();
    sentences.dedup();
    sentences
}

fn near_misses(gold: &Gold, record: &Record) -> Vec<Verdict> {
    let verdicts = gold.near_misses.iter().map(|near| {
        let mut same = findings(record).filter(|finding| finding.category == near.category);
        let taken = same.any(|finding| is_same(&near.sentence, &finding.sentence));
        let outcome = if taken { Outcome::Wrong } else { Outcome::Right };
        gold.verdict(Subject::NearMiss, &near.category, outcome, vec![near.sentence.clone()])
    });
    verdicts.collect()
}

const fn compared(labelled: bool, found: bool) -> Outcome {
    match (labelled, found) {
        (true, true) => Outcome::Right,
        (true, false) => Outcome::Missed,
        (false, _) => Outcome::Spurious,
    }
}

impl Gold {
    /// A verdict on its document.
    pub(super) fn verdict(
        &self,
        subject: Subject,
        name: &str,
        outcome: Outcome,
        context: Vec<String>,
    ) -> Verdict {
        Verdict { document: self.slug.clone(), subject, name: name.to_owned(), outcome, context }
    }
}

/// Texts with fewer different words must agree word for word.
const FEW_WORDS: usize = 8;

/// Whether one text stands in the other, or most words of a longer one do: labels copy a sentence as
/// the source has it, with notes and page numbers that cleaning takes out.
pub fn is_same(a: &str, b: &str) -> bool {
    let words = |text: &str| split_words(text).collect::<Vec<String>>();
    let (a, b) = (words(a), words(b));
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if !shorter.is_empty() && longer.windows(shorter.len()).any(|part| part == shorter) {
        return true;
    }
    let distinct: BTreeSet<&String> = shorter.iter().collect();
    let shared = distinct.iter().filter(|word| longer.contains(word)).count();
    distinct.len() >= FEW_WORDS && shared * 10 >= distinct.len() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_known_again_in_spite_of_noise() {
        let label =
            "The college had no process 1 for checking attachments, and staff were not told.";
        let found = "The college had no process for checking attachments, and staff were not told.";
        assert!(is_same(label, found));
        assert!(is_same("It had no process", "1.3 It had no process; staff guessed."));
    }

    #[test]
    fn a_short_sentence_is_not_found_in_words_scattered_over_another() {
        let near = "The employer suspended the scans.";
        assert!(!is_same(near, "The scans that the employer had not suspended were unlawful."));
        assert!(!is_same("", "The employer."));
    }
}
