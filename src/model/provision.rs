//! Provisions of law in one canonical form, with their addresses on legislation.gov.uk.

use std::{collections::BTreeSet, fmt, str::FromStr, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The laws that ICO actions rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instrument {
    /// The UK General Data Protection Regulation, in force from 2021.
    UkGdpr,
    /// Regulation (EU) 2016/679 as it applied before 2021.
    Gdpr,
    /// Data Protection Act 2018.
    Dpa2018,
    /// Data Protection Act 1998.
    Dpa1998,
    /// Privacy and Electronic Communications (EC Directive) Regulations 2003.
    Pecr,
    /// Freedom of Information Act 2000.
    Foia,
    /// Computer Misuse Act 1990.
    Cma1990,
    /// Data Protection (Charges and Information) Regulations 2018.
    Fees2018,
}

impl Instrument {
    /// Every instrument; longer names come before those that they contain.
    pub const ALL: [Self; 8] = [
        Self::UkGdpr,
        Self::Gdpr,
        Self::Dpa2018,
        Self::Dpa1998,
        Self::Pecr,
        Self::Foia,
        Self::Cma1990,
        Self::Fees2018,
    ];

    /// The short name that canonical forms begin with.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR",
            Self::Gdpr => "GDPR",
            Self::Dpa2018 => "DPA 2018",
            Self::Dpa1998 => "DPA 1998",
            Self::Pecr => "PECR",
            Self::Foia => "FOIA",
            Self::Cma1990 => "CMA 1990",
            Self::Fees2018 => "Fees Regs 2018",
        }
    }

    /// Path of the instrument on legislation.gov.uk.
    const fn path(self) -> &'static str {
        match self {
            Self::UkGdpr | Self::Gdpr => "eur/2016/679",
            Self::Dpa2018 => "ukpga/2018/12",
            Self::Dpa1998 => "ukpga/1998/29",
            Self::Pecr => "uksi/2003/2426",
            Self::Foia => "ukpga/2000/36",
            Self::Cma1990 => "ukpga/1990/18",
            Self::Fees2018 => "uksi/2018/480",
        }
    }

    /// The unit into which its body is divided.
    const fn unit(self) -> Unit {
        match self {
            Self::UkGdpr | Self::Gdpr => Unit::Article,
            Self::Pecr | Self::Fees2018 => Unit::Regulation,
            _ => Unit::Section,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Unit {
    Article,
    Section,
    Regulation,
    Schedule,
    Principle,
}

impl Unit {
    const fn abbreviation(self) -> &'static str {
        match self {
            Self::Article => "Art ",
            Self::Section => "s.",
            Self::Regulation => "reg ",
            Self::Schedule => "Sch ",
            Self::Principle => "Principle ",
        }
    }
}

/// One provision to the sub-paragraph, printed as `UK GDPR Art 5(1)(f)`, `DPA 2018 s.40`,
/// `PECR reg 21A`, `DPA 2018 Sch 1 para 6(1)` or `DPA 1998 Principle 7`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Provision {
    instrument: Instrument,
    unit: Unit,
    number: Number,
    paragraphs: Vec<String>,
}

/// "21A": sorts by the number, then by the letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Number {
    digits: u16,
    letters: String,
}

impl From<&str> for Number {
    /// Takes the digits at the start; without any the number is 0.
    fn from(text: &str) -> Self {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        Self {
            digits: text[..end].parse().unwrap_or_default(),
            letters: text[end..].to_uppercase(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.digits, self.letters)
    }
}

/// The text is not a provision in canonical form.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "`{0}` is not a provision in canonical form; write for example `UK GDPR Art 5(1)(f)`, \
     `DPA 2018 s.40`, `PECR reg 21` or `DPA 1998 Principle 7`"
)]
pub struct BadProvision(pub String);

