//! Dates as texts write them: "23 July 2024", "July 23, 2024", "the 5th day of July 2022", "May 2021".

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::text::pattern;
use crate::model::PartialDate;

/// The names of the months, as a pattern.
pub const MONTH: &str = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";

/// One date, or the ends of a range of which the first may leave out what the second says.
const FORMS: &str = r"(?:(?<d>\d{1,2})\s?(?:st|nd|rd|th)?(?:\s?day)?(?:\s+of)?\s+)?(?<m>MONTH)\.?,?\s+(?<y>\d{4})(?-u:\b)|(?<us_m>MONTH)\s+(?<us_d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<us_y>\d{4})(?-u:\b)|(?-u:\b)(?<n_d>\d{1,2})[./](?<n_m>\d{1,2})[./](?<n_y>\d{4})(?-u:\b)";

/// A date at its place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub date: PartialDate,
    pub place: Range<usize>,
}

/// All dates of a text, in order; what is none ("31 February 2021") is passed over.
pub fn mentions(text: &str) -> impl Iterator<Item = Mention> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!("(?i){}", FORMS.replace("MONTH", MONTH))));
    FORM.captures_iter(text).filter_map(|found| {
        let place = found.get(0)?.range();
        Some(Mention { date: date(&found)?, place })
    })
}

fn date(found: &Captures<'_>) -> Option<PartialDate> {
    let part = |names: [&str; 3]| names.iter().find_map(|name| found.name(name));
    let year = part(["y", "us_y", "n_y"])?.as_str();
    let month = part(["m", "us_m", "n_m"])?.as_str();
    let month = month.parse().ok().or_else(|| month_number(month))?;
    partial(year, month, part(["d", "us_d", "n_d"]).map(|day| day.as_str()))
}

/// A date of the form that is known, if there is such a day.
pub fn partial(year: &str, month: u8, day: Option<&str>) -> Option<PartialDate> {
    // Anything else is a misreading: the regulator began in 1984.
    if !(1984..2100).contains(&year.parse::<u16>().ok()?) {
        return None;
    }
    let text = match day {
        Some(day) => format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?),
        None => format!("{year}-{month:02}"),
    };
    text.parse().ok()
}

/// 7 for "July" and "jul".
pub fn month_number(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_lowercase();
    let index = MONTHS.iter().position(|month| *month == start)?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        mentions(text).map(|mention| mention.date.to_string()).collect()
    }

    #[test]
    fn all_ways_to_write_a_date() {
        for (text, expected) in [
            ("It is the 5th day of July 2022.", "2022-07-05"),
            ("dated 18day of May 2021", "2021-05-18"),
            ("on May 17, 2023, it", "2023-05-17"),
            ("since April 2020", "2020-04"),
            ("on 16.05.2020 and", "2020-05-16"),
            ("on 3 Sept. 2019", "2019-09-03"),
        ] {
            assert_eq!(all(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_passed_over() {
        for text in ["31 February 2021", "0 May 2021", "40/13/2020", "May 0001", "Directive 1995"] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }
}
