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
    /// Which parts occur in the sentence.
    marked: Vec<bool>,
    /// The numbers of those.
    occurring: Vec<usize>,
}

impl<'c, L> Matcher<'c, L> {
    /// Begins with empty memory.
    #[must_use]
    pub fn new(set: &'c CueSet<L>) -> Self {
        let marked = vec![false; set.anchored.len()];
        Self { set, scratch: Scratch::default(), marked, occurring: Vec::new() }
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
        self.scratch.with(words, |sentence| {
            candidates.into_iter().for_each(|labelled| then(labelled, sentence));
        });
    }

    fn candidates(&mut self, words: &[Word]) -> Vec<&'c Labelled<L>> {
        let mut candidates: Vec<usize> = Vec::new();
        for word in words {
            let by_stem = self.set.by_stem.get(word.stem as usize);
            let by_form = self.set.by_form.get(word.form as usize);
            for part in by_stem.into_iter().chain(by_form).flatten() {
                if !std::mem::replace(&mut self.marked[*part], true) {
                    self.occurring.push(*part);
                    candidates.extend(&self.set.anchored[*part]);
                }
            }
        }
        let cues = &self.set.cues;
        candidates.retain(|index| cues[*index].parts.iter().all(|part| self.marked[*part]));
        candidates.sort_unstable();
        self.occurring.drain(..).for_each(|part| self.marked[part] = false);
        candidates.into_iter().map(|index| &cues[index]).collect()
    }
}
