//! Facts that a text states: who, when, which action, how much, how many.
//!
//! What a header states always leads; the text only fills what is missing.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::{ActionType, DateKind, Document, DocumentKind, Facts, PartialDate},
    taxonomy::Taxonomy,
};

/// Facts of the first page stand in these many bytes.
const HEAD: usize = 4000;

/// A document of fewer bytes is a summary or a news release, which names the action at its end.
const SHORT: usize = 8000;

/// Fills the facts of documents.
pub struct FactFinder {
    /// Lower-case words with the sector that they show, the longest first.
    sector_words: Vec<(String, String)>,
    /// Names of the register with their sector.
    register: Vec<(String, String)>,
}

impl FactFinder {
    pub fn new(taxonomy: &Taxonomy) -> Self {
        let pairs = |pick: fn(&crate::taxonomy::Sector) -> &Vec<String>| {
            let mut pairs: Vec<(String, String)> = taxonomy
                .sectors
                .iter()
                .flat_map(|sector| {
                    pick(sector).iter().map(|name| (name.to_lowercase(), sector.id.clone()))
                })
                .collect();
            pairs.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            pairs
        };
        Self {
            sector_words: pairs(|sector| &sector.words),
            register: pairs(|sector| &sector.register),
        }
    }

    /// The stated facts of a document, with what its text adds.
    pub fn complete(&self, document: &Document) -> Facts {
        let mut facts = document.stated.clone();
        if let Some(name) = facts.sector.take() {
            facts.sector = Some(self.sector_of_register(&name).unwrap_or(name));
        }
        if document.kind == DocumentKind::Digest || !document.kind.tells_a_case() {
            return facts;
        }
        let text = document.text.as_str();
        let head = &text[..floor_char_boundary(text, HEAD)];
        facts.organisation = facts.organisation.or_else(|| organisation(head));
        if facts.date.is_none() {
            facts.date = date(text, head);
            let is_page = document.kind == DocumentKind::RegisterPage;
            let kind = if is_page { DateKind::Unspecified } else { DateKind::Notice };
            facts.date_kind = facts.date.map(|_| kind);
        }
        if facts.action_types.is_empty() {
            facts.action_types = action_types(if text.len() < SHORT { text } else { head });
        }
        facts.amount_gbp = facts.amount_gbp.or_else(|| amount(text));
        facts.data_subjects = facts.data_subjects.or_else(|| people(text));
        facts.reference = facts.reference.or_else(|| reference(text));
        // The text around a name speaks of many bodies; it counts only where there is no name.
        let name = facts.organisation.as_deref().unwrap_or(head);
        facts.sector = facts.sector.or_else(|| self.sector_of_words(name));
        facts
    }

    fn sector_of_register(&self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        self.register.iter().find(|(known, _)| *known == name).map(|(_, sector)| sector.clone())
    }

    fn sector_of_words(&self, text: &str) -> Option<String> {
        let text =
            format!(" {} ", text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
        self.sector_words
            .iter()
            .find(|(words, _)| text.contains(&format!(" {words} ")))
            .map(|(_, sector)| sector.clone())
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of facts are valid")
}

fn organisation(head: &str) -> Option<String> {
    static FORMS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
        [
            pattern(r"(?m)^(?:TO|To):\s*(?<name>[^\n]{3,120}?)\s*$"),
            pattern(
                r"issues? a reprimand to (?:the )?(?<name>[A-Z][^\n]{2,90}?)(?: \(| in accordance| in respect|\.)",
            ),
            pattern(
                r"(?:fined|fine (?:of|to)) (?:the )?(?<name>[A-Z][\w’'&.-]*(?: (?:[A-Z&(][\w’'&.)-]*|of|and|the|for))*) (?:\(|£|a total)",
            ),
            pattern(
                r"(?:imposed|issued) a [^\n]{0,40}(?:penalty|fine|notice|reprimand)[^\n]{0,40} (?:on|to|against) (?:the )?(?<name>[A-Z][\w’'&.-]*(?: (?:[A-Z&][\w’'&.-]*|of|and|the|for))*)",
            ),
        ]
    });
    FORMS.iter().find_map(|form| form.captures(head)).map(|found| {
        without_definition(&found["name"]).trim_end_matches([',', '.', ' ']).to_owned()
    })
}

/// "Example Ltd" of `Example Ltd ("the company")`.
fn without_definition(name: &str) -> &str {
    let defined = name.find(" (\"").or_else(|| name.find(" (“")).or_else(|| name.find(" (‘"));
    defined.filter(|_| name.ends_with(')')).map_or(name, |at| &name[..at])
}

fn date(text: &str, head: &str) -> Option<PartialDate> {
    const DAY: &str = r"(\d{1,2}\s?(?:st|nd|rd|th)?\s?(?:day of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+\d{4})";
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:^|[^a-z])(?:dated?|signed)(?: (?:this|the|on))*:?\s+(?:the\s+)?{DAY}"
        ))
    });
    static ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?m)^{DAY}$")));
    let dated = DATED.captures_iter(text).last().filter(|found| {
        let near_end = found.get_match().start() > text.len() * 3 / 4;
        near_end || found.get_match().start() < HEAD
    });
    let found = dated.or_else(|| ALONE.captures(head))?;
    PartialDate::from_words(&found[1].replace(',', " "))
}

