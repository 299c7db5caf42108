//! What is known of a difference. Each sentence counts something, so that it can be looked up.

use jiff::{ToSpan as _, civil::Date, tz::Offset};

use super::{
    Row, is_official,
    period::Period,
    plural,
    register::{Register, is_down, pages},
};
use crate::{
    english::{counted, listed},
    fetch::Store,
    model::{ActionType, Case},
    taxonomy::Total,
};

/// For how long the regulator keeps an entry in its register, as it says itself.
const YEARS_KEPT: i32 = 2;

/// The sentences, those about what is missing first.
pub fn of(
    total: &Total,
    rows: &[Row],
    period: &Period<'_>,
    register: &Register,
    store: &Store,
) -> Vec<String> {
    let is_short = rows.iter().any(|row| row.difference < 0);
    let missing = if is_short { missing(total, period, register, store) } else { Vec::new() };
    let sums = rows.iter().any(|row| row.difference != 0 && row.what.contains('£'));
    let known = [
        (!is_short).then(|| digests(&period.inside)).flatten(),
        other_kinds(total, &period.inside),
        sums.then(|| unknown_amounts(&period.inside)).flatten(),
        dates(period),
        total.note.clone(),
    ];
    let all: Vec<String> = missing.into_iter().chain(known.into_iter().flatten()).collect();
    if all.is_empty() { vec!["Nothing that is known here explains it.".to_owned()] } else { all }
}

/// Why something may not be here.
fn missing(total: &Total, period: &Period<'_>, register: &Register, store: &Store) -> Vec<String> {
    let Some(first) = register.first_fetched else {
        return vec![
            "Nothing of the register was fetched here: all cases come from digests, which do not tell \
             the whole of it (`casebook fetch`)."
                .to_owned(),
        ];
    };
    let mut reasons = Vec::new();
    let first = Offset::UTC.to_datetime(first).date();
    let kept_until = total.until.latest().checked_add(YEARS_KEPT.years()).unwrap_or(Date::MAX);
    if total.since.earliest().checked_add(YEARS_KEPT.years()).unwrap_or(Date::MAX) < first {
        let part = if kept_until < first { "All" } else { "Part" };
        reasons.push(format!(
            "{part} of the period lay more than two years back when the register was first fetched ({first}): \
             the ICO takes entries down after about two years, and what was gone then is not here \
             (`casebook fetch --archives`)."
        ));
    }
    let (stored, down) = stored(total, store);
    reasons.push(format!(
        "Stored are {} listed with a date in the period; {down} of them the site has taken down since \
         (the copies count).",
        counted(stored, "register page", "register pages")
    ));
    if register.not_stored > 0 {
        reasons.push(format!(
            "{} of any date listed, but not fetched.",
            counted(register.not_stored, "register page is", "register pages are")
        ));
    }
    if !register.looked_everywhere {
        reasons.push("The last fetch could not look everywhere (`casebook changes`).".to_owned());
    }
    reasons.extend(digests(&period.inside));
    reasons
}

/// Stored pages that a listing dates in the period, and how many of them are taken down.
fn stored(total: &Total, store: &Store) -> (usize, usize) {
    let dated = pages(store).filter(|item| {
        let date = item.newest().and_then(|newest| newest.listed.date);
        date.is_some_and(|date| date.may_lie_in(Some(total.since), Some(total.until)))
    });
    let all: Vec<bool> = dated.map(is_down).collect();
    (all.len(), all.iter().filter(|is_down| **is_down).count())
}

fn digests(inside: &[&Case]) -> Option<String> {
    let digests = inside.iter().filter(|case| !is_official(case)).count();
    (digests > 0).then(|| {
        format!(
            "{} of {} here by a digest alone, from the register or from reports.",
            digests,
            counted(inside.len(), "case is", "cases are")
        )
    })
}

/// Kinds that another count of all actions might have in it.
fn other_kinds(total: &Total, inside: &[&Case]) -> Option<String> {
    total.actions.or(total.organisations)?;
    let kinds: Vec<ActionType> = inside
        .iter()
        .flat_map(|case| &case.facts.action_types)
        .copied()
        .filter(|kind| !total.kinds.contains(kind))
        .collect();
    let named: Vec<String> = ActionType::ALL
        .into_iter()
        .map(|kind| (kind, kinds.iter().filter(|other| **other == kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| counted(count, kind.title(), plural(kind)))
        .collect();
    let counts: Vec<String> = total.kinds.iter().map(|kind| plural(*kind).to_owned()).collect();
    (!named.is_empty()).then(|| {
        format!("Left out here: {}; the source counts {}.", listed(&named), listed(&counts))
    })
}

fn unknown_amounts(inside: &[&Case]) -> Option<String> {
    let unknown = inside.iter().filter(|case| {
        case.facts.action_types.contains(&ActionType::MonetaryPenalty)
            && case.facts.amount_gbp.is_none()
    });
    let unknown = unknown.count();
    (unknown > 0).then(|| {
        format!(
            "{} an amount that no source here states.",
            counted(unknown, "penalty has", "penalties have")
        )
    })
}

fn dates(period: &Period<'_>) -> Option<String> {
    let Period { rough, near_inside, near_outside, undated, .. } = period;
    let parts: Vec<String> = [
        (*near_inside, "inside and within a month of its ends"),
        (*near_outside, "outside and within a month of them"),
        (*rough, "dated too roughly to be sure of"),
        (*undated, "without a date and in no period"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", counted(count, "case is", "cases are")))
    .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Dates of notice, register and announcement differ by days or weeks: {}.",
            listed(&parts)
        )
    })
}
