//! What changed between two evaluations of the same documents.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Outcome, Report, Subject, Verdict,
    report::FORM,
    score::{Score, label_scores, of_documents},
};

/// What a comparison needs of an earlier report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Previous {
    form: u32,
    names: Vec<String>,
    verdicts: Vec<Verdict>,
}

/// A report that nothing can be compared with.
#[derive(Debug, Error)]
pub enum PreviousError {
    /// It is no report, or one of another form.
    #[error("it is not what `casebook evaluate --json` prints ({0}); name a file made so")]
    Malformed(String),
    /// Another version wrote it.
    #[error(
        "it has form {0}, and this version of casebook compares form {FORM}; make it anew with \
         `casebook evaluate --json`"
    )]
    OtherForm(u32),
    /// It is about other documents.
    #[error("it has no document in common with these labels; compare runs on the same folder")]
    NothingInCommon,
}

/// What was gained and lost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Documents of both runs; everything else is about these alone.
    pub documents: usize,
    /// Documents that only the earlier run had.
    pub only_before: Vec<String>,
    /// Documents that only this run has.
    pub only_now: Vec<String>,
    /// Micro-F1 of the labels.
    pub micro_f1: Movement,
    /// Macro-F1 of the labels.
    pub macro_f1: Movement,
    /// F1 of the provisions.
    pub provision_f1: Movement,
    /// Every verdict that is another now.
    pub changes: Vec<Changed>,
}

/// A measure before and now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Movement {
    /// In the earlier run.
    pub before: f64,
    /// In this one.
    pub now: f64,
}

/// A verdict that is another now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// In which way.
    pub change: Change,
    /// The verdict as it is now, or as it was where there is none now.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// The ways in which a verdict can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Not right before, right now.
    Gained,
    /// Right before, not right now.
    Lost,
    /// Found without a label now.
    NewSpurious,
    /// Found without a label before, and no more.
    GoneSpurious,
    /// The label itself was added or taken back, so that the runs cannot be compared here.
    Relabelled,
}

impl Previous {
    /// Reads what `casebook evaluate --format json` printed.
    ///
    /// # Errors
    /// It is something else, or of another version.
    pub fn parse(json: &[u8]) -> Result<Self, PreviousError> {
        #[derive(Deserialize)]
        struct Form {
            form: u32,
        }
        let malformed = |error: serde_json::Error| PreviousError::Malformed(error.to_string());
        let Form { form } = serde_json::from_slice(json).map_err(malformed)?;
        if form != FORM {
            return Err(PreviousError::OtherForm(form));
        }
        serde_json::from_slice(json).map_err(malformed)
    }
}

/// Compares an earlier report with this one, on the documents that both have.
///
/// # Errors
/// There is no such document.
pub fn compare(previous: &Previous, report: &Report) -> Result<Comparison, PreviousError> {
    let before: BTreeSet<&str> = previous.names.iter().map(String::as_str).collect();
    let now: BTreeSet<&str> = report.names.iter().map(String::as_str).collect();
    let common: BTreeSet<&str> = before.intersection(&now).copied().collect();
    if common.is_empty() {
        return Err(PreviousError::NothingInCommon);
    }
    let old: Vec<&Verdict> = of_documents(&previous.verdicts, &common).collect();
    let new: Vec<&Verdict> = of_documents(&report.verdicts, &common).collect();
    let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
    let both =
        |measure: fn(&[&Verdict]) -> f64| Movement { before: measure(&old), now: measure(&new) };
    Ok(Comparison {
        documents: common.len(),
        only_before: owned(&before - &now),
        only_now: owned(&now - &before),
        micro_f1: both(|verdicts| label_scores(verdicts.iter().copied()).micro.score.f1),
        macro_f1: both(|verdicts| label_scores(verdicts.iter().copied()).macro_f1),
        provision_f1: both(|verdicts| {
            let provisions = verdicts.iter().filter(|v| v.subject == Subject::Provision);
            Score::of(provisions.copied()).f1
        }),
        changes: changes(&old, &new),
    })
}

/// What a verdict is about; near misses of one category are told apart by their sentences.
type Key<'a> = (&'a str, Subject, &'a str, Option<&'a String>);

fn by_key<'a>(verdicts: &[&'a Verdict]) -> BTreeMap<Key<'a>, &'a Verdict> {
    let key = |verdict: &'a Verdict| {
        let sentence = verdict.context.first().filter(|_| verdict.subject == Subject::NearMiss);
        (verdict.document.as_str(), verdict.subject, verdict.name.as_str(), sentence)
    };
    verdicts.iter().map(|verdict| (key(verdict), *verdict)).collect()
}

fn changes(old: &[&Verdict], new: &[&Verdict]) -> Vec<Changed> {
    let (old, new) = (by_key(old), by_key(new));
    let keys: BTreeSet<&Key<'_>> = old.keys().chain(new.keys()).collect();
    let mut changes: Vec<Changed> = keys
        .into_iter()
        .filter_map(|key| {
            let (before, now) = (old.get(key).copied(), new.get(key).copied());
            let outcome = |verdict: Option<&Verdict>| verdict.map(|verdict| verdict.outcome);
            let change = change(outcome(before), outcome(now))?;
            Some(Changed { change, verdict: now.or(before)?.clone() })
        })
        .collect();
    changes.sort_by_key(|changed| changed.change);
    changes
}

fn change(before: Option<Outcome>, now: Option<Outcome>) -> Option<Change> {
    let is_labelled = |outcome: Option<Outcome>| {
        matches!(outcome, Some(Outcome::Right | Outcome::Missed | Outcome::Wrong))
    };
    let is_right = |outcome| outcome == Some(Outcome::Right);
    match (before, now) {
        _ if is_labelled(before) != is_labelled(now) => Some(Change::Relabelled),
        (None, Some(_)) => Some(Change::NewSpurious),
        (Some(_), None) => Some(Change::GoneSpurious),
        _ if is_right(now) && !is_right(before) => Some(Change::Gained),
        _ if is_right(before) && !is_right(now) => Some(Change::Lost),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_named_by_what_it_means() {
        use Outcome::{Missed, Right, Spurious, Wrong};
        for (before, now, expected) in [
            (Some(Missed), Some(Right), Some(Change::Gained)),
            (Some(Right), Some(Missed), Some(Change::Lost)),
            (Some(Right), Some(Wrong), Some(Change::Lost)),
            (None, Some(Spurious), Some(Change::NewSpurious)),
            (Some(Spurious), None, Some(Change::GoneSpurious)),
            (Some(Spurious), Some(Right), Some(Change::Relabelled)),
            (None, Some(Missed), Some(Change::Relabelled)),
            (Some(Right), None, Some(Change::Relabelled)),
            (Some(Missed), Some(Wrong), None),
            (Some(Right), Some(Right), None),
        ] {
            assert_eq!(change(before, now), expected, "{before:?} {now:?}");
        }
    }
}
