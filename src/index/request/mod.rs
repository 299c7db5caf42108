//! A user's text to what it asks for: words, phrases, exclusions, ranges. No text is an error.

mod dates;
mod money;
mod operators;

use std::ops::Range;

use crate::{
    model::{Filter, PartialDate, Provision},
    taxonomy::{Taxonomy, split_words},
};

/// Longer texts are cut: no question has so many words.
const MOST_WORDS: usize = 64;

/// Longer texts are cut before anything is looked for in them, in bytes.
const LONGEST_TEXT: usize = 4096;

/// What a text asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The text without operators and ranges; what is left to search for.
    pub text: String,
    /// Its words.
    pub words: Vec<String>,
    /// Quoted phrases, which must occur.
    pub phrases: Vec<String>,
    /// Words and phrases that must not occur.
    pub excluded: Vec<String>,
    /// Conditions that the text states, to be added to those of the options.
    pub filter: Filter,
    /// A year that stands by itself.
    pub year: Option<i16>,
    /// A sum that stands by itself, in pounds.
    pub amount: Option<u64>,
    /// How operators and ranges were understood, for the user.
    pub read_as: Vec<String>,
}

impl Request {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &str, taxonomy: &Taxonomy) -> Self {
        let mut request = Self::default();
        let short = cut(text, LONGEST_TEXT);
        let rest = operators::take(short, taxonomy, &mut request);
        let rest = money::take(&rest, &mut request);
        request.text = dates::take(&rest, &mut request);
        request.words = split_words(&request.text).collect();
        if short.len() < text.len() || request.words.len() > MOST_WORDS {
            request.words.truncate(MOST_WORDS);
            let note = format!("a long text: only its first {} words", request.words.len());
            request.read_as.push(note);
        }
        request
    }

    /// Whether nothing is left to rank by.
    #[must_use]
    pub fn is_wordless(&self) -> bool {
        self.words.is_empty()
            && self.phrases.is_empty()
            && self.year.is_none()
            && self.amount.is_none()
    }

    /// Whether it asks for nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_wordless() && self.excluded.is_empty() && self.filter == Filter::default()
    }

    fn note(&mut self, text: impl Into<String>) {
        self.read_as.push(text.into());
    }
}

/// Both sets of conditions together. Where both name the same bound, the narrower one holds.
#[must_use]
pub fn both(options: &Filter, stated: &Filter) -> Filter {
    let later = |a: PartialDate, b: PartialDate| if a.earliest() >= b.earliest() { a } else { b };
    let earlier = |a: PartialDate, b: PartialDate| if a.latest() <= b.latest() { a } else { b };
    Filter {
        categories: either(&options.categories, &stated.categories),
        sectors: either(&options.sectors, &stated.sectors),
        actions: either(&options.actions, &stated.actions),
        provisions: either::<Provision>(&options.provisions, &stated.provisions),
        organisations: either(&options.organisations, &stated.organisations),
        since: joined(options.since, stated.since, later),
        until: joined(options.until, stated.until, earlier),
        amount_min: joined(options.amount_min, stated.amount_min, u64::max),
        amount_max: joined(options.amount_max, stated.amount_max, u64::min),
        without_individuals: options.without_individuals || stated.without_individuals,
    }
}

/// What the text says replaces what the options say of the same thing.
fn either<T: Clone>(options: &[T], stated: &[T]) -> Vec<T> {
    if stated.is_empty() { options.to_vec() } else { stated.to_vec() }
}

fn joined<T>(a: Option<T>, b: Option<T>, choose: impl FnOnce(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (a, b) => a.or(b),
    }
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The text with some stretches blanked.
fn without(text: &str, taken: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for span in taken {
        rest.push_str(&text[at..span.start]);
        rest.push(' ');
        at = span.end;
    }
    rest.push_str(&text[at..]);
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Request {
        Request::read(text, &Taxonomy::shipped().expect("the shipped taxonomy"))
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        let request = read("late subject access requests");
        assert_eq!(request.words, ["late", "subject", "access", "requests"]);
        assert!(request.read_as.is_empty() && request.filter == Filter::default());
    }

    #[test]
    fn a_long_text_is_cut_at_a_word_and_says_so() {
        let request = read(&"é ".repeat(60_000));
        assert_eq!(request.words.len(), MOST_WORDS);
        assert_eq!(request.read_as, ["a long text: only its first 64 words"]);
    }

    #[test]
    fn of_two_bounds_the_narrower_one_holds() {
        let options =
            Filter { since: "2022".parse().ok(), amount_max: Some(5), ..Filter::default() };
        let stated =
            Filter { since: "2021".parse().ok(), amount_max: Some(9), ..Filter::default() };
        let both = both(&options, &stated);
        assert_eq!((both.since, both.amount_max), (options.since, Some(5)));
    }

    #[test]
    fn nothing_that_a_user_types_is_an_error() {
        for text in [
            "\"",
            "-",
            "- -\"",
            "org:",
            "sector:\"",
            "\0",
            "()[]{}^~*?:\\/",
            "😀",
            "over £",
            "'; DROP TABLE cases; --",
            "AND OR NOT",
            "-\"\"",
            "::::",
            "£99999999999999999999999",
            "between and",
        ] {
            let request = read(text);
            assert!(request.filter == Filter::default(), "{text}");
        }
    }
}
