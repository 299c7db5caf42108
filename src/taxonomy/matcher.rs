//! The cues of a set that match a sentence.

use super::{
    cue_set::{CueSet, Labelled, PartNumber},
    positions::{Scratch, Sentence},
    words::Word,
};

/// Looks for the cues of a set; keeps its memory from sentence to sentence.
pub struct Matcher<'c, L> {
    set: &'c CueSet<L>,
    scratch: Scratch,
    /// Number of the sentence, from 1; no document has as many as there are numbers.
    sentence: u32,
    /// For each part the last sentence in which it occurred.
    last_seen: Vec<u32>,
    /// The parts of the sentence by which cues are looked for.
    looked_for: Vec<PartNumber>,
}

impl<'c, L> Matcher<'c, L> {
    /// Begins with empty memory.
    #[must_use]
    pub fn new(set: &'c CueSet<L>) -> Self {
        let last_seen = vec![0; set.parts.len()];
        Self { set, scratch: Scratch::default(), sentence: 0, last_seen, looked_for: Vec::new() }
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

    /// Labels of the cues that match a sentence, in the same order. A cue is only tried if its label is
    /// wanted, which may depend on those found before.
    pub fn labels(&mut self, words: &[Word], wanted: impl Fn(L, &[L]) -> bool) -> Vec<L>
    where
        L: Copy,
    {
        let mut found = Vec::new();
        self.each(words, |labelled, sentence| {
            if wanted(labelled.label, &found) && labelled.cue.matches(sentence) {
                found.push(labelled.label);
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
        self.note_parts(words);
        let candidates = self.candidates();
        if !candidates.is_empty() {
            let cues = candidates.into_iter().map(|cue| &self.set.cues[cue]);
            self.scratch.with(words, |sentence| {
                cues.filter(|labelled| labelled.others.iter().all(|part| sentence.has_any(part)))
                    .for_each(|labelled| then(labelled, sentence));
            });
        }
    }

    fn note_parts(&mut self, words: &[Word]) {
        self.sentence = self.sentence.wrapping_add(1);
        self.looked_for.clear();
        let (now, last_seen) = (self.sentence, self.last_seen.as_mut_slice());
        for part in words.iter().flat_map(|word| self.set.filed_by_word.parts(*word)).flatten() {
            if std::mem::replace(&mut last_seen[*part as usize], now) != now {
                self.looked_for.push(*part);
            }
        }
        if self.looked_for.is_empty() {
            return;
        }
        for word in words {
            for parts in self.set.by_word.parts(*word) {
                parts.iter().for_each(|part| last_seen[*part as usize] = now);
            }
        }
    }

    /// The places of the cues whose two rarest parts were noted, sorted.
    fn candidates(&self) -> Vec<usize> {
        let occurs = |part: &PartNumber| self.last_seen[*part as usize] == self.sentence;
        let parts = self.looked_for.iter().map(|part| &self.set.parts[*part as usize]);
        let mut candidates: Vec<usize> = parts
            .flat_map(|part| part.cues.iter().filter(|filed| occurs(&filed.second)))
            .map(|filed| filed.cue)
            .collect();
        candidates.sort_unstable();
        candidates
    }
}
