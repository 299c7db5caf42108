//! Sums in words: "fines over £1m", "between £100k and £500k", "over 10m".

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{Request, without};
use crate::english::pounds;

/// A sum, with the sign or unit that shows it to be one.
const SUM: &str =
    r"(£\s*|gbp\s*)?([0-9][0-9,]*(?:\.[0-9]+)?)\s*(million|thousand|billion|bn|m|k)?\b(\s*pounds)?";

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)\b(?:between|from)\s+{SUM}\s+(?:and|to)\s+{SUM}"))
        .expect("a valid pattern")
});

static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)(?:\b(?:(?<over>over|above|more than|greater than|exceeding|larger than|bigger than|higher than|at least|from|minimum(?: of)?)|(?<under>under|below|less than|smaller than|lower than|at most|up to|no more than|not more than|maximum(?: of)?))\s*|(?<more>>=?)\s*|(?<less><=?)\s*|(?<of>\bof\s+)?){SUM}"
    ))
    .expect("a valid pattern")
});

/// What shows that a number is a penalty where no sign does.
static PENALTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(fine[sd]?|penalt(?:y|ies)|penali[sz]ed|amounts?|sums?)\b")
        .expect("a valid pattern")
});

/// Takes the sums out of a text and returns the rest.
pub fn take(text: &str, request: &mut Request) -> String {
    let mut taken = Vec::new();
    let range = RANGE.captures(text).and_then(|found| {
        let low = sum(&found, 1, text)?;
        let high = sum(&found, 5, text)?;
        // "between 1 and 5 million": the unit of the second holds for both.
        let low = if found.get(3).is_none() && low < 1000 {
            low * unit(found.get(7).map(|m| m.as_str()))
        } else {
            low
        };
        (low <= high).then(|| (low, high, found.get_match().range()))
    });
    if let Some((low, high, span)) = range {
        request.filter.amount_min = Some(low);
        request.filter.amount_max = Some(high);
        request.note(format!("a penalty from {} to {}", pounds(low), pounds(high)));
        taken.push(span);
    } else {
        for found in BOUND.captures_iter(text) {
            taken.extend(bound(&found, text, request));
        }
    }
    without(text, &taken)
}

fn bound(found: &Captures<'_>, text: &str, request: &mut Request) -> Option<Range<usize>> {
    let has = |name: &str| found.name(name).is_some();
    let sum = sum(found, 6, text)?;
    if has("over") || has("more") {
        request.filter.amount_min = Some(sum);
        request.note(format!("a penalty of at least {}", pounds(sum)));
    } else if has("under") || has("less") {
        request.filter.amount_max = Some(sum);
        request.note(format!("a penalty of at most {}", pounds(sum)));
    } else if found.get(6).is_some() {
        request.amount = Some(sum);
        return None;
    } else {
        return None;
    }
    Some(found.get_match().range())
}

/// The sum whose sign is the group `first`, in pounds; nothing for a number of something else.
fn sum(found: &Captures<'_>, first: usize, text: &str) -> Option<u64> {
    let sign = found.get(first).is_some() || found.get(first + 3).is_some();
    let scale = found.get(first + 2);
    let end = found.get_match().end();
    if !sign && !PENALTY.is_match(text) && (scale.is_none() || !ends_thought(&text[end..])) {
        return None;
    }
    if !sign && scale.is_none() && !ends_thought(&text[end..]) {
        return None;
    }
    let number: f64 = found.get(first + 1)?.as_str().replace(',', "").parse().ok()?;
    let pounds = number * unit(scale.map(|m| m.as_str())) as f64;
    // A year is no sum: "over 2022" says nothing of money without a sign.
    let is_year = !sign && scale.is_none() && (1990.0..2100.0).contains(&number);
    (pounds.is_finite() && pounds < 1e12 && !is_year).then_some(pounds as u64)
}

fn unit(scale: Option<&str>) -> u64 {
    match scale.map(str::to_lowercase).as_deref() {
        Some("k" | "thousand") => 1_000,
        Some("m" | "million") => 1_000_000,
        Some("bn" | "billion") => 1_000_000_000,
        _ => 1,
    }
}

/// Whether no noun follows that would say of what there are so many ("over 10m customers").
fn ends_thought(after: &str) -> bool {
    const LINKS: [&str; 14] = [
        "fine", "fines", "penalty", "penalties", "in", "for", "since", "and", "before", "after",
        "against", "by", "from", "on",
    ];
    let next = after.split_whitespace().next();
    next.is_none_or(|word| {
        LINKS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> (Option<u64>, Option<u64>, Option<u64>, String) {
        let mut request = Request::default();
        let rest = take(text, &mut request);
        (
            request.filter.amount_min,
            request.filter.amount_max,
            request.amount,
            rest.split_whitespace().collect::<Vec<_>>().join(" "),
        )
    }

    #[test]
    fn sums_are_understood_in_any_writing() {
        for (text, min, max, rest) in [
            ("over 10m", Some(10_000_000), None, ""),
            ("fines over £1m", Some(1_000_000), None, "fines"),
            ("penalties above 500,000", Some(500_000), None, "penalties"),
            ("under £50k charities", None, Some(50_000), "charities"),
            ("fines of at least £1.5 million", Some(1_500_000), None, "fines of"),
            ("fined between £100k and £500k", Some(100_000), Some(500_000), "fined"),
            ("fines between 1 and 5 million", Some(1_000_000), Some(5_000_000), "fines"),
            ("fine >= 2 million pounds", Some(2_000_000), None, "fine"),
            ("penalty up to GBP 10,000", None, Some(10_000), "penalty"),
        ] {
            assert_eq!(range(text), (min, max, None, rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_sums() {
        for text in [
            "over 10m customers affected",
            "more than 1000 calls",
            "article 32",
            "over 2022",
            "23andme",
            "from 2020 to 2022",
            "fines over 3 years",
            "under 13s",
            "section 55",
        ] {
            assert_eq!(range(text), (None, None, None, text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_sum_by_itself_is_looked_for_and_kept() {
        assert_eq!(range("£500,000 fine").2, Some(500_000));
    }
}
