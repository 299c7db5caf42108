//! Many cues looked for together.

use std::collections::HashMap;

use super::{
    cue::{Cue, CueError, Lists, Terms},
    words::{Term, Vocabulary, Word},
};

/// Cues, each with a label.
///
/// Every cue consists of parts that it cannot match without, such as a word or a list of
/// alternatives. A cue is looked for by its rarest part; only where a word of that occurs, one of
/// its next rarest and then one of every other, is it matched ([`super::Matcher`]).
pub struct CueSet<L> {
    pub(super) cues: Vec<Labelled<L>>,
    /// The two rarest of each cue; many cues share them.
    pub(super) parts: Vec<Part>,
    numbers: HashMap<Terms, PartNumber>,
    /// All these parts by their words.
    pub(super) by_word: WordIndex,
    /// The parts under which cues are filed, by their words.
    pub(super) filed_by_word: WordIndex,
}

/// Place of a part in [`CueSet::parts`].
pub(super) type PartNumber = u32;

pub(super) struct Labelled<L> {
    pub label: L,
    pub cue: Cue,
    /// The parts but the two by which it is filed.
    pub others: Vec<Terms>,
}

/// Parts by the words that satisfy them: by number of a stem and of an exact form.
#[derive(Default)]
pub(super) struct WordIndex {
    stems: Vec<Vec<PartNumber>>,
    forms: Vec<Vec<PartNumber>>,
}

impl WordIndex {
    /// The parts that a word satisfies, by its stem and by its form.
    pub fn parts(&self, word: Word) -> [&[PartNumber]; 2] {
        let by_stem = self.stems.get(word.stem as usize);
        let by_form = self.forms.get(word.form as usize);
        [by_stem, by_form].map(|parts| parts.map_or(&[][..], Vec::as_slice))
    }

    fn add(&mut self, part: PartNumber, terms: &Terms) {
        terms.stems.iter().for_each(|term| at(&mut self.stems, *term).push(part));
        terms.forms.iter().for_each(|term| at(&mut self.forms, *term).push(part));
    }
}

/// Words of which one must occur.
pub(super) struct Part {
    terms: Terms,
    /// The cues that are looked for by it.
    pub cues: Vec<Filed>,
}

/// A cue under its rarest part. The second stands beside it, so that most cues that cannot match
/// are passed over without being looked at.
pub(super) struct Filed {
    /// Its place in [`CueSet::cues`].
    pub cue: usize,
    /// The next rarest part; the rarest again where there is no other.
    pub second: PartNumber,
}

impl<L> Default for CueSet<L> {
    fn default() -> Self {
        Self {
            cues: Vec::new(),
            parts: Vec::new(),
            numbers: HashMap::new(),
            by_word: WordIndex::default(),
            filed_by_word: WordIndex::default(),
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
        let mut parts = needs.into_iter();
        // A cue that was read has a part.
        let Some(rarest) = parts.next().map(|terms| self.part(terms)) else { return };
        let second = parts.next().map_or(rarest, |terms| self.part(terms));
        let others = parts.collect();
        let part = &mut self.parts[rarest as usize];
        if part.cues.is_empty() {
            self.filed_by_word.add(rarest, &part.terms);
        }
        part.cues.push(Filed { cue: self.cues.len(), second });
        self.cues.push(Labelled { label, cue, others });
    }

    /// The number of a part, given out on first use.
    fn part(&mut self, terms: Terms) -> PartNumber {
        if let Some(known) = self.numbers.get(&terms) {
            return *known;
        }
        let number = PartNumber::try_from(self.parts.len()).unwrap_or(PartNumber::MAX);
        self.by_word.add(number, &terms);
        self.parts.push(Part { terms: terms.clone(), cues: Vec::new() });
        self.numbers.insert(terms, number);
        number
    }
}

/// The parts of a term, which may be new.
fn at(by_term: &mut Vec<Vec<PartNumber>>, term: Term) -> &mut Vec<PartNumber> {
    let index = term as usize;
    if by_term.len() <= index {
        by_term.resize_with(index + 1, Vec::new);
    }
    &mut by_term[index]
}
