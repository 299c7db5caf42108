//! Sentence boundaries in legal English.
//!
//! A full stop ends a sentence unless it belongs to an abbreviation ("Art.", "No.", "v."), an
//! initial or a number, and unless the text goes on in lower case.

use std::ops::Range;

/// Words whose full stop does not end a sentence, in lower case and without that stop.
const ABBREVIATIONS: [&str; 40] = [
    "art", "arts", "no", "nos", "v", "vs", "mr", "mrs", "ms", "dr", "prof", "st", "e.g", "eg",
    "i.e", "ie", "cf", "para", "paras", "p", "pp", "s", "ss", "reg", "regs", "sch", "schs",
    "approx", "inc", "ltd", "co", "plc", "ref", "rev", "sec", "ch", "fig", "hon", "viz", "al",
];

/// Byte ranges of the sentences of one block, without the white space between them.
pub fn split(block: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut candidates = memchr_ends(block);
    std::iter::from_fn(move || {
        start += block[start..].len() - block[start..].trim_start().len();
        if start >= block.len() {
            return None;
        }
        let end = candidates
            .find(|end| *end > start && is_boundary(&block[start..], *end - start))
            .unwrap_or(block.len());
        let range = start..start + block[start..end].trim_end().len();
        start = end;
        Some(range)
    })
}

/// The offsets just behind each run of closing punctuation.
fn memchr_ends(block: &str) -> impl Iterator<Item = usize> {
    block.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len()).map(move |end| {
        let closers =
            block[end..].chars().take_while(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']'));
        end + closers.map(char::len_utf8).sum::<usize>()
    })
}

fn is_boundary(text: &str, end: usize) -> bool {
    let after = &text[end..];
    if after.is_empty() {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start().chars().next();
    let opens = next.is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '•' | '£')
    });
    opens && !is_abbreviation(&text[..end], next)
}

fn is_abbreviation(before: &str, next: Option<char>) -> bool {
    let Some(stem) = before.strip_suffix('.') else { return false };
    let word = stem.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(stem);
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_company = ["ltd", "co", "plc", "inc"].contains(&word.to_lowercase().as_str());
    // "… Example Ltd. The company …": a company's stop ends the sentence before a capital.
    if is_company {
        return next.is_some_and(|c| !c.is_uppercase());
    }
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn legal_abbreviations_do_not_end_a_sentence() {
        let text = "See Art. 5 and No. 12 of Smith v. Jones. The Trust erred (e.g. in 2.4 cases). It has since paid.";
        assert_eq!(
            sentences(text),
            [
                "See Art. 5 and No. 12 of Smith v. Jones.",
                "The Trust erred (e.g. in 2.4 cases).",
                "It has since paid.",
            ]
        );
    }

    #[test]
    fn quotation_marks_stay_with_their_sentence() {
        assert_eq!(
            sentences("It said “no DPIA was needed.” The ICO disagreed!"),
            ["It said “no DPIA was needed.”", "The ICO disagreed!"]
        );
    }

    #[test]
    fn a_company_can_end_a_sentence() {
        assert_eq!(
            sentences("The ICO fined Example Ltd. The company paid."),
            ["The ICO fined Example Ltd.", "The company paid."]
        );
    }

    proptest! {
        #[test]
        fn ranges_are_ordered_and_cover_all_words(text in "[A-Za-z0-9.!?()’ “”£\n]{0,80}") {
            let ranges: Vec<_> = split(&text).collect();
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let kept: String = ranges.iter().map(|range| &text[range.clone()]).collect();
            let squash = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squash(&kept), squash(&text));
        }
    }
}
