//! Findings that rest on an infringed provision.
//!
//! Where a document finds a provision infringed that stands for one failure alone, such as Article 33
//! for a late breach report, and no cue says how, the sentences that stand with the provision and
//! say that something was not done are taken for that failure. A provision alone is never enough.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Label,
    candidates::{Candidate, Strength},
};
use crate::{
    model::{CitedProvision, Document, Provision, ProvisionStatus, Section, Stance},
    taxonomy::Taxonomy,
};

/// Sentences taken for one failure.
const MOST_SENTENCES: usize = 2;

/// A document that was read, with what the search needs to know of it.
pub struct Infringed<'a> {
    pub document: &'a Document,
    pub taxonomy: &'a Taxonomy,
    pub cited: &'a [CitedProvision],
    /// The sentences in which the regulator may find something.
    pub stating: &'a [usize],
    /// Whether the cues say a thing of a sentence.
    pub says: &'a mut dyn FnMut(usize, Label) -> bool,
}

impl<'a> Infringed<'a> {
    /// Candidates for infringed provisions whose failure nothing else states.
    pub fn candidates(mut self, known: &[Candidate]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (category, provisions) in self.unexplained(known) {
            let failing = self.failing_with(&provisions);
            let standing_with = nearest(failing, category, known)
                .into_iter()
                .filter(|at| !(self.says)(*at, Label::Not(category)));
            found.extend(standing_with.take(MOST_SENTENCES).map(|sentence| Candidate {
                category,
                stance: Stance::Finding,
                strength: Strength::Provision,
                cues: 1,
                sentence,
            }));
        }
        found
    }

    /// The categories of infringed provisions that have no finding yet, with those provisions.
    fn unexplained(&self, known: &[Candidate]) -> BTreeMap<usize, Vec<&'a Provision>> {
        let mut categories: BTreeMap<usize, Vec<&'a Provision>> = BTreeMap::new();
        for citation in self.cited.iter().filter(|c| c.status == ProvisionStatus::Infringed) {
            let id = self.taxonomy.failure_of(&citation.provision);
            let index = id.and_then(|id| self.taxonomy.categories.iter().position(|c| c.id == id));
            if let Some(index) = index {
                categories.entry(index).or_default().push(&citation.provision);
            }
        }
        categories.retain(|category, _| {
            let states = |c: &Candidate| c.category == *category && c.stance == Stance::Finding;
            !known.iter().any(states)
        });
        categories
    }

    /// Failing sentences that cite one of the provisions, stand right behind such a one or under a
    /// heading that names it.
    fn failing_with(&mut self, provisions: &[&Provision]) -> Vec<usize> {
        let names_one = |section: &Section| {
            let start = section.span.start;
            let named = self.cited_in(&(start..start + section.heading.len()));
            let named = named.iter().map(|citation| &citation.provision);
            named.into_iter().any(|n| provisions.iter().any(|p| p.covers(n) || n.covers(p)))
        };
        let headed: Vec<bool> = self.document.sections.iter().map(names_one).collect();
        let mut behind = false;
        let mut found = Vec::new();
        for (index, sentence) in self.document.sentences.iter().enumerate() {
            let here = self.cited_in(&sentence.span);
            let is_one = |c: &CitedProvision| provisions.iter().any(|p| p.covers(&c.provision));
            let cites = here.iter().any(is_one);
            // A list of provisions says of none how it was infringed.
            let cites_alone = cites && here.iter().all(is_one);
            let with = cites_alone || (behind && here.is_empty()) || headed[sentence.section];
            behind = cites;
            let may_find = || self.stating.binary_search(&index).is_ok();
            if with && may_find() && (self.says)(index, Label::Failing) {
                found.push(index);
            }
        }
        found
    }

    /// The citations in a span; they are in the order of the text.
    fn cited_in(&self, span: &Range<usize>) -> &[CitedProvision] {
        let first = self.cited.partition_point(|citation| citation.start < span.start);
        let count = self.cited[first..].partition_point(|citation| citation.start < span.end);
        &self.cited[first..first + count]
    }
}

/// Of the sentences those that mention the subject of the category, or else all.
fn nearest(sentences: Vec<usize>, category: usize, known: &[Candidate]) -> Vec<usize> {
    let mentions =
        |sentence: &usize| known.iter().any(|c| c.sentence == *sentence && c.category == category);
    let mentioning: Vec<usize> = sentences.iter().copied().filter(mentions).collect();
    if mentioning.is_empty() { sentences } else { mentioning }
}
