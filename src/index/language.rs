//! What the words of a question mean in this field: other words, failures, sectors, provisions.

use std::{collections::HashMap, ops::Range};

use tantivy::tokenizer::TextAnalyzer;

use super::analysis::{prose, tokens};
use crate::{
    extract::ProvisionFinder,
    model::{ActionType, Provision},
    taxonomy::{CueError, CueSet, Matcher, Taxonomy, Tokenizer, Vocabulary},
};

/// Knows the taxonomy as searches use it. Made once, used for any number of searches.
pub struct Language<'t> {
    /// The taxonomy itself.
    pub taxonomy: &'t Taxonomy,
    vocabulary: Vocabulary,
    cues: CueSet<Meaning>,
    provisions: ProvisionFinder,
    synonyms: Phrases<Vec<String>>,
    sectors: Phrases<&'t str>,
    actions: Phrases<ActionType>,
}

/// A category that a question speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    category: usize,
    /// It states the failure; otherwise it only names the subject.
    stated: bool,
}

/// Words by which people ask for a kind of action.
const ACTIONS: [(ActionType, &[&str]); 5] = [
    (ActionType::MonetaryPenalty, &["fine", "fined", "penalty", "penalised", "monetary penalty"]),
    (ActionType::Reprimand, &["reprimand", "reprimanded", "told off"]),
    (ActionType::EnforcementNotice, &["enforcement notice", "ordered to stop", "stop now order"]),
    (
        ActionType::Prosecution,
        &[
            "prosecution", "prosecuted", "convicted", "conviction", "sentenced", "jailed",
            "prison", "court", "guilty",
        ],
    ),
    (ActionType::Undertaking, &["undertaking"]),
];

impl<'t> Language<'t> {
    /// Takes the meanings from the taxonomy.
    ///
    /// # Errors
    /// A cue that cannot be read.
    pub fn new(taxonomy: &'t Taxonomy) -> Result<Self, CueError> {
        let mut vocabulary = Vocabulary::default();
        let mut cues = CueSet::default();
        for (category, of) in taxonomy.categories.iter().enumerate() {
            let none = Vec::new();
            let asked = taxonomy.asked.get(&of.id).unwrap_or(&none);
            let (stated, topics) =
                taxonomy.cues.get(&of.id).map_or((&none, &none), |cues| (&cues.cues, &cues.topics));
            let stated = stated.iter().chain(asked).map(|cue| (true, cue));
            for (stated, cue) in stated.chain(topics.iter().map(|cue| (false, cue))) {
                cues.add(Meaning { category, stated }, cue, &taxonomy.terms, &mut vocabulary)?;
            }
        }
        let mut analyzer = prose();
        let sectors = taxonomy.sectors.iter().flat_map(|sector| {
            sector.words.iter().map(|words| (words.as_str(), sector.id.as_str()))
        });
        let actions =
            ACTIONS.iter().flat_map(|(action, words)| words.iter().map(|w| (*w, *action)));
        Ok(Self {
            taxonomy,
            vocabulary,
            cues,
            provisions: ProvisionFinder::new(taxonomy),
            synonyms: Phrases::new(synonyms(taxonomy), &mut analyzer),
            sectors: Phrases::new(sectors, &mut analyzer),
            actions: Phrases::new(actions, &mut analyzer),
        })
    }

    /// The categories that a question speaks of, with whether it states the failure.
    pub(super) fn categories(&self, text: &str) -> Vec<(&'t str, bool)> {
        let mut tokenizer = Tokenizer::new(&self.vocabulary);
        let mut found = Matcher::new(&self.cues).labels(tokenizer.words(text), |_, _| true);
        found.sort_by_key(|meaning| (meaning.category, !meaning.stated));
        found.dedup_by_key(|meaning| meaning.category);
        let id = |meaning: Meaning| self.taxonomy.categories[meaning.category].id.as_str();
        found.into_iter().map(|meaning| (id(meaning), meaning.stated)).collect()
    }

    /// The provisions that a question cites, with their places.
    pub(super) fn provisions(&self, text: &str) -> Vec<(Provision, Range<usize>)> {
        self.provisions.find_with_places(text)
    }

