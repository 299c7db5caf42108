//! Shares with their intervals, beside the counts that they are of.

use polars::prelude::*;

use super::{Heading, Kind, TableError};
use crate::statistics::Share;

/// A share of fewer is marked.
pub const SMALL: i64 = 10;

/// How a share of fewer than [`SMALL`] is marked.
pub const MARK: &str = "n < 10";

/// The columns that [`add`] adds, and the one that it needs.
#[must_use]
pub fn headings() -> Vec<Heading> {
    vec![
        Heading { name: "of".into(), title: "of all".into(), kind: Kind::Count },
        Heading::new("share", Kind::Share),
        Heading { name: "share_low".into(), title: "95 % from".into(), kind: Kind::Share },
        Heading { name: "share_high".into(), title: "95 % to".into(), kind: Kind::Share },
        Heading { name: "small".into(), title: "small n".into(), kind: Kind::Text },
    ]
}

/// Adds to a frame, behind its last column, the shares of `part` in `of`.
///
/// # Errors
/// The columns are not there or not whole numbers.
pub fn add(mut frame: DataFrame, part: &str) -> Result<DataFrame, TableError> {
    let numbers = |name: &str| -> Result<Vec<i64>, TableError> {
        let whole = frame.column(name)?.cast(&DataType::Int64)?;
        Ok(whole.i64()?.iter().map(Option::unwrap_or_default).collect())
    };
    let (parts, of) = (numbers(part)?, numbers("of")?);
    let shares: Vec<Option<Share>> =
        parts.iter().zip(&of).map(|(part, of)| share(*part, *of)).collect();
    let column = |name: &str, pick: fn(&Share) -> f64| {
        let values: Vec<Option<f64>> = shares.iter().map(|s| s.as_ref().map(pick)).collect();
        Series::new(name.into(), values)
    };
    let small: Vec<Option<&str>> = of.iter().map(|of| (*of < SMALL).then_some(MARK)).collect();
    let columns = [
        column("share", |share| share.value),
        column("share_low", |share| share.low),
        column("share_high", |share| share.high),
        Series::new("small".into(), small),
    ];
    for column in columns {
        frame.with_column(column.into_column())?;
    }
    Ok(frame)
}

/// Nothing has no share.
fn share(part: i64, of: i64) -> Option<Share> {
    let (part, of) = (usize::try_from(part).ok()?, usize::try_from(of).ok()?);
    (of > 0).then(|| Share::wilson(part, of))
}
