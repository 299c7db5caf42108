//! Where a text says when an incident began or ended, in sentences around the one that dates it:
//! "It stayed online until 2 May", "The file was taken down on 3 May 2022".

use std::sync::LazyLock;

use regex::Regex;

use super::{
    dates::{self, MONTH, Mention},
    text::pattern,
};
use crate::model::PartialDate;

/// What happened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Somebody got in.
    Start,
    /// It was over, or came to its last act.
    End,
}

/// Sentences behind the one that dates the incident in which its end may be told.
const REACH: usize = 8;

/// Bytes before a date that can say what happened on it.
const NEAR: usize = 70;

/// The turns that a sentence gives to its days.
pub fn of(sentence: &str, days: &[Mention]) -> Vec<(Turn, PartialDate)> {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:must|has until|have until|should|will|required|payable|paid|representations|penalty|fine|investigat\w*|complain\w*|ico|commissioner|financial year|turnover)\b",
        )
    });
    let turns = days.iter().filter_map(|day| Some((turn(sentence, day)?, day.date)));
    let turns: Vec<_> = turns.chain(last_year(sentence)).collect();
    if turns.is_empty() || OTHER.is_match(sentence) { Vec::new() } else { turns }
}

/// The dates of a sentence, also those that leave out the year, which is that of the last date before.
pub fn mentions(sentence: &str, year: Option<i16>) -> Vec<Mention> {
    let mut days: Vec<Mention> = dates::mentions(sentence).collect();
    let short = year.into_iter().flat_map(|year| yearless(sentence, year));
    let short: Vec<Mention> =
        short.filter(|day| days.iter().all(|known| known.place.start != day.place.start)).collect();
    days.extend(short);
    days.sort_by_key(|day| day.place.start);
    days
}

/// Whether "6 J" of "6 June" stands in it.
pub fn has_day(sentence: &str) -> bool {
    let is_day =
        |part: &[u8]| part[0].is_ascii_digit() && part[1] == b' ' && part[2].is_ascii_uppercase();
    sentence.as_bytes().windows(3).any(is_day)
}

/// "20 August" without a year.
fn yearless(sentence: &str, year: i16) -> impl Iterator<Item = Mention> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"\b(?<d>\d{{1,2}})(?:st|nd|rd|th)? (?<m>{MONTH})\b")));
    let found = FORM.captures_iter(if has_day(sentence) { sentence } else { "" });
    found.filter_map(move |found| {
        let place = found.get(0)?.range();
        let goes_on = sentence[place.end..].trim_start_matches([',', ' ', '.']);
        let month = dates::month_number(&found["m"])?;
        let date = dates::partial(&year.to_string(), month, Some(&found["d"]))?;
        (!goes_on.starts_with(|c: char| c.is_ascii_digit())).then_some(Mention { date, place })
    })
}

/// What a sentence says happened on a day.
fn turn(sentence: &str, day: &Mention) -> Option<Turn> {
    static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:until|till|up to|to the end of|(?:ended|ceased|stopped|removed|taken down|taken offline|suspended|withdrawn|switched off|deployed|encrypted)(?: [a-z]+){0,2}? (?:on|in|at [\d:.]+ on)|(?:second|third|last),? (?:[a-z]+ ){0,3}(?:on|in))(?: the)?\s*$",
        )
    });
    static OVER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^,? (?:[a-z]+ ){0,4}(?:was|were) (?:deployed|encrypted|executed|removed|taken down|taken offline|switched off)\b",
        )
    });
    static IN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:gained (?:\w+ )?(?:entry|access)|came in|broke in|got in|logged (?:in|on)|entered the (?:network|systems?))\b[^.]{0,30}?\bon\s*$",
        )
    });
    let before = &sentence[..day.place.start];
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    if UNTIL.is_match(near) || OVER.is_match(&sentence[day.place.end..]) {
        Some(Turn::End)
    } else {
        IN.is_match(near).then_some(Turn::Start)
    }
}

/// "up to 2016".
fn last_year(sentence: &str) -> Option<(Turn, PartialDate)> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:until|till|up to|to the end of) (?<y>(?:19|20)\d\d)\b"));
    let found = FORM.captures(sentence)?;
    Some((Turn::End, found["y"].parse().ok()?))
}

/// The span of an incident that sentence `number` puts on a day, by the turns around it.
pub fn around(
    turns: &[(usize, Turn, PartialDate)],
    number: usize,
    day: PartialDate,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let near = || turns.iter().filter(|(at, ..)| (number..=number + REACH).contains(at));
    let end = near().find(|(_, turn, date)| {
        *turn == Turn::End && date.latest() > day.latest() && date.year() - day.year() <= LONGEST
    });
    let start = near().find(|(_, turn, date)| {
        *turn == Turn::Start && date.latest() < day.earliest() && date.year() + 1 >= day.year()
    });
    match (start, end) {
        (Some((.., start)), None) => (Some(*start), Some(day)),
        (_, end) => (Some(day), end.map(|(.., date)| *date)),
    }
}

/// No incident lasts for more years.
const LONGEST: i16 = 12;
