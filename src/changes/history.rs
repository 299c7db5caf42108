//! The history of a folder of indexes: one line for each run that found cases other than before.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Seen;
use crate::model::Case;

/// Runs that are kept apart; older ones are put together with the next, so that the file stays small.
const MOST_RUNS: usize = 500;

/// A history that cannot be used.
#[derive(Debug, Error)]
pub enum HistoryError {
    /// The file cannot be read.
    #[error("cannot read the history {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A line is damaged.
    #[error("the history {path} is damaged in line {line} ({source})")]
    Damaged {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// A run that found cases other than the run before: what is different since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number, from 1.
    pub run: u32,
    /// When.
    pub at: Timestamp,
    /// Version of the program.
    pub casebook: String,
    /// [`crate::taxonomy::Taxonomy::fingerprint`].
    pub taxonomy: String,
    /// Cases that are new or that have changed, as they are now.
    pub cases: Vec<Seen>,
    /// Slugs of cases that are there no more.
    pub removed: Vec<String>,
}

/// The cases after a run, by slug.
pub type State<'a> = BTreeMap<&'a str, &'a Seen>;

/// All runs, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    runs: Vec<Run>,
}

impl History {
    /// Reads the file; one that does not exist is an empty history.
    ///
    /// # Errors
    /// It cannot be read, or a line is damaged.
    pub fn read(path: &Path) -> Result<Self, HistoryError> {
        let name = || path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(HistoryError::Unreadable { path: name(), source }),
        };
        let run = |(index, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|source| HistoryError::Damaged {
                path: name(),
                line: index + 1,
                source,
            })
        };
        Ok(Self { runs: text.lines().enumerate().map(run).collect::<Result<_, _>>()? })
    }

    /// Writes one run a line.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.runs.iter().try_for_each(|run| {
            serde_json::to_writer(&mut *out, run)?;
            out.write_all(b"\n")
        })
    }

    /// The runs, the oldest first; the first one names every case of its time.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The cases after the run of that number.
    #[must_use]
    pub fn after(&self, number: u32) -> State<'_> {
        let mut state = State::new();
        for run in self.runs.iter().take_while(|run| run.run <= number) {
            run.removed.iter().for_each(|slug| {
                state.remove(slug.as_str());
            });
            state.extend(run.cases.iter().map(|seen| (seen.case.as_str(), seen)));
        }
        state
    }

    /// The cases now.
    #[must_use]
    pub fn now(&self) -> State<'_> {
        self.after(u32::MAX)
    }

    /// When the sources of each case were new or changed last. A case of which only the first run
    /// knows, or that was only read differently since, is not named.
    #[must_use]
    pub fn news(&self) -> BTreeMap<&str, Timestamp> {
        let (mut news, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for (index, run) in self.runs.iter().enumerate() {
            for slug in &run.removed {
                sources.remove(slug.as_str());
            }
            for seen in &run.cases {
                let before = sources.insert(seen.case.as_str(), seen.sources.as_str());
                if index > 0 && before != Some(&seen.sources) {
                    news.insert(seen.case.as_str(), run.at);
                }
            }
        }
        news
    }

    /// Adds a run, if its cases are not those of the run before.
    pub fn record(&mut self, cases: &[Case], at: Timestamp, taxonomy: &str) {
        let seen: Vec<Seen> = cases.iter().map(Seen::of).collect();
        let before = self.now();
        let is_news = |seen: &Seen| before.get(seen.case.as_str()) != Some(&seen);
        let slugs: BTreeSet<&str> = seen.iter().map(|seen| seen.case.as_str()).collect();
        let removed = before.keys().filter(|slug| !slugs.contains(*slug));
        let removed: Vec<String> = removed.map(|slug| (*slug).to_owned()).collect();
        let cases: Vec<Seen> = seen.iter().filter(|seen| is_news(seen)).cloned().collect();
        if cases.is_empty() && removed.is_empty() && !self.runs.is_empty() {
            return;
        }
        self.runs.push(Run {
            run: self.runs.last().map_or(1, |last| last.run + 1),
            at,
            casebook: env!("CARGO_PKG_VERSION").to_owned(),
            taxonomy: taxonomy.to_owned(),
            cases,
            removed,
        });
        self.keep(MOST_RUNS);
    }

    /// Puts the oldest runs together until no more than so many are left.
    fn keep(&mut self, most: usize) {
        let excess = self.runs.len().saturating_sub(most);
        if excess == 0 {
            return;
        }
        let last = &self.runs[excess];
        let cases = self.after(last.run).into_values().cloned().collect();
        let first = Run { cases, removed: Vec::new(), ..last.clone() };
        self.runs.splice(..=excess, [first]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Facts;

    fn case(slug: &str, penalty: u64) -> Case {
        Case {
            case: slug.to_owned(),
            facts: Facts { amount_gbp: Some(penalty), ..Facts::default() },
            ..Case::default()
        }
    }

    fn history(runs: &[Vec<Case>]) -> History {
        let mut history = History::default();
        for (number, cases) in (1..).zip(runs) {
            let at = Timestamp::from_second(number * 86_400).expect("a time");
            history.record(cases, at, "taxonomy");
        }
        history
    }

    #[test]
    fn a_run_that_finds_the_same_adds_nothing() {
        let same = vec![case("oakmere-council", 1)];
        assert_eq!(history(&[same.clone(), same.clone()]).runs().len(), 1);
        let other = vec![case("oakmere-council", 2)];
        assert_eq!(history(&[same.clone(), same, other]).runs()[1].run, 2);
    }

    #[test]
    fn states_are_those_of_their_runs_also_after_old_runs_are_put_together() {
        let [one, more, other] =
            [case("oakmere-council", 1), case("oakmere-council", 5), case("tollgate-clinic", 2)];
        let runs =
            [vec![one.clone()], vec![one, other.clone()], vec![other.clone()], vec![more, other]];
        let mut history = history(&runs);
        assert_eq!(history.after(2).len(), 2);
        assert_eq!(history.after(3).keys().copied().collect::<Vec<_>>(), ["tollgate-clinic"]);
        let (third, now) = (owned(&history.after(3)), owned(&history.now()));
        history.keep(2);
        assert_eq!((history.runs().len(), history.runs()[0].run), (2, 3));
        assert_eq!((owned(&history.after(3)), owned(&history.now())), (third, now));
    }

    fn owned(state: &State<'_>) -> Vec<Seen> {
        state.values().map(|seen| (*seen).clone()).collect()
    }
}
