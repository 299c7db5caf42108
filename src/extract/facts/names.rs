//! Other names of the party: trading names, former names, abbreviations.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    name::{GENERIC, NAME, clean, key},
    text::{Text, pattern},
};

/// "Example Ltd" of `Example Ltd ("the company")` and of `Example Ltd trading as X`.
pub fn without_definition(name: &str) -> &str {
    static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?i),? ?\((?:hereafter |hereinafter |together )?(?:the )?["“”‘'’].*$| \(the .*$| \((?-i:[A-Z]{2,8})\)\s*$|,? (?:trading as|t/a|formerly|previously known as) .*$"#,
        )
    });
    DEFINED.find(name).map_or(name, |found| &name[..found.start()])
}

/// Whether a text stands for something blacked out.
pub fn is_gap(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    word.is_empty() || word == "redacted"
}

/// The short form that a text defines for a name: "EXL" of `Example Lending Ltd (“EXL”)`.
pub fn defined_short(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).take(4).find_map(|(at, _)| short_behind(&text[at + name.len()..]))
}

fn short_behind(rest: &str) -> Option<String> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"^,? ?\((?:hereafter,? |hereinafter,? )?(?:the )?["“”‘'’]*(?:the |The )?(?<name>[\p{Lu}\d][\w&.’' -]{1,40}?)["“”‘'’]*\)"#,
        )
    });
    let name = SHORT.captures(rest)?["name"].trim_end_matches(['\'', '’', '.']).to_owned();
    let is_generic = GENERIC.contains(&name.to_lowercase().as_str());
    (!is_generic && !name.starts_with("No ") && !name.chars().all(|c| c.is_ascii_digit()))
        .then_some(name)
}

/// The full name where a text, having defined it, goes on with a short one: "Example Lending Ltd" of
/// "Example" and of "EXL".
pub fn fullest(head: &str, name: String) -> String {
    static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r#"(?<full>{NAME}(?: the \p{{Lu}}\w+)?),? ?\((?:hereafter,? )?(?:the )?["“”‘'’]*(?:the |The )?(?<short>[\p{{Lu}}\d][\w&.’' -]{{0,40}}?)["“”‘'’]*\)"#
        ))
    });
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^{NAME}")));
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:ltd|limited|llp|plc|inc\.?|llc|council|trust|association|party|union|homes|school|college|university|academy|hospitals?|surgery|constabulary|police|service|group)$",
        )
    });
    if FORM.is_match(&name) {
        return name;
    }
    let defined = DEFINED.captures_iter(head).take(MOST_DEFINED).find_map(|found| {
        (found["short"].trim_end_matches(['\'', '’']) == name)
            .then(|| clean(&found["full"]))
            .flatten()
    });
    let longer = || {
        head.match_indices(name.as_str()).take(MOST_DEFINED).find_map(|(at, _)| {
            let whole = clean(WHOLE.find(&head[at..])?.as_str())?;
            (whole.len() > name.len() && FORM.is_match(&whole)).then_some(whole)
        })
    };
    defined.or_else(longer).unwrap_or(name)
}

/// A text with more definitions is a list.
const MOST_DEFINED: usize = 30;

/// All other names of the party, in the order of the text.
pub fn others(text: &Text<'_>, organisation: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let Some(organisation) = organisation else { return names };
    let known = key(organisation);
    let mut add = |name: Option<String>| {
        if let Some(name) = name.filter(|name| key(name) != known && !names.contains(name)) {
            names.push(name);
        }
    };
    add(defined_short(text.all, organisation));
    // An office is held in a body: "Chief Constable of Tarn Police".
    let held = organisation.trim_start_matches("The ").strip_prefix("Chief Constable of ");
    add(held.map(|body| body.trim_start_matches("the ").to_owned()));
    let sentences = text.opening_sentences().chain(text.sentences());
    for sentence in sentences.filter(|sentence| hints(sentence)) {
        if speaks_of(sentence, organisation) {
            for name in called(sentence) {
                add(Some(name));
            }
        }
    }
    names.truncate(MOST);
    names
}

