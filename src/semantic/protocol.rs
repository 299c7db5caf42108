//! How the program and its helper speak: one JSON value a line, a request and then its answer.

use serde::{Deserialize, Serialize};

/// Texts of which vectors are wanted: a JSON list of strings.
pub type Request = Vec<String>;

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// One vector a text, in the order of the request: `{"vectors":[[0.1,-0.2],..]}`.
    Vectors(Vec<Vec<f32>>),
    /// A sentence that says why there are none: `{"error":".."}`.
    Error(String),
}
