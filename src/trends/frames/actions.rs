//! One row an action.

use super::{Table, number, text};
use crate::model::{ActionType, Case};

/// The table of actions. The penalty belongs to the monetary penalty among them or, where there is
/// none, to the first.
pub fn action_table(cases: &[Case]) -> Table {
    let rows: Vec<(&Case, ActionType)> = cases
        .iter()
        .flat_map(|case| case.facts.action_types.iter().map(move |action| (case, *action)))
        .collect();
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|(case, _)| case.case.as_str())),
        text("action", "kind of action", rows.iter().map(|(_, action)| action.id())),
        number(
            "amount_gbp",
            "penalty imposed by this action, pounds sterling",
            rows.iter().map(|(case, action)| amount(case, *action)),
        ),
    ];
    Table { name: "actions", row: "an action of a case", key: &["case", "action"], columns }
}

fn amount(case: &Case, action: ActionType) -> Option<u64> {
    let actions = &case.facts.action_types;
    let penalty = actions.iter().find(|action| **action == ActionType::MonetaryPenalty);
    let paid_for = penalty.or(actions.first());
    case.facts.amount_gbp.filter(|_| paid_for == Some(&action))
}
