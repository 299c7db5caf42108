//! How many marketing calls, texts or emails were made or sent.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    number::{COUNT, counts_nothing, whole},
    text::{MOST, Text, best, pattern},
};

/// The number of messages that the regulator counts against the party.
pub fn sent(text: &Text<'_>) -> Option<u64> {
    if !is_of_marketing(text.all) {
        return None;
    }
    let counts: Vec<(u8, u64)> = counts(text.all)
        .take(MOST)
        .filter_map(|(count, place)| Some((rank(text, &place)?, count)))
        .chain(totals(text.all).map(|count| (TOTAL, count)))
        .collect();
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let counts: Vec<(u8, u64)> = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST && *count * SINGLE_MESSAGES > most)
        .collect();
    best(&counts)
}

/// Where a text adds up the messages of several periods, that is their number.
const TOTAL: u8 = 4;

/// "The total number of unlawful emails was 57,665."
fn totals(text: &str) -> impl Iterator<Item = u64> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\btotal (?:number )?of (?:the )?(?:[a-z-]+ ){{0,5}}(?:calls|texts|text messages|e-?mails|messages)(?: [a-z]+){{0,6}}? (?:is|was|came to|amounts to|amounted to|comes to) (?:thus |therefore |then )?{COUNT}"
        ))
    });
    FORM.captures_iter(text)
        .filter_map(|found| whole(&found["n"], found.name("unit").map(|unit| unit.as_str())))
}

/// Nobody is acted against for less.
const FEWEST: u64 = 20;

/// Where thousands are counted, a few are examples.
const SINGLE_MESSAGES: u64 = 500;

/// Emails of a breach are no marketing.
fn is_of_marketing(text: &str) -> bool {
    ["marketing", "PECR", "unsolicited", "nuisance call", "Privacy and Electronic Comm"]
        .iter()
        .any(|word| text.contains(word))
}

fn counts(text: &str) -> impl Iterator<Item = (u64, Range<usize>)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?-u:\b){COUNT}\s+(?:of (?:the|these|those) )?(?:(?-u:[a-z][a-z'-]*)[\s,]+){{0,6}}?(?:calls|texts|text messages|sms(?: messages)?|e-?mails|messages|communications|numbers|occasions|times)(?-u:\b)"
        ))
    });
    FORM.captures_iter(text).filter_map(|found| {
        let place = found.get(0)?.range();
        if counts_nothing(&found["n"], &text[..place.start]) {
            return None;
        }
        Some((whole(&found["n"], found.name("unit").map(|unit| unit.as_str()))?, place))
    })
}

fn rank(text: &Text<'_>, place: &Range<usize>) -> Option<u8> {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:complaints?|reports?|complained|records|hours|days|minutes|per (?:day|week|month|hour))\b",
        )
    });
    static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:unsolicited|contrav\w+|contrary to|in breach of|without (?:\w+ ){0,2}consent|registered with (?:the )?(?:c?tps|telephone|corporate)|tps|regulations? 2[1-4]|unlawful\w*|never agreed|not agreed|not consented|unauthorised|illegal\w*|nuisance)\b",
        )
    });
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:sent|sending|made|making|make|contravened|received|delivered|transmi\w+|connected|instigat\w+|attempted|dialled|placed|responsible for|bombarded|plagued)\b",
        )
    });
    let (before, after) = text.around(place);
    let words = &text.all[place.clone()];
    // "12,000 people complained about calls" counts no calls.
    if OTHER.is_match(words) {
        return None;
    }
    let is_vague = ["numbers", "occasions", "times"].iter().any(|noun| words.ends_with(noun));
    let speaks =
        |form: &Regex| form.is_match(before) || form.is_match(words) || form.is_match(after);
    match (speaks(&AGAINST), speaks(&DONE)) {
        (false, _) if is_vague => None,
        (true, true) => Some(3),
        (true, false) => Some(2),
        (false, true) => Some(1),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Option<u64> {
        let document = read(text);
        sent(&Text::new(&document))
    }

    #[test]
    fn messages_are_told_from_complaints() {
        for (text, count) in [
            (
                "It made 57,665 unsolicited direct marketing calls and drew 27 complaints.",
                Some(57_665),
            ),
            (
                "Some 4.2 million marketing texts were sent without consent, 12 complained.",
                Some(4_200_000),
            ),
            (
                "It instigated 1,287,650 direct marketing messages in contravention of regulation 22.",
                Some(1_287_650),
            ),
            (
                "It sent 500 unsolicited emails in May and 400 in June. The total number of such emails is 900.",
                Some(900),
            ),
            (
                "It was responsible for 4,256 texts to people who had never agreed to marketing.",
                Some(4_256),
            ),
            (
                "It said it made 8,700 marketing calls. It made 1,900 marketing calls without the prior consent of anybody.",
                Some(1_900),
            ),
            ("The ICO received 412 complaints about marketing calls.", None),
            ("An assistant sent 3 emails with medical notes to the wrong people.", None),
        ] {
            assert_eq!(found(text), count, "{text}");
        }
    }
}