    /// The sectors that stems speak of.
    pub(super) fn sectors(&self, stems: &[String]) -> Vec<&'t str> {
        let mut sectors: Vec<&str> =
            self.sectors.in_text(stems).into_iter().map(|(_, sector)| *sector).collect();
        sectors.sort_unstable();
        sectors.dedup();
        sectors
    }

    /// The kinds of action that stems speak of.
    pub(super) fn actions(&self, stems: &[String]) -> Vec<ActionType> {
        let mut actions: Vec<ActionType> =
            self.actions.in_text(stems).into_iter().map(|(_, action)| *action).collect();
        actions.sort_unstable();
        actions.dedup();
        actions
    }

    /// Words and phrases among stems that have other words, with these.
    pub(super) fn synonyms(&self, stems: &[String]) -> Vec<(Range<usize>, &Vec<String>)> {
        self.synonyms.in_text(stems)
    }
}

/// Every term with the others of its group, and every wider term with its narrower ones.
fn synonyms(taxonomy: &Taxonomy) -> impl Iterator<Item = (&str, Vec<String>)> {
    let in_groups = taxonomy.synonyms.iter().flat_map(|group| {
        let others = |term| group.iter().filter(|other| *other != term).cloned().collect();
        group.iter().map(move |term| (term.as_str(), others(term)))
    });
    let wider = taxonomy.narrower.iter().map(|(term, narrower)| (term.as_str(), narrower.clone()));
    in_groups.chain(wider)
}

/// Phrases by their stems, each with a value.
struct Phrases<T> {
    /// By the first stem: the whole phrase and its value.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Phrases<T> {
    fn new<'a>(phrases: impl Iterator<Item = (&'a str, T)>, analyzer: &mut TextAnalyzer) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, value) in phrases {
            let stems = tokens(analyzer, phrase);
            if let Some(first) = stems.first() {
                by_first.entry(first.clone()).or_default().push((stems, value));
            }
        }
        Self { by_first }
    }

    /// The phrases in a text; where one lies within a longer one, the longer alone.
    fn in_text(&self, stems: &[String]) -> Vec<(Range<usize>, &T)> {
        let mut found: Vec<(Range<usize>, &T)> = Vec::new();
        let mut covered = 0;
        for (at, stem) in stems.iter().enumerate() {
            let here = self.by_first.get(stem).into_iter().flatten();
            let matching = here.filter(|(phrase, _)| stems[at..].starts_with(phrase));
            let longest = matching.clone().map(|(phrase, _)| phrase.len()).max().unwrap_or(0);
            if at + longest <= covered {
                continue;
            }
            covered = at + longest;
            let longest = matching.filter(|(phrase, _)| phrase.len() == longest);
            found.extend(longest.map(|(phrase, value)| (at..at + phrase.len(), value)));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(check: impl FnOnce(&Language<'_>, &dyn Fn(&str) -> Vec<String>) -> T) -> T {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let language = Language::new(&taxonomy).expect("its cues");
        check(&language, &|text| tokens(&mut prose(), text))
    }

    #[test]
    fn a_question_speaks_of_failures_sectors_and_actions() {
        with(|language, stems| {
            assert!(
                language.categories("nobody asked the DPO").contains(&("dpo-not-involved", true))
            );
            assert_eq!(
                language.sectors(&stems("reprimands of schools and councils")),
                ["education", "local-government"]
            );
            assert_eq!(
                language.actions(&stems("who was fined or prosecuted")),
                [ActionType::MonetaryPenalty, ActionType::Prosecution]
            );
        });
    }

    #[test]
    fn synonyms_go_both_ways_and_the_longer_phrase_leads() {
        with(|language, stems| {
            let (span, others) = &language.synonyms(&stems("unanswered SARs"))[0];
            assert!(*span == (1..2) && others.contains(&"subject access request".to_owned()));
            let found = language.synonyms(&stems("data subject access requests"));
            assert_eq!(found.len(), 1);
            assert!(found[0].0 == (0..4) && found[0].1.contains(&"sar".to_owned()));
        });
    }
}
