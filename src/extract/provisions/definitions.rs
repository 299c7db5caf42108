//! What short names mean in one document: `the Data Protection Act 2018 ("the DPA")`, and which law is
//! meant where none is named.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::heads::Unit;
use crate::model::{Facts, Instrument, PartialDate, Provision};

/// `("the DPA")`, `(hereafter 'PECR')`, `(the "Regulations")`.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)\((?:[a-z,]{2,12}\s){0,3}["“‘']\s*(?:the\s+)?(?<term>[^"”’')]{2,30}?)\s*["”’']\s*\)"#,
    )
    .expect("a valid pattern")
});

/// Bytes before a definition in which the law stands.
const REACH: usize = 200;

/// Words by which a text speaks of the GDPR as kept in UK law.
const RETAINED: [&str; 4] =
    ["forms part of", "retained eu law", "retained law", "european union (withdrawal) act"];

/// Bytes of the word before a year.
const LONGEST_LEAD: usize = 16;

/// Earlier years are not those of an action.
const FIRST_YEAR: u16 = 2000;

/// Last whole year of the 1998 Act.
const LAST_1998_YEAR: u16 = 2017;

/// First year of the UK GDPR.
const FIRST_UK_YEAR: u16 = 2021;

/// What names mean in one document.
pub struct Definitions {
    terms: BTreeMap<String, Instrument>,
    gdpr: Instrument,
    articles: Instrument,
    sections: Instrument,
    regulations: Instrument,
    principles: Instrument,
    /// The text speaks of Part 3 of the 2018 Act, on law enforcement.
    pub has_part_3: bool,
}

impl Definitions {
    /// Reads the definitions of a text and counts what it names.
    pub fn of(text: &str, names: &[(String, Instrument)], facts: &Facts) -> Self {
        let terms = defined(text, names);
        let spoken = Spoken::of(text, facts);
        let of_header = facts.provisions.iter().map(Provision::instrument);
        let of_header =
            of_header.filter(|law| matches!(law, Instrument::UkGdpr | Instrument::Gdpr)).min();
        let gdpr = terms.get("gdpr").copied().or(of_header).unwrap_or_else(|| spoken.gdpr_alone());
        let sections = terms.get("act").or_else(|| terms.get("dpa")).copied();
        let sections = sections.unwrap_or_else(|| spoken.sections());
        let has_part_3 = text.contains("Part 3") || text.contains("law enforcement purpose");
        Self {
            gdpr,
            articles: if spoken.uk_gdpr > spoken.gdpr || spoken.gdpr == 0 && spoken.is_recent() {
                Instrument::UkGdpr
            } else {
                gdpr
            },
            // Principles by their numbers are those of the 1998 Act, or of Part 3.
            principles: if !has_part_3 && spoken.is_of_1998() {
                Instrument::Dpa1998
            } else {
                sections
            },
            sections,
            regulations: if spoken.fees && !spoken.pecr {
                Instrument::Fees2018
            } else {
                Instrument::Pecr
            },
            has_part_3,
            terms,
        }
    }

    /// Names that the document defines.
    pub fn terms(&self) -> impl Iterator<Item = (&str, Instrument)> {
        self.terms.iter().rev().map(|(name, law)| (name.as_str(), *law))
    }

    /// The law that a name means here; `behind` is what follows it.
    pub fn meaning(&self, name: &str, law: Instrument, behind: &str) -> Instrument {
        let has_digit = name.contains(|c: char| c.is_ascii_digit());
        let near = &behind[..behind.floor_char_boundary(REACH)];
        match law {
            Instrument::Gdpr if RETAINED.iter().any(|words| near.contains(words)) => {
                Instrument::UkGdpr
            }
            Instrument::Gdpr if !has_digit && !name.contains("eu") => self.gdpr,
            Instrument::Dpa2018 | Instrument::Dpa1998 if !has_digit => {
                match self.terms.get("dpa") {
                    Some(law) => *law,
                    None if matches!(self.sections, Instrument::Dpa1998) => self.sections,
                    None => Instrument::Dpa2018,
                }
            }
            _ => law,
        }
    }

    /// The law meant by a unit without one.
    pub const fn default_of(&self, unit: Unit) -> Instrument {
        match unit {
            Unit::Article => self.articles,
            Unit::Regulation => self.regulations,
            Unit::Principle => self.principles,
            _ => self.sections,
        }
    }
}

/// The terms that a text defines, in lower case, each for the law that stands before it.
fn defined(text: &str, names: &[(String, Instrument)]) -> BTreeMap<String, Instrument> {
    let mut terms = BTreeMap::new();
    for found in DEFINITION.captures_iter(text) {
        let term = found["term"].to_lowercase();
        let start = found.get_match().start();
        let before =
            text[text.ceil_char_boundary(start.saturating_sub(REACH))..start].to_lowercase();
        let is_law = ["act", "dpa", "gdpr", "regulations", "regs", "pecr", "foi", "cma"]
            .iter()
            .any(|word| term.contains(word));
        if let Some(law) = is_law.then(|| last_law(&before, names)).flatten() {
            terms.entry(term).or_insert(law);
        }
    }
    terms
}

