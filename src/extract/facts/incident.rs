//! When the failing or the incident began and ended.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    dates::{self, MONTH, Mention},
    text::{Text, pattern},
    turns::{self, Turn},
};
use crate::model::PartialDate;

/// From when to when; a single day is a beginning without an end.
pub fn find(text: &Text<'_>) -> (Option<PartialDate>, Option<PartialDate>) {
    let mut best: Option<(u8, usize, Span)> = None;
    let mut turns: Vec<(usize, Turn, PartialDate)> = Vec::new();
    let mut year = None;
    for (number, sentence) in text.sentences().enumerate() {
        let is_dated = has_year(sentence) || year.is_some() && turns::has_day(sentence);
        if sentence.len() > LONGEST || !is_dated {
            continue;
        }
        let days = turns::mentions(sentence, year);
        let told = turns::of(sentence, &days);
        turns.extend(told.into_iter().map(|(turn, date)| (number, turn, date)));
        for span in spans(sentence, &days) {
            let rank = if span.from.month().is_some() { rank(sentence, &span) } else { SINCE };
            if rank > best.as_ref().map_or(0, |(rank, ..)| *rank) {
                best = Some((rank, number, span));
            }
        }
        year = days.last().map(|last| last.date.year()).or(year);
    }
    let Some((_, number, span)) = best else { return (None, None) };
    match span.to {
        Some(to) => (Some(span.from), Some(to)),
        None => turns::around(&turns, number, span.from),
    }
}

/// "Since 2018" tells of a state that is often not yet the incident.
const SINCE: u8 = 1;

/// Longer sentences are lists and tables.
const LONGEST: usize = 900;

struct Span {
    from: PartialDate,
    to: Option<PartialDate>,
    /// Where it begins in the sentence.
    start: usize,
}

/// Whether "19.." or "20.." stands in it: most sentences go no further.
fn has_year(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let mut at = 0;
    while let Some(found) = sentence.get(at..).and_then(|rest| rest.find("20")) {
        at += found;
        if bytes[at + 2..].iter().take(2).filter(|byte| byte.is_ascii_digit()).count() == 2 {
            return true;
        }
        at += 2;
    }
    false
}

/// Ranges first, then single dates.
fn spans(sentence: &str, mentions: &[Mention]) -> Vec<Span> {
    let mut spans: Vec<Span> = since_year(sentence).into_iter().collect();
    for (at, mention) in mentions.iter().enumerate() {
        let next = mentions.get(at + 1);
        let joined = next.filter(|next| joins(&sentence[mention.place.end..next.place.start]));
        let short = short_start(sentence, mention);
        let span = match (joined, short) {
            (Some(next), _) => (mention.date, Some(next.date), mention.place.start),
            (None, Some((from, start))) => (from, Some(mention.date), start),
            (None, None) => (mention.date, None, mention.place.start),
        };
        let (from, to, start) = span;
        let is_whole = has_year(&sentence[mention.place.clone()])
            || opens_range(&sentence[..start]) && to.is_some();
        if is_whole && to.is_none_or(|to| from.earliest() <= to.latest()) {
            spans.push(Span { from, to, start });
        }
    }
    spans
}

/// "between" or "from": a range that leaves out its year says so.
fn opens_range(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(" the");
    ["etween", "rom"].iter().any(|word| before.ends_with(word))
}

/// "Since 2011 it has ...".
fn since_year(sentence: &str) -> Option<Span> {
    let rest = sentence.strip_prefix("Since ").or_else(|| sentence.strip_prefix("From "))?;
    let year = rest.get(..4).filter(|_| rest[4..].starts_with([' ', ',']))?;
    let from = year.parse().ok().filter(|_| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(Span { from, to: None, start: sentence.len() - rest.len() })
}

/// What stands between the two ends of a range.
fn joins(between: &str) -> bool {
    matches!(
        between.trim().to_lowercase().as_str(),
        "and"
            | "to"
            | "until"
            | "till"
            | "through"
            | "-"
            | "–"
            | "—"
            | "up to"
            | "up until"
            | "and until"
            | "to the"
            | "and the"
            | ", until"
            | "inclusive to"
    )
}

/// Bytes of "30th September until the " and the like, with some to spare.
const LONGEST_START: usize = 48;

/// The first end of "between 1 and 5 May 2020", "27-28 December 2019", "May to July 2021".
fn short_start(sentence: &str, second: &Mention) -> Option<(PartialDate, usize)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:(?<d>\b\d{{1,2}})(?:st|nd|rd|th)?\s?)?(?<m>\b{MONTH})?\s?(?:and|to|until|-|–|—)\s?(?:the )?$"
        ))
    });
    let lead = &sentence[..second.place.start];
    let near = &lead[lead.ceil_char_boundary(lead.len().saturating_sub(LONGEST_START))..];
    let found = FORM.captures(near)?;
    let year = second.date.year().to_string();
    let month = match found.name("m") {
        Some(name) => dates::month_number(name.as_str())?,
        None => u8::try_from(second.date.month()?).ok()?,
    };
    let day = found.name("d").map(|day| day.as_str());
    if day.is_none() && found.name("m").is_none() {
        return None;
    }
    let start = lead.len() - near.len() + found.name("d").or_else(|| found.name("m"))?.start();
    Some((dates::partial(&year, month, day)?, start))
}

