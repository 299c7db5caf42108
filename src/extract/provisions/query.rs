//! Provisions in a query, which names them more briefly than a document does: "s40 dpa 2018",
//! "art 5 1 f", "gdpr 35".

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{
    citations::{Citation, Memory, Target, mentions},
    heads::Unit,
    laws::Laws,
    reader::provision,
};
use crate::model::{Facts, Instrument, Provision};

/// "art 5 1 f" for Article 5(1)(f); "gdpr 35(1)" and "pecr 22", where the law says which unit is meant.
static BRIEF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:(?<spaced>art(?:icle)?s?\.?\s*\d{1,3})\s+(?<paragraph>\d{1,2})(?:\s+(?<letter>[a-z])\b)?|(?<law>gdpr|pecr)\s+(?<number>\d{1,2}[a-d]?)\b)",
    )
    .expect("a valid pattern")
});

/// The provisions that a query may mean, with their places in it.
pub fn find(names: &[(String, Instrument)], text: &str) -> Vec<(Provision, Range<usize>)> {
    let full = Full::of(text);
    let laws = Laws::new(names, &full.text, &Facts::default());
    let speaks_of_uk = full.text.to_lowercase().contains("uk");
    mentions(&full.text, &laws, &mut Memory::default())
        .into_iter()
        .flat_map(|mention| mention.citations)
        .flat_map(|citation| {
            let place = full.place_of(&citation.span);
            let meant = meant(&citation, speaks_of_uk).into_iter();
            meant.map(move |provision| (provision, place.clone()))
        })
        .collect()
}

/// A query with brief citations written out.
struct Full {
    text: String,
    /// What was written out: its bytes here, and those in the query.
    replaced: Vec<(Range<usize>, Range<usize>)>,
}

impl Full {
    fn of(query: &str) -> Self {
        let mut full = Self { text: String::with_capacity(query.len()), replaced: Vec::new() };
        let mut end = 0;
        for found in BRIEF.captures_iter(query) {
            let whole = found.get(0).map_or(end..end, |whole| whole.range());
            full.text.push_str(&query[end..whole.start]);
            let start = full.text.len();
            full.text.push_str(&written_out(&found));
            full.replaced.push((start..full.text.len(), whole.clone()));
            end = whole.end;
        }
        full.text.push_str(&query[end..]);
        full
    }

    /// Where a span of the full text stands in the query.
    fn place_of(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.offset(span.start, |old| old.start);
        start..self.offset(span.end, |old| old.end).max(start)
    }

    fn offset(&self, at: usize, within: impl Fn(&Range<usize>) -> usize) -> usize {
        match self.replaced.iter().rfind(|(new, _)| new.start <= at) {
            Some((new, old)) if at <= new.end => within(old),
            Some((new, old)) => at - new.end + old.end,
            None => at,
        }
    }
}

fn written_out(found: &Captures<'_>) -> String {
    let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
    if part("law").is_empty() {
        let letter = Some(part("letter")).filter(|letter| !letter.is_empty());
        let letter = letter.map_or(String::new(), |letter| format!("({letter})"));
        return format!("{}({}){letter}", part("spaced"), part("paragraph"));
    }
    let unit = if part("law").eq_ignore_ascii_case("pecr") { "reg" } else { "art" };
    format!("{} {unit} {}", part("law"), part("number"))
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