/// The law named last in a text.
fn last_law(before: &str, names: &[(String, Instrument)]) -> Option<Instrument> {
    let places = names.iter().filter_map(|(name, law)| {
        before.rfind(name.as_str()).map(|at| (at + name.len(), name.len(), *law))
    });
    let (_, _, law) = places.max_by_key(|(end, length, _)| (*end, *length))?;
    let is_kept = law == Instrument::Gdpr && RETAINED.iter().any(|words| before.contains(words));
    Some(if is_kept { Instrument::UkGdpr } else { law })
}

/// How often, or whether, a text speaks of each law.
struct Spoken {
    /// The years in its dates.
    years: Vec<u16>,
    /// The last year of the incident, where it is known.
    ended: Option<u16>,
    uk_gdpr: usize,
    gdpr: usize,
    eu_gdpr: usize,
    dpa_2018: bool,
    dpa_1998: bool,
    dpa: bool,
    foia: bool,
    cma: bool,
    pecr: bool,
    fees: bool,
}

impl Spoken {
    fn of(text: &str, facts: &Facts) -> Self {
        let mut years = years(text);
        if years.is_empty() {
            years.extend(facts.date.and_then(year));
        }
        let ended = facts.incident_to.or(facts.incident_from).and_then(year);
        let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
        let before = |at: usize, mark: &str| {
            text[..at].trim_end_matches([' ', '-', ')', '\n']).ends_with(mark)
        };
        let (mut uk_gdpr, mut gdpr, mut eu_gdpr) = (0, 0, 0);
        for name in ["GDPR", "General Data Protection Regulation"] {
            for (at, _) in text.match_indices(name) {
                let counter = match () {
                    () if before(at, "UK") || before(at, "United Kingdom") => &mut uk_gdpr,
                    () if before(at, "EU") || before(at, "European Union") => &mut eu_gdpr,
                    () => &mut gdpr,
                };
                *counter += 1;
            }
        }
        Self {
            years,
            ended,
            uk_gdpr,
            gdpr,
            eu_gdpr,
            dpa_2018: has(&["Protection Act 2018", "DPA 2018", "DPA18", "DPA 18", "2018 Act"]),
            dpa_1998: has(&["Protection Act 1998", "DPA 1998", "DPA98", "DPA 98", "1998 Act"]),
            dpa: has(&["Data Protection Act", "DPA"]),
            foia: has(&["Freedom of Information Act", "FOIA", "FOI Act"]),
            cma: has(&["Computer Misuse Act"]),
            pecr: has(&["PECR", "Electronic Communications"]),
            fees: has(&["Charges and Information", "data protection fee", "Charges Regulations"]),
        }
    }

    /// Whether it tells of the time of the UK GDPR: by the end of the incident, else by most of its dates.
    fn is_recent(&self) -> bool {
        if let Some(year) = self.ended {
            return year >= FIRST_UK_YEAR;
        }
        let late = self.years.iter().filter(|year| **year >= FIRST_UK_YEAR).count();
        2 * late > self.years.len()
    }

    /// Whether most of its dates lie in the time of the 1998 Act, or its incident does.
    fn is_of_1998(&self) -> bool {
        let early = self.years.iter().filter(|year| **year <= LAST_1998_YEAR).count();
        self.ended.is_some_and(|year| year <= LAST_1998_YEAR) || 2 * early > self.years.len()
    }

    /// What "GDPR" alone means: by what the text calls it elsewhere, else by its years.
    fn gdpr_alone(&self) -> Instrument {
        let is_uk = match (self.uk_gdpr, self.eu_gdpr) {
            (0, 0) => self.is_recent(),
            (0, _) => false,
            (uk, 0) => uk >= self.gdpr || self.is_recent(),
            (uk, eu) => uk > eu,
        };
        if is_uk { Instrument::UkGdpr } else { Instrument::Gdpr }
    }

    fn sections(&self) -> Instrument {
        match self {
            Self { dpa_1998: true, dpa_2018: false, .. } => Instrument::Dpa1998,
            Self { foia: true, dpa: false, .. } => Instrument::Foia,
            Self { cma: true, dpa: false, .. } => Instrument::Cma1990,
            Self { dpa_2018: false, gdpr: 0, uk_gdpr: 0, .. }
                if self.years.iter().max().is_some_and(|year| *year <= LAST_1998_YEAR) =>
            {
                Instrument::Dpa1998
            }
            _ => Instrument::Dpa2018,
        }
    }
}

fn year(date: PartialDate) -> Option<u16> {
    u16::try_from(date.year()).ok()
}

/// The years in dates of a text: they follow a month, or "in", "since" and the like.
fn years(text: &str) -> Vec<u16> {
    const LEADS: [&str; 20] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "in", "since", "during", "until", "from", "early",
        "late", "and",
    ];
    text.match_indices("20")
        .filter_map(|(at, _)| {
            let year: u16 = text.get(at..at + 4)?.parse().ok()?;
            let near = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST_LEAD))..at];
            let lead = near.trim_end().rsplit(char::is_whitespace).next()?.to_lowercase();
            (year >= FIRST_YEAR && LEADS.contains(&lead.as_str())).then_some(year)
        })
        .collect()
}