/// How surely a sentence tells when it happened; 0 where it tells something else.
fn rank(sentence: &str, span: &Span) -> u8 {
    static ELSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:complaints? (?:were|was|had been|relating|about|received)|complained|representations|notice of intent|preliminary|correspond|wrote|letter|letters (?:of|dated)|received (?:a|the) request|(?:reprimand|penalty|fine|notice) of|meeting|emailed the commissioner|regulation \(eu\)|directive|european parliament|references? (?:in|to)|came into force|in force|turnover|accounts for|financial year|incorporated|was founded|was established|companies house|investigat|interview|respond|replied|information notice|told the (?:ico|commissioner)|informed the|notified the (?:ico|commissioner)|reported (?:it |this |the (?:breach|incident|matter) )?to the (?:ico|commissioner)|guidance|dated|published (?:its|the) (?:guidance|policy)|has since|have since|commissioner has|discretion|no later than|by no later|deadline|progress update|sentenced|pleaded|magistrates|fined)\b",
        )
    });
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:relevant (?:period|date|time|dates)|period of (?:the )?(?:contravention|infringement|complaint)|contravention|contravened|infringement|infringed|infringing|time of the (?:breach|incident))\b",
        )
    });
    static HAPPENED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:breach|incident|attack|attacker|unauthorised|unauthorized|disclos\w+|exfiltrat\w+|ransomware|threat actor|hack\w*|stolen|lost|expos\w+|sent|made|received|transmitted|calls|messages|emails?|posted|published|uploaded|shared|accessed|obtained|failed|failure|did not|used|collected|introduced|operated|processed|left|looked (?:at|up)|viewed|opened|copied|drawn|sold|handed|screened)\b",
        )
    });
    let before = &sentence[..span.start];
    // What was found is no part of how it was found.
    let found = before.rfind("found that ").or_else(|| before.rfind("revealed that "));
    let tells_else = ELSE.is_match(&sentence[found.unwrap_or(0)..]);
    let names_period = PERIOD.is_match(sentence);
    // A sentence does not begin with a bare date, but a letter does.
    if tells_else && !names_period || is_deadline(before) || before.trim().is_empty() {
        return 0;
    }
    let is_range = span.to.is_some();
    let opens = before.len() < OPENING;
    match (is_range, names_period, HAPPENED.is_match(sentence)) {
        (true, true, _) if !tells_else => 7,
        (true, _, _) if opens && !tells_else => 6,
        (true, true, _) => 5,
        (true, false, true) => 5,
        (true, false, false) => 3,
        (false, _, true) if opens => 4,
        (false, true, true) => 3,
        (false, _, false) if opens => 3,
        (false, false, true) => 2,
        (false, ..) => 0,
    }
}

/// "On Friday, 4 March 2023 an assistant ...": a date within these bytes opens its sentence.
const OPENING: usize = 24;

/// "by 30 June 2024", "until March 2022" and "since" of the law are no time of an incident.
fn is_deadline(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    ["by", "before", "after", "as at", "as of", "since then", "until", "till", "up to"].iter().any(
        |word| before.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')),
    )
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> (String, String) {
        let document = read(text);
        let (from, to) = find(&Text::new(&document));
        let show = |date: Option<PartialDate>| date.map_or(String::new(), |date| date.to_string());
        (show(from), show(to))
    }

    #[test]
    fn from_when_to_when() {
        for (text, from, to) in [
            ("On 4 March 2023 an assistant sent the list to all parents.", "2023-03-04", ""),
            (
                "Between 12 January 2021 and 30 June 2021 the company made 300 calls.",
                "2021-01-12",
                "2021-06-30",
            ),
            ("From May to July 2021 the firm sent texts without consent.", "2021-05", "2021-07"),
            ("The file was published on 27-28 December 2019 in error.", "2019-12-27", "2019-12-28"),
            (
                "On 2 May 2020 an email was sent. The relevant period is 1 June 2019 to 3 May 2020.",
                "2019-06-01",
                "2020-05-03",
            ),
            (
                "On 4 March 2023 the list was uploaded. It named all parents. It stayed there until 2 May 2023.",
                "2023-03-04",
                "2023-05-02",
            ),
            (
                "On 4 March 2023 the firm published the list. The page was taken down on 9 March.",
                "2023-03-04",
                "2023-03-09",
            ),
            (
                "In February 2019 the force introduced an app. Until March 2022, phones were copied.",
                "2019-02",
                "2022-03",
            ),
            (
                "On 13 May 2022 its servers were encrypted. The attacker had gained access on 28 April 2022.",
                "2022-04-28",
                "2022-05-13",
            ),
            (
                "The portal opened on 6 June 2022. Between 6 and 10 June all letters could be viewed.",
                "2022-06-06",
                "2022-06-10",
            ),
            (
                "In the first, on 4 March 2023, a list was sent to a neighbour. In the second, on 5 July \
                 2023, a list was posted to a shop.",
                "2023-03-04",
                "2023-07-05",
            ),
            (
                "Since 2011 it has sold its list to a broker. Some 900 people were listed up to 2016.",
                "2011",
                "2016",
            ),
            (
                "The ICO investigated and found that a nurse had looked at files between May 2020 and June 2021.",
                "2020-05",
                "2021-06",
            ),
        ] {
            assert_eq!(found(text), (from.to_owned(), to.to_owned()), "{text}");
        }
    }

    #[test]
    fn times_of_other_things() {
        for text in [
            "Between 1 May 2020 and 3 June 2020 the ICO received 12 complaints about it.",
            "The Council must do so by 30 June 2024.",
            "Example Ltd was incorporated on 2 May 2011.",
            "The Commissioner wrote to the Trust on 4 May 2021.",
            "On 31 February 2021 an email was sent.",
            "It explained itself in letters of 4 December 2020 and 22 January 2021.",
            "Since June 2022 the Commissioner has used his discretion in this way.",
            "Until March 2022, phones were copied.",
        ] {
            let (from, to) = found(text);
            assert!(from.is_empty() && to.is_empty(), "{text}: {from} {to}");
        }
    }
}
