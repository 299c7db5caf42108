//! Exit codes, the same for every command.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// Nothing was found.
    NothingFound = 1,
    /// The command was used wrongly, or could not work at all.
    WrongUse = 2,
    /// Part of the work was done; the rest is listed.
    Partly = 3,
    /// A source kept us out: nothing can be said about what is new there.
    Blocked = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
