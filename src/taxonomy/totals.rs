//! What others counted in the regulator's register (`totals.toml`).

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    TaxonomyError,
    files::{TOTALS, from_folder, line_at, shipped},
};
use crate::model::{ActionType, PartialDate};

/// What a source counted in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// The beginning of the period.
    pub since: PartialDate,
    /// Its end.
    pub until: PartialDate,
    /// Who counted.
    pub source: String,
    /// Where it says so.
    pub url: Option<String>,
    /// When it was published, if that is known.
    pub published: Option<PartialDate>,
    /// The kinds of action that it counts.
    pub kinds: Vec<ActionType>,
    /// Actions of these kinds.
    pub actions: Option<u64>,
    /// Organisations acted against.
    pub organisations: Option<u64>,
    /// Actions by kind.
    #[serde(default)]
    pub by_kind: BTreeMap<ActionType, u64>,
    /// Penalties in pounds.
    pub penalty_gbp: Option<u64>,
    /// To how many pounds that is rounded.
    pub rounded_to: Option<u64>,
    /// What the source says of its own gaps.
    pub note: Option<String>,
}

/// The totals of a user's folder, or else the shipped ones.
///
/// # Errors
/// The file cannot be read, or says something that cannot be; its line is named.
pub fn totals(folder: Option<&Path>) -> Result<Vec<Total>, TaxonomyError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        total: Vec<toml::Spanned<Total>>,
    }
    let text = match folder {
        None => shipped(TOTALS).to_owned(),
        Some(folder) => from_folder(folder, TOTALS)?,
    };
    let malformed = |at: usize, message: String| TaxonomyError::Malformed {
        file: TOTALS,
        line: line_at(&text, at),
        message,
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        malformed(at, error.message().trim().replace('\n', " "))
    })?;
    let checked = |total: toml::Spanned<Total>| {
        let at = total.span().start;
        let total = total.into_inner();
        fault(&total).map_or(Ok(total), |fault| Err(malformed(at, fault)))
    };
    file.total.into_iter().map(checked).collect()
}

/// What cannot be about a total.
fn fault(total: &Total) -> Option<String> {
    let numbers = [total.actions, total.organisations, total.penalty_gbp];
    if total.since.earliest() > total.until.latest() {
        return Some(format!("since {} is after until {}", total.since, total.until));
    }
    if total.kinds.is_empty() || total.by_kind.keys().any(|kind| !total.kinds.contains(kind)) {
        return Some("`kinds` must name every kind of action that is counted".to_owned());
    }
    let is_empty = numbers.iter().all(Option::is_none) && total.by_kind.is_empty();
    is_empty.then(|| "there is no number to compare".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_shipped_total_has_its_source_and_date() {
        let totals = totals(None).expect("good totals");
        assert!(totals.len() >= 7);
        for total in &totals {
            assert!(!total.source.is_empty(), "{total:?}");
            // Where the address is known, so is the date.
            assert_eq!(total.url.is_some(), total.published.is_some(), "{total:?}");
            let published = total.published.map(PartialDate::latest);
            assert!(published.is_none_or(|date| date >= total.until.earliest()), "{total:?}");
            assert!(total.url.as_ref().is_none_or(|url| url.starts_with("https://")), "{total:?}");
        }
        assert!(totals.is_sorted_by_key(|total| total.since.earliest()));
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        let good = "[[total]]\nsince = \"2024\"\nuntil = \"2024\"\nsource = \"S\"\n\
                    published = \"2025\"\nkinds = [\"reprimand\"]\nactions = 3\n";
        let folder = tempfile::tempdir().expect("a folder");
        for (from, to, hint) in [
            ("until = \"2024\"", "until = \"2023\"", "line 1: since 2024 is after until 2023"),
            ("actions = 3\n", "", "no number to compare"),
            ("actions = 3", "by_kind = { warning = 1 }", "`kinds` must name every kind"),
            ("\"reprimand\"", "\"reprimad\"", "line 6: unknown variant"),
            ("source", "sauce", "unknown field `sauce`"),
        ] {
            fs::write(folder.path().join(TOTALS), good.replace(from, to)).expect("writable");
            let error = totals(Some(folder.path())).expect_err(hint).to_string();
            assert!(error.contains(hint), "{error}");
        }
        fs::write(folder.path().join(TOTALS), good).expect("writable");
        assert_eq!(totals(Some(folder.path())).expect("good totals").len(), 1);
    }
}
