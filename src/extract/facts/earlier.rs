//! Whether the regulator has acted against the party before: the sentence that says so.

use std::sync::LazyLock;

use regex::Regex;

use super::text::{Text, pattern};
use crate::model::PartialDate;

/// Longer sentences are lists and tables.
const LONGEST: usize = 700;

/// The first sentence that tells of an action against the same party before the day of this one.
pub fn find(text: &Text<'_>, date: Option<PartialDate>) -> Option<String> {
    let mut sentences = text.sentences().filter(|sentence| sentence.len() < LONGEST);
    sentences.find(|sentence| tells(sentence, date)).map(str::to_owned)
}

/// Whether a sentence tells of an earlier action against the party.
pub fn tells(sentence: &str, date: Option<PartialDate>) -> bool {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:reprimand(?:s|ed)?|enforcement notices?|(?:monetary )?penalt(?:y|ies)(?: notices?)?|fined|undertakings?|prosecuted|regulatory action|enforcement action)\b",
        )
    });
    static EARLIER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?:has|had|have) (?:also )?(?:previously|already|earlier|before) (?:been )?(?:issued|served|given|reprimanded|fined|prosecuted|signed|taken|imposed|the subject|subject|received)|(?:was|were) (?:previously|already) (?:issued|served|given|reprimanded|fined|prosecuted|the subject|subject)|previously (?:issued|served|reprimanded|fined|imposed|took|prosecuted|gave|received)|(?:previous|earlier|prior|past|former) (?:reprimand|enforcement notice|monetary penalty|penalty notice|penalty|fine|undertaking|enforcement action|regulatory action)s?|(?:second|third) (?:reprimand|monetary penalty|enforcement notice|fine) (?:issued|in|for|to|against|imposed))\b",
        )
    });
    static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:the (?:commissioner|ico|information commissioner) (?:had |also )?(?:reprimanded|fined|issued|served|imposed|took)|(?:had (?:already )?been|was) (?:issued|served|given|reprimanded|fined)|signed an undertaking)\b",
        )
    });
    // What it has not suffered, what others have, and what this document itself is.
    static ELSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:no (?:previous|earlier|prior|relevant)|not (?:previously|been)|never|without any|any (?:previous|earlier|prior|relevant)|whether|other (?:controllers|organisations|companies|bodies|parties|cases)|similar (?:cases|breaches)|preliminary|notice of intent|guidance|considered)\b",
        )
    });
    let is_before = || is_dated_before(sentence, date) && TAKEN.is_match(sentence);
    ACTION.is_match(sentence)
        && !ELSE.is_match(sentence)
        && (EARLIER.is_match(sentence) || is_before())
}

/// Whether a sentence names a year before that of the action.
fn is_dated_before(sentence: &str, date: Option<PartialDate>) -> bool {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:in|on) (?:\w+ ){0,2}(?<year>(?:19|20)\d\d)\b"));
    let year = YEAR.captures(sentence).and_then(|found| found["year"].parse::<i16>().ok());
    year.zip(date).is_some_and(|(year, date)| year < date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_actions_against_the_party() {
        let date = "2021-05".parse().ok();
        for sentence in [
            "The Commissioner previously issued the Council with a reprimand for a like breach.",
            "In 2019 the Commissioner reprimanded the Council for answering requests late.",
            "Since March 2016 the Department had already been issued with two enforcement notices.",
            "The Trust has previously been reprimanded.",
            "He has had regard to the earlier monetary penalty against the same company.",
        ] {
            assert!(tells(sentence, date), "{sentence}");
        }
        for sentence in [
            "No previous reprimand to the Council is known to the Commissioner.",
            "The Commissioner has decided to issue a reprimand to the Council.",
            "On 4 May 2021 the Commissioner reprimanded the Council.",
            "The Council has not previously been fined.",
            "The Commissioner has fined other organisations in the past.",
            "The company previously issued its staff with guidance.",
        ] {
            assert!(!tells(sentence, date), "{sentence}");
        }
    }
}
