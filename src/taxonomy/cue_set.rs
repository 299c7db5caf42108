//! Many cues looked for together.

use std::collections::HashMap;

use super::{
    cue::{Cue, CueError, Lists, Terms},
    words::{Term, Vocabulary},
};

/// Cues, each with a label.
///
/// Every cue consists of parts that it cannot match without, such as a word or a list of
/// alternatives. Many cues share parts. A cue is looked for by its rarest part; only where a word of
/// that occurs, and one of every other part, is it matched ([`super::Matcher`]).
pub struct CueSet<L> {
    pub(super) cues: Vec<Labelled<L>>,
    pub(super) parts: Vec<Part>,
    numbers: HashMap<Terms, usize>,
    /// The parts by which cues are looked for that a stem, or an exact form, satisfies, by its number.
    pub(super) by_stem: Vec<Vec<usize>>,
    pub(super) by_form: Vec<Vec<usize>>,
}

pub(super) struct Labelled<L> {
    pub label: L,
    pub cue: Cue,
    /// All but the one by which it is looked for.
    pub parts: Vec<usize>,
}

/// Words of which one must occur.
pub(super) struct Part {
    pub terms: Terms,
    /// The cues that are looked for by it.
    pub cues: Vec<usize>,
}

impl<L> Default for CueSet<L> {
    fn default() -> Self {
        Self {
            cues: Vec::new(),
            parts: Vec::new(),
            numbers: HashMap::new(),
            by_stem: Vec::new(),
            by_form: Vec::new(),
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
        let rarest = parts.remove(0);
        let part = &mut self.parts[rarest];
        if part.cues.is_empty() {
            part.terms.stems.iter().for_each(|term| at(&mut self.by_stem, *term).push(rarest));
            part.terms.forms.iter().for_each(|term| at(&mut self.by_form, *term).push(rarest));
        }
        part.cues.push(self.cues.len());
        self.cues.push(Labelled { label, cue, parts });
    }

    /// The number of a part, given out on first use.
    fn part(&mut self, terms: Terms) -> usize {
        if let Some(known) = self.numbers.get(&terms) {
            return *known;
        }
        let number = self.parts.len();
        self.numbers.insert(terms.clone(), number);
        self.parts.push(Part { terms, cues: Vec::new() });
        number
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
