//! The cues of a set that match a sentence.

use super::{
    cue_set::{CueSet, Labelled},
    positions::{Scratch, Sentence},
    words::Word,
};

/// Looks for the cues of a set; keeps its memory from sentence to sentence.
pub struct Matcher<'c, L> {
    set: &'c CueSet<L>,
    scratch: Scratch,
    /// Whether each part occurs in the sentence, as far as that was looked up.
    occurs: Vec<Option<bool>>,
    /// The numbers of the parts that were.
    looked_up: Vec<usize>,
}

impl<'c, L> Matcher<'c, L> {
    /// Begins with empty memory.
    #[must_use]
    pub fn new(set: &'c CueSet<L>) -> Self {
        let occurs = vec![None; set.parts.len()];
        Self { set, scratch: Scratch::default(), occurs, looked_up: Vec::new() }
    }

    /// Labels and sources of the cues that match a sentence, in the order in which they were added.
    pub fn matches(&mut self, words: &[Word]) -> Vec<(&'c L, &'c str)> {
        let mut found = Vec::new();
        self.each(words, |labelled, sentence| {
            if labelled.cue.matches(sentence) {
                found.push((&labelled.label, labelled.cue.source.as_str()));
            }
        });
        found
    }

    /// The label of the cue that matches nearest to the start; of several there, the one added first.
    pub fn first_match(&mut self, words: &[Word]) -> Option<&'c L> {
        let mut found = Vec::new();
        self.each(words, |labelled, sentence| {
            found.extend(labelled.cue.first_match(sentence).map(|start| (start, &labelled.label)));
        });
        found.into_iter().min_by_key(|(start, _)| *start).map(|(_, label)| label)
    }

    /// Calls `then` for the cues all of whose parts occur, in the order in which they were added.
    fn each(&mut self, words: &[Word], mut then: impl FnMut(&'c Labelled<L>, &Sentence<'_>)) {
        let candidates = self.candidates(words);
        let Self { set, scratch, occurs, looked_up } = self;
        scratch.with(words, |sentence| {
            let mut has = |part: &usize| {
                *occurs[*part].get_or_insert_with(|| {
                    looked_up.push(*part);
                    sentence.has_any(&set.parts[*part].terms)
                })
            };
            for labelled in candidates.into_iter().map(|index| &set.cues[index]) {
                if labelled.parts.iter().all(&mut has) {
                    then(labelled, sentence);
                }
            }
        });
        self.looked_up.drain(..).for_each(|part| self.occurs[part] = None);
    }

    /// The numbers of the cues whose rarest part occurs, sorted.
    fn candidates(&mut self, words: &[Word]) -> Vec<usize> {
        let mut candidates: Vec<usize> = Vec::new();
        for word in words {
            let by_stem = self.set.by_stem.get(word.stem as usize);
            let by_form = self.set.by_form.get(word.form as usize);
            for part in by_stem.into_iter().chain(by_form).flatten() {
                if self.occurs[*part].replace(true).is_none() {
                    self.looked_up.push(*part);
                    candidates.extend(&self.set.parts[*part].cues);
                }
            }
        }
        candidates.sort_unstable();
        candidates
    }
}
