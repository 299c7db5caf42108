//! Numbers as the regulator writes them.

/// A count: "212", "57,665", "57 665", "1.4 million", "three"; to be put into a pattern that ignores
/// case. The group `unit` is there where it has one.
pub const COUNT: &str = r"(?<n>\d{1,3}(?:[, ]\d{3})+|\d{1,12}(?:\.\d{1,6})?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))(?:\s?(?<unit>million|billion|thousand|m(?-u:\b)|bn(?-u:\b)|k(?-u:\b)))?";

/// The whole number that a figure and its unit say; nothing where it is absurd.
pub fn whole(figure: &str, unit: Option<&str>) -> Option<u64> {
    const WORDS: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let figure = figure.to_lowercase();
    if let Some(at) = WORDS.iter().position(|word| *word == figure) {
        return u64::try_from(at + 2).ok()?.checked_mul(factor(unit));
    }
    let plain: String = figure.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let factor = factor(unit);
    match plain.split_once('.') {
        None => plain.parse::<u64>().ok()?.checked_mul(factor).filter(|n| *n < ABSURD),
        Some((whole, part)) => {
            // "2.31 million" in whole numbers: no rounding of floats.
            let part: String = part.chars().take(9).collect();
            let scale = 10u64.checked_pow(u32::try_from(part.len()).ok()?)?;
            let whole = whole.parse::<u64>().ok()?.checked_mul(factor)?;
            let part = part.parse::<u64>().unwrap_or(0).checked_mul(factor)?;
            whole.checked_add((part + scale / 2) / scale).filter(|n| *n < ABSURD)
        }
    }
}

/// Whether the word before a figure makes it a year ("in 2021 people ...") or a provision
/// ("regulation 22 of PECR").
pub fn counts_nothing(figure: &str, before: &str) -> bool {
    const YEARS: [&str; 20] = [
        "in", "since", "by", "during", "until", "and", "or", "from", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    const PROVISIONS: [&str; 12] = [
        "regulation", "regulations", "section", "sections", "article", "articles", "paragraph",
        "paragraphs", "para", "no", "page", "act",
    ];
    let is_like_year = figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20"));
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(16))..];
    let word = near.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    PROVISIONS.contains(&word.trim_end_matches('.'))
        || is_like_year && (YEARS.contains(&word.as_str()) || word.ends_with(','))
}

/// No fine and no number of people reaches a thousand thousand million.
const ABSURD: u64 = 1_000_000_000_000;

fn factor(unit: Option<&str>) -> u64 {
    match unit.map(|unit| unit.trim().to_lowercase()).as_deref() {
        Some("thousand" | "k") => 1_000,
        Some("million" | "m") => 1_000_000,
        Some("billion" | "bn") => 1_000_000_000,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_provisions_are_no_counts() {
        assert!(counts_nothing("2021", "It lost it in "));
        assert!(counts_nothing("22", "contrary to Regulation "));
        assert!(!counts_nothing("2021", "the records of "));
        assert!(!counts_nothing("22", "in all "));
    }

    #[test]
    fn figures_with_and_without_units() {
        for (figure, unit, expected) in [
            ("212", None, Some(212)),
            ("57,665", None, Some(57_665)),
            ("57 665", None, Some(57_665)),
            ("2.31", Some("million"), Some(2_310_000)),
            ("1,472,500.00", None, Some(1_472_500)),
            ("12.7", Some("m"), Some(12_700_000)),
            ("Three", None, Some(3)),
            ("999999999999999", Some("billion"), None),
            ("99999999999999999999999", None, None),
            ("", None, None),
        ] {
            assert_eq!(whole(figure, unit), expected, "{figure} {unit:?}");
        }
    }
}
