//! The date of the action: on the notice, of the publication, or as a report tells it.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    dates::{self, MONTH, Mention},
    text::{HEAD, Text, pattern},
};
use crate::{
    model::{DateKind, PartialDate},
    read::split_sentences,
};

/// The date with what it is.
pub fn find(text: &Text<'_>) -> Option<(PartialDate, DateKind)> {
    let with = |kind| move |date| (date, kind);
    signed(text.all)
        .map(with(DateKind::Notice))
        .or_else(|| told(text).filter(|_| is_of_court(text)).map(with(DateKind::Unspecified)))
        .or_else(|| listed(text))
        .or_else(|| announced(text).map(with(DateKind::Publication)))
        .or_else(|| titled(text).map(with(DateKind::Unspecified)))
        .or_else(|| alone(text))
        .or_else(|| at_the_end(text).map(with(DateKind::Notice)))
        .or_else(|| told(text).map(with(DateKind::Unspecified)))
        .or_else(|| called(text).map(with(DateKind::Unspecified)))
}

/// "Dated the 5th day of July 2022", on the first page or near the end.
fn signed(text: &str) -> Option<PartialDate> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[^A-Za-z])(?:Dated|DATED|Signed|SIGNED|[Dd]ate of (?:issue|(?:this |the )?(?:penalty |enforcement )?(?:notice|reprimand|decision|penalty))|DATE OF (?:ISSUE|NOTICE)|(?:notice|letter|reprimand) is dated|given (?:on|this))(?i: (?:this|the|on|and|dated|at|\p{Lu}\w+))*\s?:?\s+(?:the\s+)?",
        )
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

/// "Date 4 March 2021" of the list of facts on a page.
fn listed(text: &Text<'_>) -> Option<(PartialDate, DateKind)> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s|])(?:Date|DATE)\s?:?\s+"));
    static TYPE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\bType\s?:?\s+(?<type>\p{Lu}[a-z]+(?: [a-z]+)?)"));
    let kind = match TYPE.captures(text.head) {
        Some(found) if ["News", "Blog", "Statement"].contains(&&found["type"]) => {
            DateKind::Publication
        }
        Some(_) => DateKind::Register,
        None if is_official(text) => DateKind::Notice,
        None => DateKind::Publication,
    };
    let day = DATE.find_iter(text.head).find_map(|word| {
        dates::mentions(&text.head[word.end()..]).next().filter(|day| day.place.start == 0)
    });
    day.map(|day| (day.date, kind))
}

/// Whether it is a notice or a letter, not a report of one.
fn is_official(text: &Text<'_>) -> bool {
    static OFFICIAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?im)^\s*(?:to|of)\s*:|\bdear (?:sir|madam|mr|ms|mrs|dr|prof|both|\[|\p{Lu})|\bissues? a reprimand to\b|^(?:reprimand|(?:monetary )?penalty notice|enforcement notice)\s*$|\bby this (?:written )?notice\b|\bin this (?:letter|notice)\b|\b(?:your|our) ref|\bthe commissioner has decided to\b",
        )
    });
    OFFICIAL.is_match(text.head)
}

fn is_of_court(text: &Text<'_>) -> bool {
    text.opening().contains("Court") && text.is_short()
}

/// Longer lines are no headings, letterheads or datelines.
const LINE: usize = 160;

/// "Published 7 March 2024", "News release, 7 March 2024", "For immediate release: 7 March 2024".
fn announced(text: &Text<'_>) -> Option<PartialDate> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:published|posted|immediate (?:use|release)|embargo\w*(?: until)?|news release|press release|press notice|release date|statement|news)\b\W{0,4}(?:(?:on|until|\d\d[:.]\d\d|\w+day)\W{1,2}){0,3}$",
        )
    });
    text.opening_blocks().filter(|block| block.len() < LINE).take(8).find_map(|line| {
        let is_announced = |day: &Mention| WORD.is_match(&line[..day.place.start]);
        dates::mentions(line).find(is_announced).map(|day| day.date)
    })
}

/// A heading that names the action and its day: "Example Ltd (enforcement notice, 4 May 2021)".
fn titled(text: &Text<'_>) -> Option<PartialDate> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:penalty|notice|reprimand(?: of the ico)?|undertaking|fine|decision|information commissioner|ico)\b[^.]{0,12}?(?:,|\(|:|-|–|\bof|\bdated|\bon|\bfrom)\s*$|\b(?:issued|given) (?:under|by|pursuant)\b[^.]{0,60}\bon\s*$",
        )
    });
    let mut lines = text.opening_sentences().take(TITLE);
    lines.find_map(|line| {
        let is_named = |day: &Mention| {
            let before = &line[..day.place.start];
            NAMED.is_match(before) && !NOT_YET.is_match(before) && is_a_day(day)
        };
        dates::mentions(line).find(is_named).map(|day| day.date)
    })
}