/// A body with more names than these is a list of bodies.
const MOST: usize = 8;

/// Whether a sentence may tell of another name; cheap, for all sentences are asked.
fn hints(sentence: &str) -> bool {
    const LONGEST: usize = 900;
    static HINT: LazyLock<Regex> =
        LazyLock::new(|| pattern("trading|trades|Trading|t/a|T/A|known as|name|brand|formerly"));
    sentence.len() < LONGEST && HINT.is_match(sentence)
}

/// Whether it is the party's name that a sentence tells of.
fn speaks_of(sentence: &str, organisation: &str) -> bool {
    let first = organisation.trim_start_matches("The ").split(' ').next().unwrap_or(organisation);
    let says = |word: &str| sentence.contains(word);
    sentence.to_lowercase().contains(&first.to_lowercase())
        || sentence.starts_with("Trading")
        || [
            "The company", "the company", "The business", "the business", "It ", "The firm",
            "which ",
        ]
        .iter()
        .any(|word| says(word))
}

/// The names that stand behind the words for another name: `trading as “A” and “B”`.
fn called(sentence: &str) -> Vec<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        let name = format!(r#"["“”‘'’]?(?:the )?{NAME}["“”‘'’]?"#);
        pattern(&format!(
            r"(?:\b[Tt]rading (?:styles?|names?):|\b(?:trading as|trading name(?:s)?(?: of)?|trades as|traded as|also traded as|trading under the names?|under the (?:trading |brand |business )?(?:names?|brands?)(?: of)?|(?:formerly|previously|also|better|otherwise|then|now)(?: known as| called| trading as)|known as|calling (?:itself|themselves)|brand names?|(?:formerly|previously)|called itself)|\bt/a|\bT/A)(?: was| is| were| of)?:? (?<names>{name}(?:(?:, | and | or |, and |; ){name})*)"
        ))
    });
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r#"["“‘'](?<quoted>[^"”’\n]{{2,60}}?)["”’]|(?<bare>(?:the )?{NAME})"#))
    });
    FORM.captures_iter(sentence)
        .flat_map(|found| {
            let names = found.name("names").map_or("", |names| names.as_str());
            let parts = PART.captures_iter(names);
            parts
                .filter_map(|part| {
                    let name = part.name("quoted").or_else(|| part.name("bare"))?;
                    clean(name.as_str().trim_start_matches("the "))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    #[test]
    fn other_names_of_the_party() {
        for (text, expected) in [
            (
                "TO: Example Lending Ltd\n\nExample Lending Ltd (“EXL”) also trades as ‘Quick Money’ and ‘Moneybag’.",
                vec!["EXL", "Quick Money", "Moneybag"],
            ),
            (
                "Example Ltd, formerly known as Sample Calls Limited, made calls.",
                vec!["Sample Calls Limited"],
            ),
            ("Example Council (“the Council”) failed to act.", vec![]),
            ("Example Ltd (t/a Harbour Glass) made calls.", vec!["Harbour Glass"]),
            (
                "Example Ltd, a firm of agents, lost a file.\n\nAnn Victim, formerly known as Ann Other, wrote.",
                vec![],
            ),
        ] {
            let document = read(text);
            let organisation = text.strip_prefix("TO: ").unwrap_or(text);
            let end = organisation.find(['\n', ',', '(']).unwrap_or(organisation.len());
            let found = others(&Text::new(&document), Some(organisation[..end].trim()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn definitions_are_no_part_of_a_name() {
        for (text, name) in [
            ("Example Ltd (“the company”)", "Example Ltd"),
            ("Example (UK) Limited", "Example (UK) Limited"),
            ("Example Ltd trading as Bright", "Example Ltd"),
            ("Example Trust (the Trust)", "Example Trust"),
            ("Example Office (EO)", "Example Office"),
        ] {
            assert_eq!(without_definition(text), name, "{text}");
        }
    }
}