impl Provision {
    /// A provision of the body of an instrument: an article, section or regulation.
    #[must_use]
    pub fn new(instrument: Instrument, number: &str, paragraphs: Vec<String>) -> Self {
        Self { instrument, unit: instrument.unit(), number: number.into(), paragraphs }
    }

    /// A data protection principle of the 1998 Act (Schedule 1).
    #[must_use]
    pub fn principle(number: u8) -> Self {
        Self {
            instrument: Instrument::Dpa1998,
            unit: Unit::Principle,
            number: Number { digits: number.into(), letters: String::new() },
            paragraphs: Vec::new(),
        }
    }

    /// A schedule of an instrument, or a paragraph of it.
    #[must_use]
    pub fn schedule(instrument: Instrument, number: &str, paragraphs: Vec<String>) -> Self {
        Self { instrument, unit: Unit::Schedule, number: number.into(), paragraphs }
    }

    /// The law it belongs to.
    #[must_use]
    pub const fn instrument(&self) -> Instrument {
        self.instrument
    }

    /// The same provision of the UK GDPR, for one of the GDPR: its text is the same, and the regulator
    /// treats it as the same duty.
    #[must_use]
    pub fn as_uk_law(&self) -> Self {
        let instrument = match self.instrument {
            Instrument::Gdpr => Instrument::UkGdpr,
            other => other,
        };
        Self { instrument, ..self.clone() }
    }

    /// The address of the article, section, regulation or schedule on legislation.gov.uk.
    #[must_use]
    pub fn uri(&self) -> String {
        let base = format!("https://www.legislation.gov.uk/{}", self.instrument.path());
        match (self.unit, self.instrument) {
            (Unit::Principle, _) => format!("{base}/schedule/1"),
            (Unit::Schedule, _) => match self.paragraphs.first() {
                Some(paragraph) => format!("{base}/schedule/{}/paragraph/{paragraph}", self.number),
                None => format!("{base}/schedule/{}", self.number),
            },
            (Unit::Section, _) => format!("{base}/section/{}", self.number),
            (Unit::Regulation, _) => format!("{base}/regulation/{}", self.number),
            (Unit::Article, Instrument::Gdpr) => format!("{base}/article/{}/adopted", self.number),
            (Unit::Article, _) => format!("{base}/article/{}", self.number),
        }
    }

    /// Itself and all provisions that contain it, the widest first.
    #[must_use]
    pub fn with_ancestors(&self) -> Vec<Self> {
        (0..=self.paragraphs.len())
            .map(|depth| Self { paragraphs: self.paragraphs[..depth].to_vec(), ..self.clone() })
            .collect()
    }

    /// Whether `other` is this provision or a part of it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.instrument == other.instrument
            && self.unit == other.unit
            && self.number == other.number
            && other.paragraphs.starts_with(&self.paragraphs)
    }
}

/// The provisions sorted, each once, without those of which a part is also there.
#[must_use]
pub fn most_specific(provisions: impl IntoIterator<Item = Provision>) -> Vec<Provision> {
    let all: BTreeSet<Provision> = provisions.into_iter().collect();
    let has_part = |whole: &Provision| all.iter().any(|part| part != whole && whole.covers(part));
    all.iter().filter(|provision| !has_part(provision)).cloned().collect()
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.instrument.short(), self.unit.abbreviation(), self.number)?;
        let (of_schedule, deeper) = match self.paragraphs.split_first() {
            Some((first, deeper)) if self.unit == Unit::Schedule => (Some(first), deeper),
            _ => (None, self.paragraphs.as_slice()),
        };
        of_schedule.iter().try_for_each(|paragraph| write!(f, " para {paragraph}"))?;
        deeper.iter().try_for_each(|paragraph| write!(f, "({paragraph})"))
    }
}

