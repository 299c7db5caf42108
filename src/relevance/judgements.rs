//! Queries with the cases that a person found relevant: JSON, one query a line.

use std::{collections::BTreeSet, fs, io, path::Path};

use serde::Deserialize;
use thiserror::Error;

/// The best grade: exactly what was asked for.
const BEST_GRADE: u8 = 3;

/// A query with its relevant cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Query {
    /// Its name, unique in the file.
    pub qid: String,
    /// What a user types.
    pub query: String,
    /// What sort of question it is, such as `organisation`.
    pub kind: String,
    /// The relevant cases; every other case is irrelevant.
    pub relevant: Vec<Judged>,
}

/// A relevant case, named in at least one way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Judged {
    /// The case's slug.
    #[serde(default)]
    pub case: Option<String>,
    /// Identifier in a compiled list of cases.
    #[serde(default)]
    pub id: Option<String>,
    /// Page of the ICO's register.
    #[serde(default)]
    pub page_url: Option<String>,
    /// Name for people.
    #[serde(default)]
    pub organisation: Option<String>,
    /// 3 exactly what was asked for, 2 relevant, 1 marginal.
    pub grade: u8,
}

impl Judged {
    /// What a person calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        let names = [&self.case, &self.organisation, &self.id, &self.page_url];
        names.into_iter().flatten().next().map_or("(unnamed)", String::as_str)
    }
}

/// A file of judgements that cannot be used.
#[derive(Debug, Error)]
pub enum JudgementError {
    /// The file cannot be read.
    #[error("cannot read the judgements {file}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A line is not a query.
    #[error(
        "{file}, line {line}: {reason}; a line is an object such as \
         {{\"qid\":\"q1\",\"query\":\"late SAR\",\"kind\":\"keyword\",\
         \"relevant\":[{{\"case\":\"home-office\",\"grade\":3}}]}}"
    )]
    Line {
        /// The file.
        file: String,
        /// Its line, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// No line holds a query.
    #[error("{0} holds no queries")]
    Empty(String),
}

/// The queries of a file.
///
/// # Errors
/// [`JudgementError`] names the file, the line and what is wrong.
pub fn read(path: &Path) -> Result<Vec<Query>, JudgementError> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|source| JudgementError::Unreadable { file: file.clone(), source })?;
    let mut seen = BTreeSet::new();
    let mut queries = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason| JudgementError::Line { file: file.clone(), line: index + 1, reason };
        let query: Query = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        check(&query).map_err(wrong)?;
        if !seen.insert(query.qid.clone()) {
            return Err(wrong(format!("the qid `{}` occurs twice", query.qid)));
        }
        queries.push(query);
    }
    if queries.is_empty() { Err(JudgementError::Empty(file)) } else { Ok(queries) }
}

fn check(query: &Query) -> Result<(), String> {
    if query.relevant.is_empty() {
        return Err("no relevant case is listed".to_owned());
    }
    for judged in &query.relevant {
        if judged.case.is_none() && judged.id.is_none() && judged.page_url.is_none() {
            return Err("a relevant case has neither case nor id nor page_url".to_owned());
        }
        if !(1..=BEST_GRADE).contains(&judged.grade) {
            return Err(format!("the grade of {} must be 1, 2 or 3", judged.name()));
        }
    }
    Ok(())
}
