//! Many cues looked for together.

use std::collections::HashMap;

use super::{
    cue::{Cue, CueError, Lists, Terms},
    words::{Term, Vocabulary},
};

/// Cues, each with a label.
///
/// Every cue consists of parts that it cannot match without, such as a word or a list of
/// alternatives. Many cues share parts. For a sentence the parts whose words occur are marked once;
/// then only cues all of whose parts are marked are matched ([`super::Matcher`]).
pub struct CueSet<L> {
    pub(super) cues: Vec<Labelled<L>>,
    /// Numbers of the parts.
    parts: HashMap<Terms, usize>,
    /// The parts that a stem, or an exact form, satisfies, by its number.
    pub(super) by_stem: Vec<Vec<usize>>,
    pub(super) by_form: Vec<Vec<usize>>,
    /// For every part the cues that are looked for by it.
    pub(super) anchored: Vec<Vec<usize>>,
}

pub(super) struct Labelled<L> {
    pub label: L,
    pub cue: Cue,
    /// All but the one by which it is looked for.
    pub parts: Vec<usize>,
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
}

/// The parts of a term, which may be new.
fn at(by_term: &mut Vec<Vec<usize>>, term: Term) -> &mut Vec<usize> {
    let index = term as usize;
    if by_term.len() <= index {
        by_term.resize_with(index + 1, Vec::new);
    }
    &mut by_term[index]
}
