//! Matching a cue in a sentence, all positions at once.
//!
//! A set of positions is a row of bits: bit `p` stands before word `p`, and the bit behind the last word
//! is the end. A word moves the positions before it behind it; a gap spreads them; alternatives join.
//! No cue is tried word by word, so that the time depends little on what a sentence says.

use super::{
    cue::{Node, Terms},
    words::{Term, UNKNOWN, Word},
};

/// Words of a sentence that are looked at; more are in tables only.
pub const MOST_WORDS: usize = 64 * 16 - 1;

/// A set of positions in a sentence of fewer than `64 * N` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Positions<const N: usize>([u64; N]);

impl<const N: usize> Positions<N> {
    const NONE: Self = Self([0; N]);

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// Those before each of the first `count` words.
    fn first(count: usize) -> Self {
        let mut positions = Self::NONE;
        (0..count).for_each(|at| positions.insert(at));
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

/// Where each stem and form of a sentence stands. Kept from sentence to sentence for its memory.
#[derive(Debug, Default)]
pub struct Scratch {
    /// By number of the stem, 1 more than its row in `rows`; 0 where it does not occur.
    stems: Vec<u32>,
    forms: Vec<u32>,
    /// Positions of the terms that occur, a row of up to 16 numbers each.
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
        for (at, word) in words.iter().enumerate() {
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
        rows.resize(rows.len() + width, 0);
        rows_of[term] = (rows.len() / width) as u32;
    }
    let row = (rows_of[term] as usize - 1) * width;
    rows[row + at / 64] |= 1 << (at % 64);
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
        let in_rows =
            |rows_of: &[u32], term: &Term| rows_of.get(*term as usize).is_some_and(|row| *row != 0);
        terms.stems.iter().any(|term| in_rows(&self.scratch.stems, term))
            || terms.forms.iter().any(|term| in_rows(&self.scratch.forms, term))
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
        let from = Positions::<N>::first(self.words.len());
        !Walk::<N>::new(self).ends(nodes, from).is_empty()
    }

    fn row<const N: usize>(&self, rows_of: &[u32], term: Term) -> Positions<N> {
        let mut positions = Positions::NONE;
        let row = rows_of.get(term as usize).copied().unwrap_or_default() as usize;
        if row > 0 {
            let start = (row - 1) * self.width;
            positions.0[..self.width]
                .copy_from_slice(&self.scratch.rows[start..start + self.width]);
        }
        positions
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
        let mut unbroken = Positions::NONE;
        for (at, word) in sentence.words.iter().enumerate() {
            if !word.after_break {
                unbroken.insert(at);
            }
        }
        Self { sentence, unbroken }
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
        let scratch = self.sentence.scratch;
        match node {
            Node::Start => at.and(Positions::first(1)),
            Node::Stem(term) => at.and(self.sentence.row(&scratch.stems, *term)).shifted(),
            Node::Form(term) => at.and(self.sentence.row(&scratch.forms, *term)).shifted(),
            Node::Gap(longest) => self.spread(at, *longest),
            Node::Choice(alternatives) => alternatives
                .iter()
                .fold(Positions::NONE, |ends, alternative| ends.or(self.ends(alternative, at))),
        }
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
