//! What has changed from run to run, and what could not be looked at.
//!
//! A run that finds cases other than before appends one [`Run`] to the history, which is a part of the
//! state of the indexes. Two states of the history make a [`Difference`]; the store of fetched
//! bytes says what the site took down and which sources could be asked ([`Looked`]).

mod difference;
mod history;
mod looked;
mod seen;

pub use difference::{Cause, Changed, Difference, FieldChange, FirstInSector};
pub use history::{History, HistoryError, Run, State};
pub use looked::{Looked, TakenDown, taken_down};
pub use seen::Seen;
