//! The line of facts that the register prints under each of its entries.

use super::{ActionType, PartialDate};

/// "7 August 2026, Reprimands, Central government": date, kinds of action, sector.
///
/// Listing pages print it, and the ICO's search answers with it as `filterItemMetaData`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFacts {
    /// The date that the register shows.
    pub date: PartialDate,
    /// All kinds of action named, in their order.
    pub action_types: Vec<ActionType>,
    /// The sector as the register words it, where it is named; it may contain commas.
    pub sector: Option<String>,
}

impl ListedFacts {
    /// Reads such a line; nothing, if it does not begin with a date in full.
    ///
    /// What is neither the date nor a known kind of action is the sector.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split(',').map(str::trim).filter(|part| !part.is_empty());
        let first = parts.next()?;
        let date =
            PartialDate::from_words(first).filter(|_| first.split_whitespace().count() == 3)?;
        let mut action_types = Vec::new();
        let mut sector = Vec::new();
        for part in parts {
            match ActionType::from_register(part) {
                Some(action) if !action_types.contains(&action) => action_types.push(action),
                Some(_) => {}
                None => sector.push(part),
            }
        }
        let sector = Some(sector.join(", ")).filter(|sector| !sector.is_empty());
        Some(Self { date, action_types, sector })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(line: &str) -> (String, Vec<ActionType>, Option<String>) {
        let facts = ListedFacts::parse(line).expect("a line of facts");
        (facts.date.to_string(), facts.action_types, facts.sector)
    }

    #[test]
    fn types_may_be_many_and_the_sector_missing() {
        use ActionType::{EnforcementNotice, MonetaryPenalty, Reprimand};
        assert_eq!(
            parse("7 August 2026, Reprimands, Central government"),
            ("2026-08-07".into(), vec![Reprimand], Some("Central government".into()))
        );
        assert_eq!(
            parse("16 September 2025, Monetary penalties, Enforcement notices"),
            ("2025-09-16".into(), vec![MonetaryPenalty, EnforcementNotice], None)
        );
        assert_eq!(
            parse("1 May 2024, Enforcement notices, Finance, insurance and credit"),
            (
                "2024-05-01".into(),
                vec![EnforcementNotice],
                Some("Finance, insurance and credit".into())
            )
        );
    }

    #[test]
    fn a_sentence_is_no_line_of_facts() {
        assert_eq!(
            ListedFacts::parse("Between 8 February 2024 and May, the firm made calls."),
            None
        );
        assert_eq!(ListedFacts::parse("Reprimands, Health"), None);
        assert_eq!(ListedFacts::parse(""), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = ListedFacts::parse(&text);
        }
    }
}
