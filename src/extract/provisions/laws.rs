//! Which law a citation names: "of the UK GDPR" behind it, "PECR" before it, or one of no concern.

use std::sync::LazyLock;

use regex::Regex;

use super::{definitions::Definitions, heads::Unit};
use crate::model::{Facts, Instrument};

/// Longest gloss, "(security of processing)", between a provision and its law.
const LONGEST_GLOSS: usize = 100;

/// Words that may lead from a provision to its law.
const LINKS: [&str; 12] = [
    "of ", "in ", "under ", "to ", "from ", "both ", "the ", "that ", "said ", "chapter ii of ",
    "part 3 of ", "– ",
];

/// Most of them in a row.
const MOST_LINKS: usize = 5;

/// Another law, or a document, to which a provision belongs.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[\s,]*\(?(?:(?:of|in|to|under|from)\s+)?(?:(?:the|this|that|its|their|a|our)\s+)?(?:
            (?:[A-Z(][\w'’()&-]*,?\s+)(?:[A-Z(][\w'’()&-]*,?\s+|and\s+|of\s+|the\s+|on\s+|etc\.?\s+|for\s+){0,11}
              (?:Acts?|Regulations?)\b
          | (?:[A-Z(][\w'’()&-]*,?\s+|and\s+|of\s+|the\s+|on\s+|for\s+){0,12}
              (?:Order|Convention|Directive|Rules|Charter|Treaty|Code|Bill|Constitution|Measure)\b
          | (?i:(?:penalty|enforcement|information|assessment|monetary|draft|final|preliminary)\s+){0,2}
            (?i:notice|report|reprimand|policy|agreement|contract|guidance|form|letter|decision|
                document|annex|appendix|judgment|handbook|manual|terms|plan|questionnaire|
                procedure|DPIA|template|response|witness|statement|code|convention|directive)\b
          | (?i:below|above|working\s+party|data\s+protection\s+working|ECHR|TFEU|HRA|NISR?|EIR)\b)",
    )
    .expect("a valid pattern")
});

/// The laws a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// These; two where the text says "the EU and UK GDPR".
    Laws(Vec<Instrument>),
    /// None: it is meant by the text around.
    Unsaid,
    /// A law or a document that casebook does not follow, or one without such a unit.
    Foreign,
}

/// A sentence with its lower-case copy.
pub struct Sentence<'t> {
    pub text: &'t str,
    lower: String,
}

impl<'t> Sentence<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, lower: text.to_ascii_lowercase() }
    }
}

/// The names of the laws in one document.
pub struct Laws<'a> {
    names: &'a [(String, Instrument)],
    pub definitions: Definitions,
}

impl<'a> Laws<'a> {
    /// Reads the definitions of a text of which these facts are known beforehand.
    pub fn new(names: &'a [(String, Instrument)], text: &str, stated: &Facts) -> Self {
        Self { names, definitions: Definitions::of(text, names, stated) }
    }

    /// The law of a citation of `unit` that stands from `start` to `end`.
    pub fn of(&self, sentence: &Sentence<'_>, unit: Unit, start: usize, end: usize) -> Naming {
        let named = self
            .after(&sentence.lower[end..])
            .or_else(|| self.before(&sentence.lower[..start]).map(|law| vec![law]));
        match named {
            Some(laws) => fitting(laws, unit),
            None if FOREIGN.is_match(window(&sentence.text[end..])) => Naming::Foreign,
            None => Naming::Unsaid,
        }
    }

    /// The laws named at the start of `rest`, behind a gloss or words that lead to them.
    fn after(&self, rest: &str) -> Option<Vec<Instrument>> {
        let mut rest = rest.trim_start_matches([' ', ',', '\n']);
        for _ in 0..MOST_LINKS {
            if let Some(laws) = self.at(rest) {
                return Some(laws);
            }
            rest = LINKS
                .iter()
                .find_map(|link| rest.strip_prefix(link))
                .or_else(|| past_gloss(rest))?;
            rest = rest.trim_start();
        }
        self.at(rest)
    }

    /// One law, or two joined by "and".
    fn at(&self, rest: &str) -> Option<Vec<Instrument>> {
        use Instrument::{Gdpr, UkGdpr};
        let bare = rest.trim_start_matches('(');
        if ["eu and uk", "uk and eu", "eu/uk", "uk/eu", "eu and the uk"]
            .iter()
            .any(|n| bare.starts_with(n))
        {
            return Some(vec![Gdpr, UkGdpr]);
        }
        let (law, behind) = self.name_at(rest)?;
        let joined = ["/", " / ", " and the ", " and ", " or ", ", and the "].iter();
        let second = joined.filter_map(|joint| behind.strip_prefix(joint)).find_map(|rest| {
            let article_follows = rest.starts_with("art");
            self.name_at(rest).map(|(law, _)| law).filter(|_| !article_follows)
        });
        match second {
            Some(other) if [law, other] == [UkGdpr, Gdpr] => Some(vec![law, other]),
            // Beside the UK GDPR, "GDPR" is the EU's.
            Some(UkGdpr) if matches!(law, Gdpr | UkGdpr) => Some(vec![Gdpr, UkGdpr]),
            _ => Some(vec![law]),
        }
    }

    fn name_at<'t>(&self, rest: &'t str) -> Option<(Instrument, &'t str)> {
        let fits = |name: &str| rest.strip_prefix(name).filter(|behind| ends_word(behind));
        let defined =
            self.definitions.terms().find_map(|(name, law)| Some((name, law, fits(name)?)));
        let known =
            || self.names.iter().find_map(|(name, law)| Some((name.as_str(), *law, fits(name)?)));
        let (name, law, behind) = match (defined, known()) {
            (Some(one), Some(other)) if other.0.len() > one.0.len() => other,
            (Some(one), _) => one,
            (None, other) => other?,
        };
        Some((self.definitions.meaning(name, law, behind), behind))
    }

    /// The law named at the end of `before` ("UK GDPR Article ...").
    fn before(&self, before: &str) -> Option<Instrument> {
        let before = before.trim_end_matches([' ', ',', '(', ':', '\'', '’', '–', '-']);
        let starts_word = |name: &str| {
            before.strip_suffix(name).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric()))
        };
        let (name, law) = self.names.iter().find(|(name, _)| starts_word(name))?;
        Some(self.definitions.meaning(name, *law, ""))
    }
}

/// The first hundred bytes or so.
fn window(rest: &str) -> &str {
    &rest[..rest.floor_char_boundary(LONGEST_GLOSS + LONGEST_GLOSS)]
}

fn past_gloss(rest: &str) -> Option<&str> {
    let near = &rest[..rest.floor_char_boundary(LONGEST_GLOSS)];
    let inner = near.strip_prefix(['(', '[', '‘', '“', '"'])?;
    let opening = near.len() - inner.len();
    let close = inner.find([')', ']', '’', '”', '"'])?;
    let length = inner[close..].chars().next().map_or(0, char::len_utf8);
    Some(&rest[opening + close + length..])
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// Each law has units of its own; "Article 22 PECR" is a slip for its regulation.
fn fitting(laws: Vec<Instrument>, unit: Unit) -> Naming {
    use Instrument::{Fees2018, Gdpr, Pecr, UkGdpr};
    let fits = |law: &Instrument| match unit {
        Unit::Article => matches!(law, UkGdpr | Gdpr | Pecr),
        Unit::Regulation => matches!(law, Pecr | Fees2018),
        Unit::Section => !matches!(law, UkGdpr | Gdpr | Fees2018),
        _ => true,
    };
    if laws.iter().all(fits) { Naming::Laws(laws) } else { Naming::Foreign }
}
