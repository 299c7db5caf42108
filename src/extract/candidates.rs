//! Categories at sentences, before it is settled which of them are findings.

use std::collections::{BTreeMap, BTreeSet};

use super::{Label, stance::Wording};
use crate::{
    model::{Document, Stance},
    taxonomy::Zone,
};

/// Sentences with a weak cue for one category that together count as a finding.
const WEAK_SENTENCES: usize = 2;

/// A document of fewer sentences says things once, so that one weak cue is enough.
const SHORT: usize = 25;

/// Most words of a sentence that only points back.
const LONGEST_ANAPHOR: usize = 16;

/// A category at a sentence; both are numbers.
pub struct Candidate {
    pub category: usize,
    pub stance: Stance,
    pub strength: Strength,
    /// How many cues of the category match.
    pub cues: usize,
    pub sentence: usize,
}

/// What speaks for a category, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The subject is mentioned.
    Topic,
    /// The provision with which the sentence stands is infringed.
    Provision,
    /// A cue suggests it.
    Weak,
    /// A cue states it.
    Strong,
}

/// One candidate for each category that a sentence speaks of.
pub fn of_sentence(labels: &[Label], wording: &Wording, sentence: usize) -> Vec<Candidate> {
    let mut strengths: BTreeMap<usize, (Strength, usize)> = BTreeMap::new();
    for (category, strength) in labels.iter().filter_map(|label| label.strength()) {
        let entry = strengths.entry(category).or_insert((strength, 0));
        *entry = (entry.0.max(strength), entry.1 + 1);
    }
    strengths
        .into_iter()
        .map(|(category, (strength, cues))| {
            let denied = labels.contains(&Label::Not(category));
            let stance = wording.stance(strength, denied);
            Candidate { category, stance, strength, cues, sentence }
        })
        .collect()
}

/// Whether a sentence says of the one before that something was not attended to, and has no failure
/// of its own; longer ones have a subject of their own.
pub fn points_back(text: &str, labels: &[Label], own: &[Candidate]) -> bool {
    labels.contains(&Label::Anaphor)
        && text.split_whitespace().count() <= LONGEST_ANAPHOR
        && own.iter().all(|candidate| candidate.strength == Strength::Topic)
}

/// A category of the sentence before, which the sentence says was not attended to.
pub fn pointed_at(category: usize, wording: &Wording, sentence: usize) -> Candidate {
    let stance = wording.stance(Strength::Strong, false);
    Candidate { category, stance, strength: Strength::Strong, cues: 1, sentence }
}

/// What finds one category in a document.
#[derive(Debug, Clone, Copy)]
pub struct Support {
    /// The strongest cue.
    pub strongest: Strength,
    /// How many sentences.
    pub sentences: usize,
}

/// What finds each category.
pub fn support(candidates: &[Candidate]) -> BTreeMap<usize, Support> {
    let mut support = BTreeMap::new();
    for found in candidates.iter().filter(|c| c.stance == Stance::Finding) {
        let none = Support { strongest: found.strength, sentences: 0 };
        let of_category = support.entry(found.category).or_insert(none);
        of_category.strongest = of_category.strongest.max(found.strength);
        of_category.sentences += 1;
    }
    support
}

/// The sections in which something is found.
pub fn sections_with_findings(candidates: &[Candidate], document: &Document) -> BTreeSet<usize> {
    let found = candidates.iter().filter(|candidate| candidate.stance == Stance::Finding);
    found.map(|candidate| document.sentences[candidate.sentence].section).collect()
}

/// What decides whether weak cues count in a document.
pub struct Weighing<'a> {
    /// How many sentences it has.
    pub sentences: usize,
    /// The zone of a sentence.
    pub zone_of: &'a dyn Fn(usize) -> Option<Zone>,
    /// Whether a category can stand beside the provisions that the document finds infringed: it has
    /// one of the usual ones among them, or the document names none.
    pub fits: &'a dyn Fn(usize) -> bool,
}

impl Weighing<'_> {
    /// Keeps a weak finding only where nothing states the failure outright, and then only where
    /// several sentences suggest the same, or else where it fits the provisions and the regulator
    /// gives its reasons there or the document is short.
    pub fn settle(&self, candidates: &mut [Candidate]) {
        let support = support(candidates);
        let weak = |c: &&mut Candidate| c.strength == Strength::Weak && c.stance == Stance::Finding;
        for candidate in candidates.iter_mut().filter(weak) {
            if !self.counts(candidate, support[&candidate.category]) {
                candidate.stance = Stance::Background;
            }
        }
    }

    fn counts(&self, weak: &Candidate, support: Support) -> bool {
        let in_place =
            self.sentences < SHORT || (self.zone_of)(weak.sentence) == Some(Zone::Reasons);
        let enough =
            support.sentences >= WEAK_SENTENCES || (in_place && (self.fits)(weak.category));
        support.strongest != Strength::Strong && enough
    }
}