/// Headings and sentences in which a report says which action it is about.
const TITLE: usize = 6;

static MONTH_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){MONTH}")));

/// A date on a line of its own, or in the head of a letter.
fn alone(text: &Text<'_>) -> Option<(PartialDate, DateKind)> {
    let kind = if is_official(text) { DateKind::Notice } else { DateKind::Publication };
    let blocks = || text.opening_blocks().take_while(|block| !is_sentence(block)).take(12);
    let lines = || blocks().flat_map(|block| block.split('|')).filter(|line| line.len() < LINE);
    let whole =
        lines().chain(text.opening_blocks().filter(|block| block.len() < 40)).find_map(whole);
    let ending = || lines().find_map(in_a_letterhead);
    let leading = || text.opening_blocks().take(LEADING).find_map(leading);
    whole.or_else(ending).or_else(leading).map(|date| (date, kind))
}

/// Blocks in which a letter has its date.
const LEADING: usize = 8;

/// The date with which a block begins: no sentence begins with a bare one.
fn leading(block: &str) -> Option<PartialDate> {
    let start = &block[..block.floor_char_boundary(60)];
    let day = dates::mentions(start).next().filter(|day| day.place.start == 0 && is_a_day(day))?;
    let rest = start[day.place.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    rest.starts_with(char::is_uppercase).then_some(day.date)
}

/// Whether a block is running text.
fn is_sentence(block: &str) -> bool {
    block.len() > LINE && block.contains(". ") || block.ends_with('.') && block.len() > 90
}

/// The date that makes up a line: "Wednesday, 4 May 2022".
fn whole(line: &str) -> Option<PartialDate> {
    let line = line.trim().trim_end_matches('.');
    if line.len() > 40 || !MONTH_NAME.is_match(line) {
        return None;
    }
    let day = dates::mentions(line).next()?;
    let before = line[..day.place.start].trim_start_matches("Date").trim_start_matches(':');
    let is_weekday = before.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | ' '));
    (is_weekday && before.len() <= 12 && line.len() - day.place.end <= 2).then_some(day.date)
}

/// The date at either end of a line of a letterhead: "Our ref: AB12 4 May 2022".
fn in_a_letterhead(line: &str) -> Option<PartialDate> {
    static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:act|regulations?|directive|breach|incident|complaint|request|letter|from|between|since|between|in|by|on)\b",
        )
    });
    let day = dates::mentions(line).find(is_a_day)?;
    let is_at_end = day.place.start == 0 || line.len() - day.place.end <= 2;
    (is_at_end && !FOREIGN.is_match(line)).then_some(day.date)
}

/// The last line, or a last "sentence" that is a date and no more.
fn at_the_end(text: &Text<'_>) -> Option<PartialDate> {
    let start = text.all.len().saturating_sub(TAIL);
    let tail = &text.all[text.all.ceil_char_boundary(start)..];
    let parts = tail.split("\n\n").flat_map(|block| split_sentences(block).map(|r| &block[r]));
    let parts: Vec<&str> = parts.collect();
    parts.into_iter().rev().find_map(|part| {
        let last = dates::mentions(part).last().filter(is_a_day)?;
        let is_signature =
            part.len() < LINE && !part.ends_with('.') && last.place.end == part.len();
        let is_signed = ["Signed", "for the", "[", "For the", "Head of", "Director"]
            .iter()
            .any(|word| part[last.place.end..].trim_start().starts_with(word));
        whole(part).or((is_signature || is_signed).then_some(last.date))
    })
}

/// The signature stands within these last bytes.
const TAIL: usize = 1500;

static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:intent|preliminary|propos|provisional|draft|previous|earlier|already|information notice|assessment notice|privacy notice|breach report|revised|complain|should|must|will)",
    )
});

/// "On 4 May 2023 the ICO fined ...", "issued a penalty notice on 4 May 2023".
fn told(text: &Text<'_>) -> Option<PartialDate> {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:fined|reprimanded|prosecuted|sentenced|convicted|pleaded guilty|ordered to pay)\b|\b(?:decided|imposed|issued?|served|issuing|gave|published|handed|signed)\b[^.\n]{0,90}?\b(?:fine|reprimand|penalty|enforcement notice|warning|notice|undertaking)\b|\bICO (?:fine|penalty|reprimand)\b|\b(?:penalty|enforcement) notice\b|\b(?:fine|reprimand|penalty|warning)\b[^.\n]{0,60}?\b(?:was|were|has been|is) (?:pronounced|imposed|issued|given|served|announced|set|made)\b|\b(?:ico|commissioner|dpa) (?:has )?ordered\b",
        )
    });
    text.opening_sentences().find_map(|sentence| {
        if !MONTH_NAME.is_match(sentence) || NOT_YET.is_match(sentence) {
            return None;
        }
        let action = ACTION.find(sentence)?;
        let near = |day: &Mention| {
            let gap = if day.place.end <= action.start() {
                action.start() - day.place.end
            } else {
                day.place.start.saturating_sub(action.end())
            };
            gap < 70
        };
        let start = sentence.trim_start().to_lowercase();
        let leads = start.starts_with("on ") || start.starts_with("in ");
        dates::mentions(sentence)
            .find(|day| near(day) && (leads && day.place.start < 12 || follows(sentence, day)))
            .map(|day| day.date)
    })
}