impl FromStr for Provision {
    type Err = BadProvision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        static FORM: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"(?ix)^\s*(?<law>uk\sgdpr|gdpr|dpa\s2018|dpa\s1998|pecr|foia|cma\s1990|fees\sregs\s2018)
                  \s+(?:(?<art>art(?:icle)?\.?)|(?<sec>s(?:ection)?\.?)|(?<reg>reg(?:ulation)?\.?)
                     |(?<sch>sch(?:edule)?\.?)|(?<principle>principle))
                  \s*(?<number>\d{1,3}[A-Z]{0,2})
                  (?:\s+para(?:graph)?\.?\s*(?<para>\d{1,3}[A-Z]{0,2}))?
                  (?<rest>(?:\([0-9A-Z]{1,5}\))*)\s*$",
            )
            .expect("the form of a provision is a valid pattern")
        });
        let bad = || BadProvision(text.to_owned());
        let found = FORM.captures(text).ok_or_else(bad)?;
        let law = found["law"].to_uppercase();
        let instrument = Instrument::ALL
            .into_iter()
            .find(|instrument| instrument.short().to_uppercase() == law)
            .ok_or_else(bad)?;
        let unit = [
            ("art", Unit::Article),
            ("sec", Unit::Section),
            ("reg", Unit::Regulation),
            ("sch", Unit::Schedule),
            ("principle", Unit::Principle),
        ]
        .into_iter()
        .find_map(|(name, unit)| found.name(name).map(|_| unit))
        .ok_or_else(bad)?;
        let fits = unit == instrument.unit()
            || unit == Unit::Schedule
            || (unit == Unit::Principle && instrument == Instrument::Dpa1998);
        let paragraph = found.name("para").map(|paragraph| paragraph.as_str());
        if !fits || (paragraph.is_some() && unit != Unit::Schedule) {
            return Err(bad());
        }
        let rest = found["rest"].split(['(', ')']).filter(|part| !part.is_empty());
        let paragraphs = paragraph.into_iter().chain(rest).map(str::to_owned).collect();
        Ok(Self { instrument, unit, number: found["number"].into(), paragraphs })
    }
}

impl TryFrom<String> for Provision {
    type Error = BadProvision;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Provision> for String {
    fn from(provision: Provision) -> Self {
        provision.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn canonical_forms_round_trip() {
        for text in [
            "UK GDPR Art 5(1)(f)",
            "GDPR Art 32(1)(b)",
            "DPA 2018 s.170",
            "DPA 1998 Principle 7",
            "DPA 2018 Sch 13",
            "DPA 2018 Sch 1 para 6(1)(a)",
            "PECR reg 21(A1)",
            "PECR reg 21A",
            "FOIA s.10",
            "Fees Regs 2018 reg 2",
        ] {
            assert_eq!(text.parse::<Provision>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn units_must_fit_the_law() {
        for text in [
            "UK GDPR s.5", "DPA 2018 s.5 para 2", "PECR Art 22", "GDPR", "UK GDPR Art 5(1",
            "FOIA Principle 1",
        ] {
            assert!(text.parse::<Provision>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_paragraph_belongs_to_its_article() {
        let part: Provision = "UK GDPR Art 5(1)(f)".parse().expect("canonical");
        let whole: Provision = "uk gdpr article 5".parse().expect("canonical");
        assert!(whole.covers(&part) && !part.covers(&whole));
        assert_eq!(part.with_ancestors().first(), Some(&whole));
        assert_eq!(part.uri(), "https://www.legislation.gov.uk/eur/2016/679/article/5");
    }

    #[test]
    fn a_whole_gives_way_to_its_parts() {
        let parsed = ["UK GDPR Art 5", "UK GDPR Art 5(1)(f)", "UK GDPR Art 32"]
            .map(|p| p.parse().expect("canonical"));
        let kept: Vec<String> = most_specific(parsed).iter().map(ToString::to_string).collect();
        assert_eq!(kept, ["UK GDPR Art 5(1)(f)", "UK GDPR Art 32"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,30}") {
            let _ = text.parse::<Provision>();
        }
    }
}
