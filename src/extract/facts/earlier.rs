//! Whether the regulator has acted against the party before: the sentence that says so.

use std::sync::LazyLock;

use regex::Regex;

use super::text::{Text, pattern};

/// Longer sentences are lists and tables.
const LONGEST: usize = 700;

/// The first sentence that tells of an earlier action against the same party.
pub fn find(text: &Text<'_>) -> Option<String> {
    text.sentences().find(|sentence| sentence.len() < LONGEST && tells(sentence)).map(str::to_owned)
}

fn tells(sentence: &str) -> bool {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:reprimand(?:s|ed)?|enforcement notices?|(?:monetary )?penalt(?:y|ies)(?: notices?)?|fined|undertakings?|prosecuted|regulatory action|enforcement action)\b",
        )
    });
    static EARLIER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?:has|had|have) (?:also )?(?:previously|already|earlier|before) (?:been )?(?:issued|served|given|reprimanded|fined|prosecuted|signed|taken|imposed|the subject|subject|received)|(?:was|were) (?:previously|already|also) (?:issued|served|given|reprimanded|fined|prosecuted|the subject|subject)|previously (?:issued|served|reprimanded|fined|imposed|took|prosecuted|gave|received)|(?:previous|earlier|prior|past|former) (?:reprimand|enforcement notice|monetary penalty|penalty notice|penalty|fine|undertaking|enforcement action|regulatory action)s?|(?:second|third) (?:reprimand|monetary penalty|enforcement notice|fine) (?:issued|in|for|to|against|imposed)|(?:in|on) (?:\w+ ){0,2}(?:19|20)\d\d,? (?:the (?:commissioner|ico|information commissioner) (?:had |also )?(?:reprimanded|fined|issued|served|imposed|took)|[^.;]{3,60}? (?:had (?:already )?been|was|signed) (?:issued|served|given|reprimanded|fined|an undertaking)))\b",
        )
    });
    // What it has not suffered, what others have, and what this document itself is.
    static ELSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:no (?:previous|earlier|prior|relevant)|not (?:previously|been)|never|without any|any (?:previous|earlier|prior|relevant)|whether|other (?:controllers|organisations|companies|bodies|parties|cases)|similar (?:cases|breaches)|preliminary|notice of intent|guidance|considered)\b",
        )
    });
    ACTION.is_match(sentence) && EARLIER.is_match(sentence) && !ELSE.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn earlier_actions_against_the_party() {
        for sentence in [
            "The Commissioner previously issued the Council with a reprimand for a like breach.",
            "In 2019 the Commissioner reprimanded the Council for answering requests late.",
            "In December 2017 the Department had already been issued with an enforcement notice.",
            "The Trust has previously been reprimanded.",
            "He has had regard to the earlier monetary penalty against the same company.",
        ] {
            assert!(tells(sentence), "{sentence}");
        }
        for sentence in [
            "The Commissioner is not aware of any previous reprimand to the Council.",
            "The Commissioner has decided to issue a reprimand to the Council.",
            "The Council has not previously been fined.",
            "The Commissioner has fined other organisations in the past.",
            "The company previously issued its staff with guidance.",
        ] {
            assert!(!tells(sentence), "{sentence}");
        }
    }
}
