//! Names of bodies: how they are written, and what looks like one and is none.

use super::{dates::MONTH, text::pattern};
use regex::Regex;
use std::sync::LazyLock;

/// A name, as a pattern: capitalised words, joined by "of", "and" and the like.
pub const NAME: &str = r"(?:[\p{Lu}][\w’'&.-]*|\d{1,3}[A-Za-z][\w.]+|(?:e|i|t)[A-Z]\w+)(?:(?:,? (?:of the|of|and the|and|for the|for|in|&|y|nan|with)|,)? (?:[\p{Lu}][\w’'&.-]*|\d{1,3}\b|\((?:UK|GB|NI|EU|[\p{Lu}]\w{3,})\) [\p{Lu}][\w’'&.-]*|&(?: [\p{Lu}][\w’'&.-]*)))*";

/// Words with which a sentence begins before a name.
const OPENERS: [&str; 36] = [
    "The", "A", "An", "On", "In", "At", "By", "Between", "From", "Following", "As", "However",
    "Thus", "Therefore", "Having", "After", "Before", "During", "While", "When", "Where",
    "Although", "Because", "Since", "For", "With", "Under", "Additionally", "Accordingly",
    "Moreover", "Upon", "To", "If", "But", "And", "Both",
];

/// Words that are no name by themselves.
const WORDS: [&str; 31] = [
    "This", "That", "These", "Those", "It", "Its", "He", "She", "They", "We", "Our", "Your",
    "Their", "There", "What", "Each", "NEWS", "Individuals", "Staff", "Customers", "People",
    "Date", "Facts", "Holding", "Summary", "English Summary", "Dispute", "Comment", "Background",
    "Outcome", "Case Summary",
];

/// Words by which a notice calls any party.
pub const GENERIC: [&str; 44] = [
    "council", "trust", "company", "companies", "firm", "charity", "school", "college",
    "university", "controller", "force", "board", "department", "association", "organisation",
    "party", "practice", "surgery", "society", "bank", "group", "union", "academy", "commission",
    "authority", "office", "ministry", "service", "business", "commissioner", "fund",
    "partnership", "agency", "hospital", "hospitals", "police", "constabulary", "inspectorate",
    "corporation", "limited", "ltd", "penalty notice", "notice", "app",
];

/// Words of names that are not those of a party.
const NOT_PARTIES: &str = r"(?i)\b(?:information commissioner\w*|the commissioner|commissioner['’]s|ico|dpa|gdpr|uk gdpr|pecr|regulations?|article|articles|section|sections|act|court|courts|tribunal|notice|notices|reprimand|penalty|directive|foi|sars?|dpia|telephone preference service|tps|ctps|ofcom rules|mobile uk|covid|data protection|wilmslow|wycliffe house|controller|processor|personal data|commissioner|prosecutions|penalties|undertaking|case note|treasury|decision|type|news)\b";

/// The name itself, without articles, definitions and stray signs; nothing where it is none.
pub fn clean(text: &str) -> Option<String> {
    static NONE: LazyLock<Regex> = LazyLock::new(|| pattern(NOT_PARTIES));
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:,? (?:in|on|for|and))? ?(?:\d{{1,2}} )?\b{MONTH}(?:\b.*)$|,? (?:in|of|for) \d.*$"
        ))
    });
    let mut name = text.trim();
    while let Some((first, rest)) = name.split_once(' ') {
        if !OPENERS.contains(&first.trim_end_matches(',')) {
            break;
        }
        name = rest;
    }
    let cut = DATED.find(name).map_or(name.len(), |found| found.start());
    let name = trimmed(&name[..cut]);
    let is_word = name.chars().any(char::is_alphabetic) && name.chars().count() > 1;
    let is_opener = OPENERS.contains(&name) || WORDS.contains(&name);
    let is_other = GENERIC.contains(&name.to_lowercase().as_str())
        || NONE.is_match(name) && !is_commissioner_of_others(name);
    (is_word && !is_opener && !is_other && name.len() <= LONGEST).then(|| name.to_owned())
}

/// "Welsh Language Commissioner", "Commissioner of Police" and "Electoral Court" can be parties.
fn is_commissioner_of_others(name: &str) -> bool {
    let lower = name.to_lowercase();
    !lower.contains("information commissioner")
        && [
            "language commissioner",
            "commissioner of police",
            "crime commissioner",
            "children's commissioner",
            "courts and tribunals service",
            "commissioner for",
            "data protection services",
        ]
        .iter()
        .any(|known| lower.contains(known))
}

const LONGEST: usize = 160;

/// Without possessive, trailing signs and a final full stop that is no abbreviation's.
fn trimmed(name: &str) -> &str {
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '‘')
    });
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let name = name.trim_end_matches(['\'', '’', '-']);
    let is_abbreviated = ["Inc.", "Co.", "Bros."].iter().any(|end| name.ends_with(end));
    if is_abbreviated { name } else { name.trim_end_matches(['.', ',']) }
}

/// The same for all spellings of a name: no article, no form of company.
pub fn key(name: &str) -> String {
    let words = super::phrases::plain(name);
    let kept: Vec<&str> = words
        .split(' ')
        .filter(|word| !["the", "ltd", "limited", "plc", "llp", "inc", "uk"].contains(word))
        .collect();
    if kept.is_empty() { words } else { kept.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned() {
        for (text, name) in [
            ("The Example Council", Some("Example Council")),
            ("Example Direct Ltd.", Some("Example Direct Ltd")),
            ("Example.AI, Inc.", Some("Example.AI, Inc.")),
            ("However, Example Trust’s", Some("Example Trust")),
            ("Example Trust on 4 May 2021", Some("Example Trust")),
            ("Information Commissioner", None),
            ("UK GDPR", None),
            ("The", None),
            ("On 6 October 2022", None),
            ("Welsh Language Commissioner", Some("Welsh Language Commissioner")),
        ] {
            assert_eq!(clean(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn one_body_has_one_key() {
        assert_eq!(key("The Example Company Ltd"), key("EXAMPLE COMPANY LIMITED"));
        assert_eq!(key("UK Ltd"), "uk ltd");
    }
}
