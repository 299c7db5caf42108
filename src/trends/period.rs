//! Calendar periods.

use clap::ValueEnum;
use jiff::civil::Date;

use crate::model::PartialDate;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// Calendar years, such as 2024
    Year,
    /// Calendar quarters, such as 2024-Q3; cases dated to the year only are in none
    Quarter,
    /// Calendar months, such as 2024-07; cases dated to the year only are in none
    Month,
}

impl Every {
    /// Every length, the longest first.
    pub const ALL: [Self; 3] = [Self::Year, Self::Quarter, Self::Month];

    /// The name of the column that holds the period of a case.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }

    /// The period in which a date lies, where it is known well enough.
    #[must_use]
    pub fn of(self, date: PartialDate) -> Option<String> {
        let year = i32::from(date.year());
        let number = match self {
            Self::Year => year,
            Self::Quarter => year * 4 + i32::from(date.quarter()?) - 1,
            Self::Month => year * 12 + i32::from(date.month()?) - 1,
        };
        Some(self.name(number))
    }

    /// The period of a day.
    #[must_use]
    pub fn of_day(self, day: Date) -> String {
        self.of(PartialDate::from(day)).unwrap_or_default()
    }

    /// All periods from one to another, both included, as they are written.
    #[must_use]
    pub fn periods(self, first: &str, last: &str) -> Vec<String> {
        let (Some(first), Some(last)) = (self.number(first), self.number(last)) else {
            return Vec::new();
        };
        (first..=last).map(|number| self.name(number)).collect()
    }

    /// The first day of a period.
    #[must_use]
    pub fn first_day(self, period: &str) -> Option<Date> {
        let number = self.number(period)?;
        let (year, month) = match self {
            Self::Year => (number, 1),
            Self::Quarter => (number.div_euclid(4), number.rem_euclid(4) * 3 + 1),
            Self::Month => (number.div_euclid(12), number.rem_euclid(12) + 1),
        };
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
    }

    /// The last day of a period.
    #[must_use]
    pub fn last_day(self, period: &str) -> Option<Date> {
        let next = self.first_day(&self.name(self.number(period)? + 1))?;
        next.yesterday().ok()
    }

    /// Periods counted through from year 0.
    fn number(self, period: &str) -> Option<i32> {
        let parts = |cut: &str, in_year: i32| {
            let (year, part) = period.split_once(cut)?;
            Some(year.parse::<i32>().ok()? * in_year + part.parse::<i32>().ok()? - 1)
        };
        match self {
            Self::Year => period.parse().ok(),
            Self::Quarter => parts("-Q", 4),
            Self::Month => parts("-", 12),
        }
    }

    fn name(self, number: i32) -> String {
        match self {
            Self::Year => number.to_string(),
            Self::Quarter => format!("{}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Self::Month => format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_no_gaps() {
        assert_eq!(Every::Year.periods("2019", "2021"), ["2019", "2020", "2021"]);
        assert_eq!(Every::Quarter.periods("2019-Q3", "2020-Q1"), ["2019-Q3", "2019-Q4", "2020-Q1"]);
        assert_eq!(Every::Month.periods("2019-12", "2020-02"), ["2019-12", "2020-01", "2020-02"]);
        assert!(Every::Quarter.periods("2020", "2021").is_empty());
    }

    #[test]
    fn a_date_lies_in_the_periods_that_it_is_known_to() {
        let month: PartialDate = "2024-02".parse().expect("a date");
        let year: PartialDate = "2024".parse().expect("a date");
        assert_eq!(Every::Quarter.of(month).as_deref(), Some("2024-Q1"));
        assert_eq!(Every::Month.of(month).as_deref(), Some("2024-02"));
        assert_eq!((Every::Year.of(year).as_deref(), Every::Month.of(year)), (Some("2024"), None));
    }

    #[test]
    fn periods_know_their_days() {
        let days = |every: Every, period| {
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            (day(every.first_day(period)), day(every.last_day(period)))
        };
        assert_eq!(days(Every::Month, "2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days(Every::Quarter, "2023-Q4"), ("2023-10-01".into(), "2023-12-31".into()));
    }
}