/// The kinds named in the headings and opening of a document, each once.
fn action_types(head: &str) -> Vec<ActionType> {
    const NAMES: [(&str, ActionType); 10] = [
        ("reprimand", ActionType::Reprimand),
        ("monetary penalt", ActionType::MonetaryPenalty),
        ("penalty notice", ActionType::MonetaryPenalty),
        (" fined ", ActionType::MonetaryPenalty),
        (" a fine of", ActionType::MonetaryPenalty),
        ("imposed a fine", ActionType::MonetaryPenalty),
        ("penalty of £", ActionType::MonetaryPenalty),
        ("enforcement notice", ActionType::EnforcementNotice),
        ("prosecuted", ActionType::Prosecution),
        ("undertaking to the information commissioner", ActionType::Undertaking),
    ];
    let lower = head.to_lowercase();
    let mut found: Vec<(usize, ActionType)> =
        NAMES.iter().filter_map(|(name, action)| Some((lower.find(name)?, *action))).collect();
    found.sort_unstable();
    let mut types: Vec<ActionType> = Vec::new();
    for (_, action) in found {
        if !types.contains(&action) {
            types.push(action);
        }
    }
    types.truncate(if lower.len() < SHORT / 4 { 2 } else { 1 });
    types
}

/// The penalty imposed: a sum near the words that impose it, never a proposed or maximum one.
fn amount(text: &str) -> Option<u64> {
    const SUM: &str = r"£\s?(?<sum>\d{1,3}(?:[, ]\s?\d{3})+(?:\.\d\d)?|\d+(?:\.\d+)?)(?<unit>\s?(?:million|m(?-u:\b)|k(?-u:\b)))?";
    static FORMS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
        [
            pattern(&format!(
                r"(?i)(?:amount of the|impose[sd]? a|issued? a|monetary) (?:monetary )?penalty (?:notice )?(?:is|of|in the (?:sum|amount) of|for)[^.£]{{0,40}}{SUM}"
            )),
            pattern(&format!(r"(?i)(?:requires?|to) [^.£]{{0,60}}pay the Commissioner {SUM}")),
            pattern(&format!(
                r"(?i)(?:fined|a fine of|penalty of|fine in the amount of|fining)[^.£]{{0,80}}{SUM}"
            )),
            pattern(&format!(r"(?i)penalty in the (?:sum|amount) of {SUM}")),
            pattern(&format!(r"(?i){SUM} (?:fine|(?:monetary )?penalty)")),
        ]
    });
    static NOT_IMPOSED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)propos|intent|maximum|up to|would have|reduced from|early payment|considered")
    });
    FORMS.iter().find_map(|form| {
        form.captures_iter(text)
            .find(|found| {
                let start = floor_char_boundary(text, found.get_match().start().saturating_sub(40));
                !NOT_IMPOSED.is_match(&text[start..found.get_match().end()])
            })
            .and_then(|found| {
                pounds(&found["sum"], found.name("unit").map_or("", |unit| unit.as_str()))
            })
    })
}

fn pounds(sum: &str, unit: &str) -> Option<u64> {
    let number: f64 = sum.replace([',', ' '], "").parse().ok()?;
    let factor = match unit.trim().to_lowercase().as_str() {
        "million" | "m" => 1e6,
        "k" => 1e3,
        _ => 1.0,
    };
    let amount = (number * factor).round();
    // Sums in pounds are far below 2^53, so the conversion is exact.
    (amount < 1e12).then_some(amount as u64)
}

fn people(text: &str) -> Option<u64> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?-u:\b)(?<n>\d{1,3}(?:,\d{3})+|\d{2,7})\s+(?:(?:UK|affected|individual)\s+)?(?:data subjects|individuals|people|customers|patients|employees|residents|pupils|students|users|service users)(?-u:\b)",
        )
    });
    static AFFECTED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)affect|personal data|data breach|disclos|medical|reveal"));
    FORM.captures_iter(text)
        .find(|found| {
            let whole = found.get_match();
            let start = floor_char_boundary(text, whole.start().saturating_sub(80));
            let end = floor_char_boundary(text, whole.end() + 80);
            AFFECTED.is_match(&text[start..end])
        })
        .and_then(|found| found["n"].replace(',', "").parse().ok())
}

fn reference(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?-u:\b)(?:INV/\d{4}/\d{4}|IC-\d{5,6}-[A-Z0-9]{4}|COM\d{7}|ENF\d{7})(?-u:\b)")
    });
    FORM.find(text).map(|found| found.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_penalty_imposed_is_told_from_others() {
        assert_eq!(
            amount("A fine of up to £17.5 million is possible. It was fined £80,000."),
            Some(80_000)
        );
        assert_eq!(
            amount("The proposed penalty of £2 million became a penalty of £1.5 million."),
            Some(1_500_000)
        );
        assert_eq!(amount("It imposed a £1,472,500.00 penalty."), Some(1_472_500));
        assert_eq!(amount("The project cost £90,000."), None);
    }

    #[test]
    fn dates_of_notices() {
        let text = "Dated the 5 day of July 2022";
        assert_eq!(date(text, text).map(|date| date.to_string()).as_deref(), Some("2022-07-05"));
        assert_eq!(date("On 3 May 2021 it happened.", "On 3 May 2021 it happened."), None);
    }

    #[test]
    fn recipients_of_notices() {
        assert_eq!(
            organisation("TO: Example Trust (“the Trust”)\n").as_deref(),
            Some("Example Trust")
        );
        assert_eq!(
            organisation("TO: Example Academy\n\nOF: a road").as_deref(),
            Some("Example Academy")
        );
        assert_eq!(
            organisation(
                "The Commissioner issues a reprimand to the Example Council (EC) in accordance"
            )
            .as_deref(),
            Some("Example Council")
        );
    }
}
