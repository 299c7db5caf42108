//! Many cues looked for together.

use std::collections::HashMap;

use super::{
    cue::{Cue, CueError, Lists, Terms},
    words::{Term, Vocabulary, Word},
};

/// Cues, each with a label.
///
/// Every cue consists of parts that it cannot match without, such as a word or a list of
/// alternatives. Many cues share parts. For a sentence the parts whose words occur are marked once;
/// then only cues all of whose parts are marked are matched word by word.
pub struct CueSet<L> {
    cues: Vec<Labelled<L>>,
    /// Numbers of the parts.
    parts: HashMap<Terms, usize>,
    /// The parts that a stem, or an exact form, satisfies, by its number.
    by_stem: Vec<Vec<usize>>,
    by_form: Vec<Vec<usize>>,
    /// For every part the cues that are looked for by it.
    anchored: Vec<Vec<usize>>,
}

struct Labelled<L> {
    label: L,
    cue: Cue,
    /// All but the one by which it is looked for.
    parts: Vec<usize>,
}

impl<L> Default for CueSet<L> {
    fn default() -> Self {
        Self {
            cues: Vec::new(),
            parts: HashMap::new(),
            by_stem: Vec::new(),
            by_form: Vec::new(),
            anchored: Vec::new(),
        }
    }
}

impl<L> CueSet<L> {
    /// Adds a cue under a label.
    ///
    /// # Errors
    /// The cue cannot be read.
    pub fn add(
        &mut self,
        label: L,
        cue: &str,
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), CueError> {
        self.file(label, Cue::parse(cue, lists, vocabulary)?);
        Ok(())
    }

    /// Adds a cue all of whose words may be common. It is tried on very many sentences.
    ///
    /// # Errors
    /// The cue cannot be read.
    pub fn add_common(
        &mut self,
        label: L,
        cue: &str,
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), CueError> {
        self.file(label, Cue::parse_common(cue, lists, vocabulary)?.0);
        Ok(())
    }

    fn file(&mut self, label: L, mut cue: Cue) {
        let needs = std::mem::take(&mut cue.needs);
        let mut parts: Vec<usize> = needs.into_iter().map(|terms| self.part(terms)).collect();
        // A cue that was read has a part.
        let anchor = parts.remove(0);
        self.anchored[anchor].push(self.cues.len());
        self.cues.push(Labelled { label, cue, parts });
    }

    /// The number of a part, given out on first use.
    fn part(&mut self, terms: Terms) -> usize {
        if let Some(known) = self.parts.get(&terms) {
            return *known;
        }
        let part = self.anchored.len();
        self.anchored.push(Vec::new());
        terms.stems.iter().for_each(|term| at(&mut self.by_stem, *term).push(part));
        terms.forms.iter().for_each(|term| at(&mut self.by_form, *term).push(part));
        self.parts.insert(terms, part);
        part
    }

    /// Labels and sources of the cues that match a sentence, in the order in which they were added.
    pub fn matches<'s>(&'s self, words: &'s [Word]) -> impl Iterator<Item = (&'s L, &'s str)> {
        let possible = self.possible(words).into_iter();
        possible
            .filter(|labelled| labelled.cue.matches(words))
            .map(|labelled| (&labelled.label, labelled.cue.source.as_str()))
    }

    /// The label of the cue that matches nearest to the start; of several there, the one added first.
    pub fn first_match(&self, words: &[Word]) -> Option<&L> {
        let possible = self.possible(words).into_iter();
        let matching = possible.filter_map(|labelled| {
            labelled.cue.first_match(words).map(|start| (start, &labelled.label))
        });
        matching.min_by_key(|(start, _)| *start).map(|(_, label)| label)
    }

    /// The cues all of whose parts occur.
    fn possible(&self, words: &[Word]) -> Vec<&Labelled<L>> {
        let mut marked = vec![false; self.anchored.len()];
        let mut candidates: Vec<usize> = Vec::new();
        for word in words {
            let by_stem = self.by_stem.get(word.stem as usize);
            let by_form = self.by_form.get(word.form as usize);
            for part in by_stem.into_iter().chain(by_form).flatten() {
                if !std::mem::replace(&mut marked[*part], true) {
                    candidates.extend(&self.anchored[*part]);
                }
            }
        }
        candidates.sort_unstable();
        let possible = candidates.into_iter().map(|index| &self.cues[index]);
        possible.filter(|labelled| labelled.parts.iter().all(|part| marked[*part])).collect()
    }
}

/// The parts of a term, which may be new.
fn at(by_term: &mut Vec<Vec<usize>>, term: Term) -> &mut Vec<usize> {
    let index = term as usize;
    if by_term.len() <= index {
        by_term.resize_with(index + 1, Vec::new);
    }
    &mut by_term[index]
}
