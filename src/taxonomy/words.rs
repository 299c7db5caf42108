//! Sentences to numbers: the words that occur in cues, by stem and by exact form.

use std::sync::{Mutex, MutexGuard, PoisonError};

use frostem::{Algorithm, Stemmer};
// Its hash function is several times faster on short words than that of the standard library.
use hashbrown::HashMap;

use super::cue::Part;

/// Number of a known stem or form; [`UNKNOWN`] for all others.
pub type Term = u32;

/// A word that occurs in no cue.
pub const UNKNOWN: Term = 0;

/// One word of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its stem.
    pub stem: Term,
    /// Its exact form.
    pub form: Term,
    /// Whether a semicolon stands before it; gaps do not cross one.
    pub after_break: bool,
}

/// The words of all cues.
pub struct Vocabulary {
    stems: HashMap<String, Term>,
    forms: HashMap<String, Term>,
    stemmer: Stemmer,
    /// The numbers of the stems of words in cues, which are the same thousands of times.
    stemmed: HashMap<String, Term>,
    /// The lists of alternatives that cues have used.
    pub(super) lists: HashMap<String, Part>,
    /// What tokenizers that have done their work know of words: stemming costs more than all else.
    memories: Mutex<Vec<Memory>>,
}

/// Words as they are written, with their stem and form.
type Memory = HashMap<Box<str>, (Term, Term)>;

/// Words that a memory may hold and be kept; few languages use as many.
const MOST_REMEMBERED: usize = 100_000;

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            stems: HashMap::new(),
            forms: HashMap::new(),
            stemmer: Stemmer::new(Algorithm::English),
            stemmed: HashMap::new(),
            lists: HashMap::new(),
            memories: Mutex::default(),
        }
    }
}

impl Vocabulary {
    /// Number of the stem of a lower-case word, given out on first use.
    pub fn intern_stem(&mut self, word: &str) -> Term {
        if let Some(known) = self.stemmed.get(word) {
            return *known;
        }
        self.forget();
        let term = intern(&mut self.stems, self.stemmer.stem(word).into_owned());
        self.stemmed.insert(word.to_owned(), term);
        term
    }

    /// Number of a lower-case form, given out on first use.
    pub fn intern_form(&mut self, word: &str) -> Term {
        self.forget();
        intern(&mut self.forms, word.to_owned())
    }

    /// A new term may be one of the words that are remembered as unknown.
    fn forget(&mut self) {
        self.memories.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn memories(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(&self, word: &str) -> (Term, Term) {
        let stem = self.stemmer.stem(word);
        let number =
            |terms: &HashMap<String, Term>, word: &str| terms.get(word).copied().unwrap_or(UNKNOWN);
        (number(&self.stems, &stem), number(&self.forms, word))
    }
}

fn intern(terms: &mut HashMap<String, Term>, word: String) -> Term {
    let next = Term::try_from(terms.len() + 1).unwrap_or(Term::MAX);
    *terms.entry(word).or_insert(next)
}

/// Turns sentences into [`Word`]s; stems each distinct word once, and leaves what it has learnt to the
/// next of the same vocabulary.
pub struct Tokenizer<'v> {
    vocabulary: &'v Vocabulary,
    seen: Memory,
    words: Vec<Word>,
}

impl<'v> Tokenizer<'v> {
    /// Begins with what another has learnt, if one has done its work.
    #[must_use]
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        let seen = vocabulary.memories().pop().unwrap_or_default();
        Self { vocabulary, seen, words: Vec::new() }
    }

    /// The words of a sentence; valid until the next call.
    pub fn words(&mut self, sentence: &str) -> &[Word] {
        self.words.clear();
        let mut rest = sentence;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let after_break = rest[..start].contains(';');
            rest = &rest[start..];
            let (word, behind) = rest.split_at(end_of_word(rest));
            let (stem, form) = self.terms(word);
            self.words.push(Word { stem, form, after_break });
            rest = behind;
        }
        &self.words
    }

    fn terms(&mut self, word: &str) -> (Term, Term) {
        if let Some(known) = self.seen.get(word) {
            return *known;
        }
        let lower = word.replace('’', "'").to_lowercase();
        let form = lower.trim_end_matches('\'');
        let terms = self.vocabulary.look_up(form.strip_suffix("'s").unwrap_or(form));
        self.seen.insert(word.into(), terms);
        terms
    }
}

impl Drop for Tokenizer<'_> {
    fn drop(&mut self) {
        if self.seen.len() <= MOST_REMEMBERED {
            self.vocabulary.memories().push(std::mem::take(&mut self.seen));
        }
    }
}

/// Where the word ends with which a text begins; apostrophes are part of it.
fn end_of_word(text: &str) -> usize {
    let plain = text.bytes().position(|byte| !byte.is_ascii_alphanumeric());
    match plain.map(|end| (end, text.as_bytes()[end])) {
        Some((_, b'\'' | 0x80..)) => text
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
            .unwrap_or(text.len()),
        Some((end, _)) => end,
        None => text.len(),
    }
}

/// The lower-case words of a cue or query, cut as [`Tokenizer`] cuts a sentence.
pub fn split_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(plain_word)
        .filter(|word| !word.is_empty())
}

/// A word in small letters, without the apostrophes around it.
fn plain_word(word: &str) -> String {
    // Nearly every word of a cue, and there are tens of thousands.
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let lower = word.replace('’', "'").to_lowercase();
    lower.trim_matches('\'').trim_end_matches("'s").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_unknown_can_become_known() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(Tokenizer::new(&vocabulary).words("failed")[0].stem, UNKNOWN);
        let fail = vocabulary.intern_stem("fail");
        assert_eq!(Tokenizer::new(&vocabulary).words("failed")[0].stem, fail);
        assert_eq!(Tokenizer::new(&vocabulary).words("failed")[0].stem, fail);
    }

    #[test]
    fn words_match_by_stem_and_form() {
        let mut vocabulary = Vocabulary::default();
        let fail = vocabulary.intern_stem("fail");
        let opt = vocabulary.intern_form("opt");
        let mut tokenizer = Tokenizer::new(&vocabulary);
        let words = tokenizer.words("The Trust’s system failed; Opt-out didn’t.").to_vec();
        assert_eq!(words.len(), 7);
        assert_eq!((words[3].stem, words[4].form), (fail, opt));
        assert!(words[4].after_break && !words[5].after_break);
    }
}
