//! The cases of a period, and those of which a date leaves it open.

use jiff::ToSpan as _;

use crate::{
    model::{Case, PartialDate},
    taxonomy::Total,
};

/// How far the dates of notice, register and announcement of one action often lie apart.
const DAYS: i32 = 31;

/// The cases of a period.
pub struct Period<'c> {
    /// Dated in it, or so roughly that they may be.
    pub inside: Vec<&'c Case>,
    /// Of these, dated so roughly that they may lie outside.
    pub rough: usize,
    /// Of these, within a month of its ends.
    pub near_inside: usize,
    /// Outside, within a month of its ends.
    pub near_outside: usize,
    /// Cases without a date.
    pub undated: usize,
}

impl<'c> Period<'c> {
    /// The cases that have an action that a source counts.
    pub fn of(total: &Total, cases: &'c [Case]) -> Self {
        let (first, last) = (total.since.earliest(), total.until.latest());
        let counts = |case: &&Case| case.facts.action_types.iter().any(|a| total.kinds.contains(a));
        let counted: Vec<&Case> = cases.iter().filter(counts).collect();
        let may_lie = |date: PartialDate| date.may_lie_in(Some(total.since), Some(total.until));
        let is_rough = |date: PartialDate| date.earliest() < first || date.latest() > last;
        let day_before = first.checked_sub(1.day()).unwrap_or(first);
        let day_after = last.checked_add(1.day()).unwrap_or(last);
        let is_near = |date: PartialDate, days: [jiff::civil::Date; 2]| {
            days.into_iter().any(|day| date.days_to(PartialDate::from(day)) < DAYS)
        };
        let dates = || counted.iter().filter_map(|case| case.facts.date);
        let inside = |date: &PartialDate| may_lie(*date);
        Self {
            rough: dates().filter(inside).filter(|date| is_rough(*date)).count(),
            near_inside: dates()
                .filter(inside)
                .filter(|date| !is_rough(*date) && is_near(*date, [day_before, day_after]))
                .count(),
            near_outside: dates()
                .filter(|date| !may_lie(*date) && is_near(*date, [first, last]))
                .count(),
            undated: counted.iter().filter(|case| case.facts.date.is_none()).count(),
            inside: cases.iter().filter(|case| case.facts.date.is_some_and(may_lie)).collect(),
        }
    }
}
