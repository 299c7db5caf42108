//! Matching a cue in a sentence, all positions at once.
//!
//! A set of positions is a row of bits: bit `p` stands before word `p`, and the bit behind the last word
//! is the end. A word moves the positions before it behind it; a gap spreads them; alternatives join.
//! No cue is tried word by word, so that the time depends little on what a sentence says.

use super::{
    cue::{Choice, Node, Terms},
    words::{Term, UNKNOWN, Word},
};

/// Words of a sentence that are looked at; more are in tables only.
pub const MOST_WORDS: usize = 64 * 16 - 1;

/// A set of positions in a sentence of fewer than `64 * N` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Positions<const N: usize>([u64; N]);

impl<const N: usize> Positions<N> {
    const NONE: Self = Self([0; N]);

    /// Before the first word.
    const START: Self = {
        let mut start = Self::NONE;
        start.0[0] = 1;
        start
    };

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// The row as it was noted, which is at most as wide.
    fn of(row: &[u64]) -> Self {
        let mut positions = Self::NONE;
        positions.0[..row.len()].copy_from_slice(row);
        positions
    }

    fn is_empty(self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    fn and(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(bits, other)| *bits &= other);
        self
    }

    fn or(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(bits, other)| *bits |= other);
        self
    }

    /// Each one word on.
    fn shifted(mut self) -> Self {
        let mut carry = 0;
        for bits in &mut self.0 {
            (*bits, carry) = (*bits << 1 | carry, *bits >> 63);
        }
        self
    }
}

/// Numbers of rows.
const ALL: usize = 0;
const UNBROKEN: usize = 1;
const FIRST_TERM: usize = 2;

/// Where each stem and form of a sentence stands. Kept from sentence to sentence for its memory.
#[derive(Debug, Default)]
pub struct Scratch {
    /// By number of the stem, its row in `rows`; 0 where it does not occur.
    stems: Vec<u32>,
    forms: Vec<u32>,
    /// Positions, a row of up to 16 numbers each: before all words, before those that do not follow a
    /// semicolon, and before each term that occurs.
    rows: Vec<u64>,
}

impl Scratch {
    /// Notes the words of a sentence, and calls `then` with them; the notes are gone afterwards.
    pub fn with<R>(&mut self, words: &[Word], then: impl FnOnce(&Sentence<'_>) -> R) -> R {
        let words = &words[..words.len().min(MOST_WORDS)];
        let width = match words.len() {
            0..64 => 1,
            64..128 => 2,
            128..256 => 4,
            _ => 16,
        };
        self.rows.clear();
        self.rows.resize(FIRST_TERM * width, 0);
        for (at, word) in words.iter().enumerate() {
            mark(&mut self.rows[ALL * width..], at);
            if !word.after_break {
                mark(&mut self.rows[UNBROKEN * width..], at);
            }
            note(&mut self.stems, &mut self.rows, width, word.stem, at);
            note(&mut self.forms, &mut self.rows, width, word.form, at);
        }
        let result = then(&Sentence { scratch: self, words, width });
        for word in words {
            clear(&mut self.stems, word.stem);
            clear(&mut self.forms, word.form);
        }
        result
    }
}

fn note(rows_of: &mut Vec<u32>, rows: &mut Vec<u64>, width: usize, term: Term, at: usize) {
    if term == UNKNOWN {
        return;
    }
    let term = term as usize;
    if rows_of.len() <= term {
        rows_of.resize(term + 1, 0);
    }
    if rows_of[term] == 0 {
        rows_of[term] = (rows.len() / width) as u32;
        rows.resize(rows.len() + width, 0);
    }
    mark(&mut rows[rows_of[term] as usize * width..], at);
}

fn mark(row: &mut [u64], at: usize) {
    row[at / 64] |= 1 << (at % 64);
}

fn clear(rows_of: &mut [u32], term: Term) {
    if let Some(row) = rows_of.get_mut(term as usize) {
        *row = 0;
    }
}

/// A sentence whose words have been noted.
pub struct Sentence<'s> {
    scratch: &'s Scratch,
    words: &'s [Word],
    width: usize,
}

