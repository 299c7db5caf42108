//! Words broken at the end of a line, put together again.

use std::collections::HashSet;

use super::clean::SOFT_HYPHEN;

/// Beginnings of compounds that keep their hyphen even in a text that is set with hyphenation.
const COMPOUNDS: [&str; 16] = [
    "opt", "self", "multi", "cross", "third", "first", "second", "long", "short", "well", "face",
    "cyber", "high", "low", "two", "follow",
];

/// Shorter parts of words are words themselves too often to prove a compound.
const SHORTEST_PART: usize = 4;

/// So many words that are known to have been broken show that the text is set with hyphenation.
const ENOUGH: usize = 2;

/// So do so many hyphens at line ends, and one in so many lines: compounds end a line more rarely.
const MANY: usize = 4;
const ONE_IN: usize = 20;

/// Knows the words of a document, by which a broken word is told from a compound.
pub struct Hyphens {
    words: HashSet<String>,
    is_hyphenated: bool,
}

impl Hyphens {
    /// Learns the words of all lines but those that a line end breaks.
    pub fn new<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut words = HashSet::new();
        let mut broken: Vec<(&str, &str)> = Vec::new();
        let mut before: Option<&str> = None;
        let count = lines.clone().count();
        for line in lines {
            let mut parts: Vec<&str> = line.split(' ').map(trimmed).collect();
            if let (Some(head), Some(tail)) = (before.take(), parts.first()) {
                broken.push((head, *tail));
                parts.remove(0);
            }
            if line.ends_with(['-', SOFT_HYPHEN]) {
                before = line.rsplit(' ').next().map(trimmed);
                parts.pop();
            }
            words.extend(parts.into_iter().filter(|word| !word.is_empty()).map(str::to_lowercase));
        }
        let known = |(head, tail): &&(&str, &str)| {
            words.contains(&format!("{}{tail}", head.trim_end_matches('-')).to_lowercase())
        };
        let are_many = broken.len() >= MANY && broken.len() * ONE_IN >= count;
        let is_hyphenated = are_many || broken.iter().filter(known).take(ENOUGH).count() == ENOUGH;
        Self { words, is_hyphenated }
    }

    /// Appends a wrapped line.
    pub fn join(&self, text: &mut String, line: &str) {
        if text.ends_with(SOFT_HYPHEN) {
            text.pop();
            text.push_str(self.in_place_of_soft(text, line));
        } else if text.ends_with('-') && !text.ends_with(" -") && goes_on(line) {
            let head = text.rsplit(' ').next().unwrap_or_default();
            let tail = line.split(' ').next().unwrap_or_default();
            if !is_address(head) && !self.keeps_hyphen(trimmed(head), trimmed(tail)) {
                text.pop();
            }
        } else if !is_broken_address(text) {
            text.push(' ');
        }
        text.push_str(line);
    }

    /// What stands for a soft hyphen: nothing in a broken word, but converters also write one for a
    /// real hyphen, or for a dash.
    fn in_place_of_soft(&self, text: &str, line: &str) -> &'static str {
        let head = trimmed(text.rsplit(' ').next().unwrap_or_default());
        let tail = trimmed(line.split(' ').next().unwrap_or_default());
        let shouts =
            |word: &str| word.starts_with(char::is_uppercase) && *word == word.to_uppercase();
        if !(goes_on(line) || shouts(head) && shouts(tail)) {
            return " ";
        }
        if self.is_compound(head, tail) { "-" } else { "" }
    }

    fn keeps_hyphen(&self, head: &str, tail: &str) -> bool {
        let stem = head.trim_end_matches('-');
        !self.has(&format!("{stem}{tail}")) && (self.is_compound(stem, tail) || !self.is_hyphenated)
    }

    /// Whether two parts of a word are known to belong together with a hyphen, or stand alone
    /// elsewhere while the whole word does not.
    fn is_compound(&self, stem: &str, tail: &str) -> bool {
        let both_stand = stem.len().min(tail.len()) >= SHORTEST_PART;
        !self.has(&format!("{stem}{tail}"))
            && (self.has(&format!("{stem}-{tail}"))
                || stem.contains('-')
                || COMPOUNDS.contains(&stem.to_lowercase().as_str())
                || (both_stand && self.has(stem) && self.has(tail)))
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(&word.to_lowercase())
    }
}

/// A word without the signs around it; a hyphen at its end stays.
fn trimmed(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-')
}

fn goes_on(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
}

/// "https://example.org/part-" goes on in the next line without a blank.
fn is_broken_address(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    is_address(last) && last.ends_with(['/', '-', '_', '=', '&', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> String {
        let hyphens = Hyphens::new(lines.iter().copied());
        let mut text = String::new();
        for line in lines {
            if text.is_empty() { text.push_str(line) } else { hyphens.join(&mut text, line) }
        }
        text
    }

    #[test]
    fn a_word_that_stands_whole_elsewhere_is_mended() {
        assert_eq!(
            joined(&["The assessment and the assess-", "ment of an opt-", "out."]),
            "The assessment and the assessment of an opt-out."
        );
    }

    #[test]
    fn without_evidence_the_hyphen_stays_unless_the_text_is_hyphenated() {
        assert_eq!(joined(&["an off-", "line copy"]), "an off-line copy");
        assert_eq!(
            joined(&["data controller", "the con-", "troller of da-", "ta broke a prom-", "ise"]),
            "data controller the controller of data broke a promise"
        );
    }

    #[test]
    fn soft_hyphens_and_addresses_are_joined() {
        assert_eq!(joined(&["the infor\u{ad}", "mation"]), "the information");
        assert_eq!(
            joined(&["five a month, five\u{ad}", "month plans"]),
            "five a month, five-month plans"
        );
        assert_eq!(joined(&["that a person\u{ad}", "(a) has"]), "that a person (a) has");
        assert_eq!(joined(&["DATA PRO\u{ad}", "TECTION ACT"]), "DATA PROTECTION ACT");
        assert_eq!(
            joined(&["see https://ico.example/a-", "b/", "c"]),
            "see https://ico.example/a-b/c"
        );
    }
}
