//! The filters that search, trends and every export share.

use super::{ActionType, PartialDate, Provision};

/// Conditions on a case; an empty filter lets every case pass, several conditions must all hold.
///
/// Within one list the case needs one of the values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Identifiers of categories found.
    pub categories: Vec<String>,
    /// Identifiers of sectors.
    pub sectors: Vec<String>,
    /// Kinds of action taken.
    pub actions: Vec<ActionType>,
    /// Provisions infringed; a provision stands for its parts too.
    pub provisions: Vec<Provision>,
    /// Words of the organisation's name or of another name of it, in any case.
    pub organisations: Vec<String>,
    /// The first date, inclusive; a date known to the year passes if any of its days does.
    pub since: Option<PartialDate>,
    /// The last date, inclusive.
    pub until: Option<PartialDate>,
    /// The least penalty in pounds, inclusive; a case without a penalty does not pass.
    pub amount_min: Option<u64>,
    /// The greatest penalty in pounds, inclusive; a case without a penalty does not pass.
    pub amount_max: Option<u64>,
    /// Leave out cases against natural persons.
    pub without_individuals: bool,
}
