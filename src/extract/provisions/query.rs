//! Provisions in a query, which names them more briefly than a document does: "s40 dpa 2018",
//! "art 5 1 f", "gdpr 35".

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    citations::{Citation, Memory, Target, mentions},
    heads::Unit,
    laws::Laws,
    reader::provision,
};
use crate::model::{Facts, Instrument, Provision};

/// "5 1 f" for 5(1)(f).
static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(art(?:icle)?s?\.?\s*\d{1,3})\s+(\d{1,2})(?:\s+([a-z])\b)?")
        .expect("a valid pattern")
});

/// "gdpr 35(1)" and "pecr 22": the law says which unit is meant.
static UNITLESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(gdpr|pecr)\s+(\d{1,2}[a-d]?(?:\(|\s|$))").expect("a valid pattern")
});

/// The provisions that a query may mean, with their places; the place is empty where it was read as
/// another spelling.
pub fn find(names: &[(String, Instrument)], text: &str) -> Vec<(Provision, Range<usize>)> {
    let spaced = SPACED.replace_all(text, |found: &regex::Captures<'_>| {
        let letter = found.get(3).map_or(String::new(), |letter| format!("({})", letter.as_str()));
        format!("{}({}){letter}", &found[1], &found[2])
    });
    let whole = UNITLESS.replace_all(&spaced, |found: &regex::Captures<'_>| {
        let unit = if found[1].eq_ignore_ascii_case("pecr") { "reg" } else { "art" };
        format!("{} {unit} {}", &found[1], &found[2])
    });
    let laws = Laws::new(names, &whole, &Facts::default());
    let speaks_of_uk = whole.to_lowercase().contains("uk");
    mentions(&whole, &laws, &mut Memory::default())
        .into_iter()
        .flat_map(|mention| mention.citations)
        .flat_map(|citation| {
            let place = if whole == text { citation.span.clone() } else { 0..0 };
            meant(&citation, speaks_of_uk).into_iter().map(move |found| (found, place.clone()))
        })
        .collect()
}

/// Every provision that a citation may mean: most people write "GDPR" for both.
fn meant(citation: &Citation, speaks_of_uk: bool) -> Vec<Provision> {
    use Instrument::{Dpa1998, Dpa2018, Gdpr, Pecr, UkGdpr};
    let Citation { target, laws, .. } = citation;
    let laws: Vec<Instrument> = match (target.unit, laws.as_slice()) {
        (Unit::Article, [] | [Gdpr]) if !speaks_of_uk => vec![UkGdpr, Gdpr],
        (_, [_, ..]) => laws.clone(),
        (Unit::Article, []) => vec![UkGdpr, Gdpr],
        (Unit::Principle, []) => vec![Dpa1998],
        (Unit::Regulation, []) => vec![Pecr],
        (_, []) => vec![Dpa2018, Dpa1998],
    };
    let of = |law: Instrument, target: &Target| provision(target, law, true);
    laws.into_iter().filter_map(|law| of(law, target)).collect()
}