impl Sentence<'_> {
    /// Whether one of the words occurs.
    pub fn has_any(&self, terms: &Terms) -> bool {
        terms.stems.iter().any(|stem| self.row_of_stem(*stem).is_some())
            || terms.forms.iter().any(|form| self.row_of_form(*form).is_some())
    }

    /// Whether a sequence matches anywhere.
    pub fn has(&self, nodes: &[Node]) -> bool {
        match self.width {
            1 => self.anywhere::<1>(nodes),
            2 => self.anywhere::<2>(nodes),
            4 => self.anywhere::<4>(nodes),
            _ => self.anywhere::<16>(nodes),
        }
    }

    /// Number of the word at which a sequence matches first.
    pub fn first(&self, nodes: &[Node]) -> Option<usize> {
        (0..self.words.len()).find(|start| {
            let mut only = Positions::<16>::NONE;
            only.insert(*start);
            !Walk::<16>::new(self).ends(nodes, only).is_empty()
        })
    }

    fn anywhere<const N: usize>(&self, nodes: &[Node]) -> bool {
        let from = Positions::<N>::of(self.row(ALL));
        !Walk::<N>::new(self).ends(nodes, from).is_empty()
    }

    fn row(&self, number: usize) -> &[u64] {
        &self.scratch.rows[number * self.width..][..self.width]
    }

    fn row_of_stem(&self, stem: Term) -> Option<&[u64]> {
        self.row_in(&self.scratch.stems, stem)
    }

    fn row_of_form(&self, form: Term) -> Option<&[u64]> {
        self.row_in(&self.scratch.forms, form)
    }

    /// The row of a term that occurs.
    fn row_in(&self, rows: &[u32], term: Term) -> Option<&[u64]> {
        let row = rows.get(term as usize).copied().filter(|row| *row > 0)?;
        Some(self.row(row as usize))
    }
}

/// Moves positions through the nodes of a cue.
struct Walk<'s, const N: usize> {
    sentence: &'s Sentence<'s>,
    /// Before words that do not follow a semicolon.
    unbroken: Positions<N>,
}

impl<'s, const N: usize> Walk<'s, N> {
    fn new(sentence: &'s Sentence<'s>) -> Self {
        Self { sentence, unbroken: Positions::of(sentence.row(UNBROKEN)) }
    }

    /// Where the nodes end that begin at one of the positions.
    fn ends(&self, nodes: &[Node], from: Positions<N>) -> Positions<N> {
        let mut at = from;
        for node in nodes {
            if at.is_empty() {
                break;
            }
            at = self.step(node, at);
        }
        at
    }

    fn step(&self, node: &Node, at: Positions<N>) -> Positions<N> {
        let behind = |row: Option<&[u64]>| match row {
            Some(row) => at.and(Positions::of(row)).shifted(),
            None => Positions::NONE,
        };
        match node {
            Node::Start => at.and(Positions::START),
            Node::Stem(term) => behind(self.sentence.row_of_stem(*term)),
            Node::Form(term) => behind(self.sentence.row_of_form(*term)),
            Node::Gap(longest) => self.spread(at, *longest),
            Node::Choice(choice) => self.any(choice, at),
        }
    }

    /// Where any of the alternatives ends.
    fn any(&self, choice: &Choice, at: Positions<N>) -> Positions<N> {
        let mut ends = Positions::NONE;
        for (stem, rest) in &choice.by_stem {
            if let Some(row) = self.sentence.row_of_stem(*stem) {
                ends = ends.or(self.ends(rest, at.and(Positions::of(row)).shifted()));
            }
        }
        for nodes in &choice.others {
            ends = ends.or(self.ends(nodes, at));
        }
        ends
    }

    /// Up to `longest` words on, never across a semicolon.
    fn spread(&self, at: Positions<N>, longest: usize) -> Positions<N> {
        let mut now = at.and(self.unbroken);
        let mut all = now;
        for _ in 0..longest {
            now = now.shifted().and(self.unbroken);
            all = all.or(now);
        }
        all
    }
}
