//! Dates of which sometimes only the month or the year is known.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A date known to the day, the month or the year; it prints as `2024-07-23`, `2024-07` or `2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// The text is not a date in one of the three forms.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a date; write it as 2024-07-23, 2024-07 or 2024")]
pub struct BadDate(pub String);

/// Which of the dates of an action a record carries (TAXONOMY: counting rules).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// The date written on the notice.
    Notice,
    /// The date that the ICO's register shows.
    Register,
    /// The date on which the action was announced.
    Publication,
    /// The source gives a date without saying which.
    Unspecified,
}

impl DateKind {
    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Notice => "date on the notice",
            Self::Register => "register date",
            Self::Publication => "publication date",
            Self::Unspecified => "kind of date not stated",
        }
    }
}

impl PartialDate {
    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month from 1 to 12, where it is known.
    #[must_use]
    pub const fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<i8> {
        self.day
    }

    /// "22 July 2024", "July 2024" or "2024", as people write it.
    #[must_use]
    pub fn in_words(self) -> String {
        let month = self.month.and_then(|month| MONTHS.get(usize::try_from(month - 1).ok()?));
        let day = self.day.map(|day| day.to_string());
        let parts = [day, month.map(|month| (*month).to_owned()), Some(self.year.to_string())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The quarter from 1 to 4, where the month is known.
    #[must_use]
    pub fn quarter(self) -> Option<i8> {
        self.month.map(|month| (month - 1) / 3 + 1)
    }

    /// The first day that this date can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        Date::constant(self.year, 1, 1)
            .with()
            .month(self.month.unwrap_or(1))
            .day(self.day.unwrap_or(1))
            .build()
            .unwrap_or(Date::MIN)
    }

    /// The last day that this date can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        let last_month = self.earliest().with().month(self.month.unwrap_or(12)).build();
        match (self.day, last_month) {
            (Some(_), _) | (_, Err(_)) => self.earliest(),
            (None, Ok(date)) => date.last_of_month(),
        }
    }

    /// Whether this date may lie between two others, both included; an unknown end is open.
    #[must_use]
    pub fn may_lie_in(self, since: Option<Self>, until: Option<Self>) -> bool {
        since.is_none_or(|since| self.latest() >= since.earliest())
            && until.is_none_or(|until| self.earliest() <= until.latest())
    }

    /// Days between the nearest days that two dates can mean; 0 if they overlap.
    #[must_use]
    pub fn days_to(self, other: Self) -> i32 {
        let gap = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        gap(self.latest(), other.earliest()).max(gap(other.latest(), self.earliest())).max(0)
    }

    /// Reads a date as people write it, such as "23 July 2024" or "the 5th day of July 2022"; a
    /// scanner's missing blanks ("18day of") do no harm.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Self> {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let day = words.find_map(leading_number)?;
        let month = words.find_map(month_number)?;
        let year = words.find(|word| word.len() == 4)?.parse().ok()?;
        Some(Self::from(Date::new(year, month, day).ok()?))
    }
}

/// "18" of "18day" or "5th"; nothing for a year.
fn leading_number(word: &str) -> Option<i8> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().ok()
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
];

fn month_number(name: &str) -> Option<i8> {
    let start = name.get(..3)?;
    let index = MONTHS.iter().position(|month| month[..3].eq_ignore_ascii_case(start))?;
    i8::try_from(index + 1).ok()
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        };
        f.pad(&text)
    }
}

impl FromStr for PartialDate {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadDate(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) {
            return Err(bad());
        }
        let number = |index: usize| parts.get(index).map(|part| part.parse::<i8>()).transpose();
        let year = parts[0].parse().map_err(|_| bad())?;
        let (month, day) = (number(1).map_err(|_| bad())?, number(2).map_err(|_| bad())?);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| bad())?;
        Ok(Self { year, month, day })
    }
}

impl TryFrom<String> for PartialDate {
    type Error = BadDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_year_covers_all_its_days() {
        assert_eq!(date("2020-02").latest().to_string(), "2020-02-29");
        assert!(date("2018").may_lie_in(Some(date("2018-06")), None));
        assert!(!date("2018").may_lie_in(Some(date("2019")), None));
        assert!(date("2018-07-06").may_lie_in(None, Some(date("2018-07"))));
    }

    #[test]
    fn days_between_dates() {
        assert_eq!(date("2024-07-22").days_to(date("2024-08-01")), 10);
        assert_eq!(date("2024-08-01").days_to(date("2024-07-22")), 10);
        assert_eq!(date("2024-07").days_to(date("2024-08-02")), 2);
        assert_eq!(date("2024").days_to(date("2024-08")), 0);
    }

    #[test]
    fn reads_dates_in_words() {
        assert_eq!(PartialDate::from_words("23 July 2024"), Some(date("2024-07-23")));
        assert_eq!(PartialDate::from_words("the 5th day of July 2022"), Some(date("2022-07-05")));
        assert_eq!(PartialDate::from_words("the 7 thday of July 2022"), Some(date("2022-07-07")));
        assert_eq!(PartialDate::from_words("July 2024"), None);
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "24", "2024-7-1", "2024-02-30", "2024-13", "2024-07-23-01", "yesterday"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_text_that_parses_prints_itself(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28, parts in 1usize..=3) {
            let full = format!("{year:04}-{month:02}-{day:02}");
            let text = &full[..[4, 7, 10][parts - 1]];
            prop_assert_eq!(date(text).to_string(), text);
            let read = PartialDate::from_words(&date(text).in_words());
            prop_assert_eq!(read, (parts == 3).then(|| date(text)));
        }

        #[test]
        fn no_text_panics(text in ".{0,12}") {
            let _ = text.parse::<PartialDate>();
            let _ = PartialDate::from_words(&text);
        }
    }
}
