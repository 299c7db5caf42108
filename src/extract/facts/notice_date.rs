//! The date of the action: on the notice, of the publication, or as a report tells it.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    dates::{self, MONTH, Mention},
    text::{HEAD, Text, pattern},
};
use crate::model::{DateKind, PartialDate};

/// The date with what it is.
pub fn find(text: &Text<'_>) -> Option<(PartialDate, DateKind)> {
    signed(text.all)
        .map(|date| (date, DateKind::Notice))
        .or_else(|| alone(text))
        .or_else(|| told(text).map(|date| (date, DateKind::Unspecified)))
}

/// "Dated the 5th day of July 2022", on the first page or near the end.
fn signed(text: &str) -> Option<PartialDate> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:^|[^a-z])(?:dated?|signed|date of (?:issue|notice))(?: (?:this|the|on))*\s?:?\s+(?:the\s+)?")
    });
    let mut found = None;
    for word in SIGNED.find_iter(text) {
        if word.start() >= HEAD && word.start() <= text.len() / 4 * 3 {
            continue;
        }
        let rest = &text[word.end()..text.floor_char_boundary(word.end() + 60)];
        let day = dates::mentions(rest).next();
        found = day.filter(|day| day.place.start <= 1 && is_a_day(day)).map(|d| d.date).or(found);
    }
    found
}

fn is_a_day(mention: &Mention) -> bool {
    mention.date.earliest() == mention.date.latest()
}

/// A date on a line of its own: of a letter or notice at its head, or of a news release.
fn alone(text: &Text<'_>) -> Option<(PartialDate, DateKind)> {
    static OFFICIAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?im)^\s*(?:to|of)\s*:|^dear |\bissues? a reprimand to\b|^(?:reprimand|(?:monetary )?penalty notice|enforcement notice)\s*$|\bby this (?:written )?notice\b|\bin this (?:letter|notice)\b|\b(?:your|our) ref",
        )
    });
    static MONTH_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){MONTH}")));
    let is_official = OFFICIAL.is_match(text.head);
    let line = text.head.lines().map(str::trim).filter(|line| line.len() < 60).find_map(|line| {
        let line = line.strip_prefix("Date").map_or(line, |l| l.trim_start_matches([':', ' ']));
        let mention = MONTH_NAME.is_match(line).then(|| dates::mentions(line).next()).flatten()?;
        let is_whole = mention.place.start <= 12 && line.len() - mention.place.end <= 2;
        let before = &line[..mention.place.start];
        let is_weekday = before.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | ' '));
        (is_whole && is_weekday && is_a_day(&mention)).then_some(mention.date)
    })?;
    Some((line, if is_official { DateKind::Notice } else { DateKind::Publication }))
}

/// "On 4 May 2023 the ICO fined ...", "issued a penalty notice on 4 May 2023".
fn told(text: &Text<'_>) -> Option<PartialDate> {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:fined|reprimanded|prosecuted|sentenced|imposed|issued?|served|issuing|gave|published|handed)\b[^.\n]{0,90}?\b(?:fine|reprimand|penalty|enforcement notice|warning|notice|undertaking|court)|\b(?:fined|reprimanded|prosecuted|sentenced)\b",
        )
    });
    static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:intent|preliminary|propos|provisional|draft|previous|earlier|already|information notice|assessment notice|privacy notice|breach report|revised)",
        )
    });
    text.opening_sentences().find_map(|sentence| {
        let action = ACTION.find(sentence)?;
        if NOT_YET.is_match(sentence) {
            return None;
        }
        let near = |day: &Mention| {
            let gap = if day.place.end <= action.start() {
                action.start() - day.place.end
            } else {
                day.place.start.saturating_sub(action.end())
            };
            gap < 60
        };
        let leads = sentence.trim_start().to_lowercase().starts_with("on ");
        dates::mentions(sentence)
            .find(|day| near(day) && (leads && day.place.start < 12 || follows(sentence, day)))
            .map(|day| day.date)
    })
}

/// Whether "on" or "in" stands right before it and after the verb.
fn follows(sentence: &str, day: &Mention) -> bool {
    let before = sentence[..day.place.start].trim_end().to_lowercase();
    before.ends_with(" on") || before.ends_with(" in") || before.ends_with(" dated")
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Option<(String, DateKind)> {
        let document = read(text);
        find(&Text::new(&document)).map(|(date, kind)| (date.to_string(), kind))
    }

    #[test]
    fn the_date_of_a_notice_is_told_from_other_dates() {
        for (text, date, kind) in [
            ("It began on 2 May 2021.\n\nDated the 5 day of July 2022\n", "2022-07-05", DateKind::Notice),
            ("Signed: 3rd March 2020 for the Commissioner", "2020-03-03", DateKind::Notice),
            ("REPRIMAND\n\n14 April 2025\n\nTO: Example Trust\n\nIt failed.", "2025-04-14", DateKind::Notice),
            ("Example Trust reprimanded\n\nDate: 6 June 2023\n\nWe reprimanded it.", "2023-06-06", DateKind::Publication),
            ("On 4 May 2023 the ICO fined Example Ltd. It had written on 1 May 2022.", "2023-05-04", DateKind::Unspecified),
            ("The ICO issued a reprimand to Example Trust in March 2024.", "2024-03", DateKind::Unspecified),
        ] {
            assert_eq!(found(text), Some((date.to_owned(), kind)), "{text}");
        }
    }

    #[test]
    fn other_dates_are_not_the_notices() {
        for text in [
            "On 3 May 2021 it happened.",
            "On 3 May 2021 the Commissioner issued a notice of intent to Example Ltd.",
            "Dated the 31 day of February 2021",
            "A complaint was received on 3 May 2021. The ICO later fined Example Ltd.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
