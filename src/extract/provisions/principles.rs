//! The data protection principles by their ordinals: "the first and seventh data protection
//! principles" of the 1998 Act, and those of Part 3 of the 2018 Act, its sections 35 to 40.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::model::{Instrument, Provision};

static PRINCIPLE: LazyLock<Regex> = LazyLock::new(|| {
    let ordinal = ORDINALS.join("|");
    Regex::new(&format!(
        r"(?i)\b((?:(?:{ordinal})(?:,\s+(?:and\s+)?|\s+and\s+|\s*&\s*|\s+or\s+)(?:the\s+)?){{0,7}}(?:{ordinal}))\s+(data\s+protection\s+)?principles?\b"
    ))
    .expect("a valid pattern")
});

const ORDINALS: [&str; 8] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// Principles of Part 3.
const PART_3: u8 = 6;

/// Principle number `number` of a law; `None` where that law has no such principle.
pub fn principle(number: u8, law: Instrument, has_part_3: bool) -> Option<Provision> {
    match law {
        Instrument::Dpa1998 if (1..=8).contains(&number) => Some(Provision::principle(number)),
        Instrument::Dpa2018 if has_part_3 && (1..=PART_3).contains(&number) => {
            Some(Provision::new(Instrument::Dpa2018, &(34 + number).to_string(), Vec::new()))
        }
        _ => None,
    }
}

/// Principles named by ordinals, with their numbers.
pub fn ordinals(sentence: &str) -> Vec<(Vec<u8>, Range<usize>)> {
    if !sentence.contains("rinciple") && !sentence.contains("RINCIPLE") {
        return Vec::new();
    }
    let numbers = |list: &str| -> Vec<u8> {
        let list = list.to_lowercase();
        let words = list.split(|c: char| !c.is_alphabetic());
        words
            .filter_map(|word| Some(ORDINALS.iter().zip(1..).find(|(o, _)| **o == word)?.1))
            .collect()
    };
    PRINCIPLE
        .captures_iter(sentence)
        .map(|found| (numbers(&found[1]), found.get_match().range()))
        .collect()
}
