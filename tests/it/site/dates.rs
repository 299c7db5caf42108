//! Days and the spellings of them that the site uses.

const MONTHS: &str =
    "January February March April May June July August September October November December";
/// Day 0, 1 January 1970, was a Thursday.
const WEEKDAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// A day, counted from 1 January 1970; its moment is always 10:06:30 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) i64);

impl Day {
    /// Year, month 1 to 12, day of the month.
    pub(super) fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    fn month(self) -> &'static str {
        MONTHS.split(' ').nth(self.civil().1 as usize - 1).unwrap_or_default()
    }

    fn weekday(self) -> &'static str {
        WEEKDAYS[self.0.rem_euclid(7) as usize]
    }

    /// `7 August 2026`, as in listings and facts.
    pub(super) fn shown(self) -> String {
        let (year, _, day) = self.civil();
        format!("{day} {} {year}", self.month())
    }

    /// `Friday, August 7, 2026`, as in `DC.Date`.
    pub(super) fn long(self) -> String {
        let (year, _, day) = self.civil();
        format!("{}, {} {day}, {year}", self.weekday(), self.month())
    }

    /// `Fri, 07 Aug 2026 10:06:30 GMT`, as in HTTP headers.
    pub(super) fn http(self) -> String {
        let (year, _, day) = self.civil();
        format!("{}, {day:02} {} {year} 10:06:30 GMT", &self.weekday()[..3], &self.month()[..3])
    }

    /// `2026-08-07T10:06:30`, without an offset.
    pub(super) fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year}-{month:02}-{day:02}T10:06:30")
    }

    /// `20260807100630`, as in archives.
    pub(super) fn stamp(self) -> String {
        self.iso().replace(['-', 'T', ':'], "")
    }
}
