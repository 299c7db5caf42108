//! Dates in words: "since 2022", "in March 2023", "2021 to 2023", "before 2020".

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Request, without};
use crate::model::PartialDate;

const DATE: &str = r"((?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2})";

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?:between|from|in)\s+)?{DATE}\s*(?:and|to|until|-|–)\s*{DATE}\b"
    ))
    .expect("a valid pattern")
});

static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?<since>since|from|starting(?: in)?)|(?<after>after)|(?<before>before)|(?<until>until|till|up to)|(?<within>in|during|issued in))\s+{DATE}\b"
    ))
    .expect("a valid pattern")
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:19|20)[0-9]{2}\b").expect("a valid pattern"));

/// After these a year belongs to the name of a law.
const LAWS: [&str; 9] =
    ["act", "dpa", "gdpr", "pecr", "regulations", "regs", "foia", "order", "cma"];

/// Takes the dates out of a text and returns the rest. A year by itself stays.
pub fn take(text: &str, request: &mut Request) -> String {
    let mut taken = Vec::new();
    let range = RANGE.captures(text).and_then(|found| {
        let (from, to) = (date(&found[1])?, date(&found[2])?);
        (from.earliest() <= to.latest()).then(|| (from, to, found.get_match().range()))
    });
    if let Some((from, to, span)) = range {
        (request.filter.since, request.filter.until) = (Some(from), Some(to));
        request.note(format!("dated {from} to {to}"));
        taken.push(span);
        return without(text, &taken);
    }
    for found in BOUND.captures_iter(text) {
        if bound(&found, request) {
            taken.push(found.get_match().range());
        }
    }
    let rest = without(text, &taken);
    request.year = YEAR
        .find_iter(&rest)
        .filter(|year| !names_law(&rest[..year.start()]))
        .find_map(|year| year.as_str().parse().ok());
    rest
}

fn bound(found: &Captures<'_>, request: &mut Request) -> bool {
    let has = |name: &str| found.name(name).is_some();
    let Some(date) = found.get(6).and_then(|date| self::date(date.as_str())) else {
        return false;
    };
    let filter = &mut request.filter;
    let note = if has("since") {
        filter.since = Some(date);
        format!("dated {date} or later")
    } else if has("after") {
        filter.since = date.latest().tomorrow().ok().map(PartialDate::from);
        format!("dated after {date}")
    } else if has("before") {
        filter.until = date.earliest().yesterday().ok().map(PartialDate::from);
        format!("dated before {date}")
    } else if has("until") {
        filter.until = Some(date);
        format!("dated {date} or earlier")
    } else {
        (filter.since, filter.until) = (Some(date), Some(date));
        format!("dated {date}")
    };
    request.note(note);
    true
}

/// "2023", "2023-05", "May 2023".
fn date(text: &str) -> Option<PartialDate> {
    let mut words = text.split_whitespace();
    match (words.next(), words.next()) {
        (Some(month), Some(year)) => {
            let day = PartialDate::from_words(&format!("1 {month} {year}"))?;
            format!("{:04}-{:02}", day.year(), day.month()?).parse().ok()
        }
        (Some(date), None) => date.parse().ok(),
        _ => None,
    }
}

fn names_law(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    LAWS.contains(&last.trim_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> (Option<String>, Option<String>, Option<i16>, String) {
        let mut request = Request::default();
        let rest = take(text, &mut request);
        let word = |date: Option<PartialDate>| date.map(|date| date.to_string());
        (
            word(request.filter.since),
            word(request.filter.until),
            request.year,
            rest.split_whitespace().collect::<Vec<_>>().join(" "),
        )
    }

    #[test]
    fn dates_are_understood_in_any_writing() {
        for (text, since, until, rest) in [
            ("since 2022", Some("2022"), None, ""),
            ("fines in 2021", Some("2021"), Some("2021"), "fines"),
            ("school cases in March 2023", Some("2023-03"), Some("2023-03"), "school cases"),
            ("2021 to 2023 police", Some("2021"), Some("2023"), "police"),
            ("between 2019 and 2020", Some("2019"), Some("2020"), ""),
            ("before 2020 cookies", None, Some("2019-12-31"), "cookies"),
            ("after June 2024", Some("2024-07-01"), None, ""),
            ("until 2023-05-31", None, Some("2023-05-31"), ""),
        ] {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            assert_eq!(dates(text), (owned(since), owned(until), None, rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_year_by_itself_is_kept_and_a_year_of_a_law_is_none() {
        assert_eq!(dates("reprimands 2023").2, Some(2023));
        for text in ["Data Protection Act 2018", "DPA 1998 section 55", "PECR 2003"] {
            assert_eq!(dates(text), (None, None, None, text.to_owned()), "{text}");
        }
    }

    #[test]
    fn impossible_dates_stay_words() {
        assert_eq!(dates("since 2022-99").3, "since 2022-99");
        assert_eq!(dates("2023 to 2021").0, None);
    }
}
