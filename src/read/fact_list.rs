//! The facts that a register page shows as label and value: Date, Type, Sector.

use std::ops::Range;

use crate::model::{ActionType, DateKind, Facts, PartialDate};

/// What the fact list of a page states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactList {
    pub date: Option<PartialDate>,
    pub action_types: Vec<ActionType>,
    pub sector: Option<String>,
}

/// A value of several lines ends within this many lines.
const LONGEST_VALUE: usize = 6;

impl FactList {
    /// Takes a value in; labels that are not known are left out.
    pub fn take(&mut self, label: &str, value: &str) {
        match label.trim_end_matches(':') {
            "Date" => self.date = PartialDate::from_words(value),
            "Type" => {
                self.action_types =
                    value.split(',').filter_map(ActionType::from_register).collect();
            }
            "Sector" => self.sector = Some(value.to_owned()).filter(|value| !value.is_empty()),
            _ => {}
        }
    }

    /// Whether it is the list of a register entry.
    pub const fn is_complete(&self) -> bool {
        self.date.is_some() && !self.action_types.is_empty()
    }

    /// As facts of a case.
    pub fn into_facts(self) -> Facts {
        Facts {
            date: self.date,
            date_kind: self.date.map(|_| DateKind::Register),
            action_types: self.action_types,
            sector: self.sector,
            ..Facts::default()
        }
    }
}

/// Finds a fact list in lines of visible text, and the lines that it takes up: "Date", a date,
/// then "Type" and "Sector" where they follow.
pub fn find(lines: &[&str]) -> Option<(FactList, Range<usize>)> {
    let is_date = |line: &str| PartialDate::from_words(line).is_some() && line.len() < 30;
    let start = lines
        .windows(2)
        .position(|pair| pair[0].trim_end_matches(':') == "Date" && is_date(pair[1]))?;
    let mut list = FactList::default();
    list.take("Date", lines[start + 1]);
    let mut end = start + 2;
    if lines.get(end).is_some_and(|line| is_label(line, "Type")) {
        let value = &lines[end + 1..lines.len().min(end + 1 + LONGEST_VALUE)];
        let length = value.iter().position(|line| is_label(line, "Sector")).unwrap_or(1);
        list.take("Type", &value[..length.min(value.len())].join(" "));
        end = lines.len().min(end + 1 + length);
    }
    if let [label, value, ..] = lines[end..]
        && is_label(label, "Sector")
    {
        list.take("Sector", value);
        end += 2;
    }
    Some((list, start..end))
}

fn is_label(line: &str, label: &str) -> bool {
    line.trim_end_matches(':') == label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_values_stand_on_lines_of_their_own() {
        let lines = [
            "Example Ltd", "Date", "19 August 2021", "Type", "Enforcement notices,",
            "Monetary penalties", "Sector", "Marketing", "The ICO has fined it.",
        ];
        let (list, span) = find(&lines).expect("a fact list");
        assert_eq!(list.date, "2021-08-19".parse().ok());
        assert_eq!(list.action_types.len(), 2);
        assert_eq!(list.sector.as_deref(), Some("Marketing"));
        assert_eq!(span, 1..8);
    }

    #[test]
    fn type_and_sector_may_be_missing() {
        assert_eq!(find(&["Date", "21 December 2017"]).map(|(_, span)| span), Some(0..2));
        let (list, span) =
            find(&["Date", "1 May 2020", "Type", "Reprimands", "It erred."]).expect("a list");
        assert!(list.is_complete());
        assert_eq!(span, 0..4);
        assert_eq!(find(&["Date", "1 May 2020", "Type"]).map(|(_, span)| span), Some(0..3));
        assert_eq!(find(&["Date", "of the meeting"]), None);
    }
}
