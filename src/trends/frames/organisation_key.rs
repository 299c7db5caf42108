//! One body, whatever the spelling of its name.

use crate::{index::organisation_words, model::Case};

/// Words of a company's form and articles, which differ between spellings of one name.
const FORMS: [&str; 12] = [
    "the", "ltd", "limited", "plc", "llp", "llc", "inc", "co", "company", "chief", "constable",
    "of",
];

/// The key of the body of a case; a body that no source names is the same as no other.
#[must_use]
pub fn key_of(case: &Case) -> String {
    let name = case.facts.organisation.as_deref();
    name.map_or_else(|| format!("({})", case.case), organisation_key)
}

/// The same for "Example Ltd", "EXAMPLE LIMITED" and "The Example Ltd.".
fn organisation_key(name: &str) -> String {
    let words = organisation_words(name);
    let telling: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !FORMS.contains(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

/// All words of all names of a body in lower case, a blank before and after each.
pub fn names(case: &Case) -> String {
    let names = case.facts.organisation.iter().chain(&case.facts.also_known_as);
    let words: Vec<String> = names.flat_map(|name| organisation_words(name)).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_has_one_key() {
        let keys = ["Example Ltd", "EXAMPLE LIMITED", "The Example Ltd."].map(organisation_key);
        assert!(keys.iter().all(|key| key == "example"), "{keys:?}");
        assert_eq!(organisation_key("The Company"), "the company");
    }
}