/// A summary that calls the action by its day: "Reprimand of 4 May 2021", "by notice of 4 May 2021", "stayed at
/// a reprimand (4 May 2021)".
fn called(text: &Text<'_>) -> Option<PartialDate> {
    static CALLED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:reprimand|penalty|fine|undertaking|by (?:a )?notice|(?:penalty|enforcement) notice|decision)(?: of £[\d.,]+(?: ?(?:million|m))?(?: \([^)]{1,30}\))?)?(?:,? dated| of|,| \()\s*$",
        )
    });
    let mut sentences = text.opening_sentences().filter(|_| text.is_short());
    sentences.find_map(|sentence| {
        let is_called = |day: &Mention| {
            let before = &sentence[..day.place.start];
            CALLED.is_match(end_of(before)) && !NOT_YET.is_match(before)
        };
        dates::mentions(sentence).find(is_called).map(|day| day.date)
    })
}

/// The last bytes of what stands before a date.
fn end_of(before: &str) -> &str {
    &before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..]
}

/// Bytes before a date in which its action is called.
const REACH: usize = 90;

/// Whether "on", "in" or "of" stands right before it.
fn follows(sentence: &str, day: &Mention) -> bool {
    let before = sentence[..day.place.start].trim_end().to_lowercase();
    [" on", " in", " dated", "notice of", "penalty of", "reprimand of"]
        .iter()
        .any(|word| before.ends_with(word))
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
            (
                "It began on 2 May 2021.\n\nDated the 5 day of July 2022\n",
                "2022-07-05",
                DateKind::Notice,
            ),
            (
                "Example Ltd\n\nDate 6 May 2021\n\nType Monetary penalties\n\nIt was fined.",
                "2021-05-06",
                DateKind::Register,
            ),
            (
                "Published 7 March 2024\n\nThe firm lost data on 2 May 2023.",
                "2024-03-07",
                DateKind::Publication,
            ),
            (
                "16 July 2019\n\nDear Sir\n\nI write about your letter of 2 July 2019.",
                "2019-07-16",
                DateKind::Notice,
            ),
            (
                "Case note: Example Ltd (enforcement notice, 4 May 2021)\n\nIt began in 2019.",
                "2021-05-04",
                DateKind::Unspecified,
            ),
            (
                "REPRIMAND\n\nThe Trust failed. It settled on a reprimand. 8 June 2023.",
                "2023-06-08",
                DateKind::Notice,
            ),
            ("Signed: 3rd March 2020 for the Commissioner", "2020-03-03", DateKind::Notice),
            (
                "REPRIMAND\n\n14 April 2025\n\nTO: Example Trust\n\nIt failed.",
                "2025-04-14",
                DateKind::Notice,
            ),
            (
                "Example Trust reprimanded\n\nDate: 6 June 2023\n\nWe reprimanded it.",
                "2023-06-06",
                DateKind::Publication,
            ),
            (
                "On 4 May 2023 the ICO fined Example Ltd. It had written on 1 May 2022.",
                "2023-05-04",
                DateKind::Unspecified,
            ),
            (
                "The ICO issued a reprimand to Example Trust in March 2024.",
                "2024-03",
                DateKind::Unspecified,
            ),
            (
                "It lost data in 2019. A fine of £9,000 was imposed on 5 May 2021.",
                "2021-05-05",
                DateKind::Unspecified,
            ),
            (
                "In October 2023, the ICO ordered Example Ltd to stop within 30 days.",
                "2023-10",
                DateKind::Unspecified,
            ),
            (
                "It lost data in 2019. Nobody noticed. One copy is lost. One was found. The rest is gone. \
                 The ICO heard of it. It was left at a reprimand (29 May 2024).",
                "2024-05-29",
                DateKind::Unspecified,
            ),
            (
                "It lost data. Reprimand of 31 May 2023. The list has been deleted.",
                "2023-05-31",
                DateKind::Unspecified,
            ),
            (
                "By notice of 3 July 2024 the firm has two months to end the scans.",
                "2024-07-03",
                DateKind::Unspecified,
            ),
            (
                "The fine came to £9,000. Date of the penalty notice: 17 May 2022.",
                "2022-05-17",
                DateKind::Notice,
            ),
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
            "It answered the notice of intent of 3 May 2021 late.",
            "A complaint was received on 3 May 2021. The ICO later fined Example Ltd.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
