//! Markdown that can be put into a report as it is.

use super::{Answer, Kind, Sheet, TableError, readable};
use crate::trends::LICENCE;

/// All tables, each with its rules, and the coverage at the end.
pub fn bytes(answer: &Answer) -> Result<Vec<u8>, TableError> {
    let mut text = format!("# {}\n", answer.title);
    if !answer.filters.is_empty() {
        text += &format!("\nFilters: {}.\n", escaped(&answer.filters.join("; ")));
    }
    for sheet in &answer.sheets {
        if answer.sheets.len() > 1 {
            text += &format!("\n## {}\n", sheet.title);
        }
        text += &table(sheet)?;
        text += &list("Counting rules", &sheet.rules);
    }
    text += &list("Coverage", &answer.coverage.sentences());
    text += &format!("\n{LICENCE}\n");
    Ok(text.into_bytes())
}

fn table(sheet: &Sheet) -> Result<String, TableError> {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let headings = &sheet.headings;
    let mut text = String::from("\n");
    text += &line(headings.iter().map(|heading| escaped(&heading.title)).collect());
    let rule = |kind: Kind| if kind == Kind::Text { "---" } else { "---:" };
    text += &line(headings.iter().map(|heading| rule(heading.kind).to_owned()).collect());
    for row in sheet.rows()? {
        let cells = row.iter().zip(headings);
        text += &line(cells.map(|(value, h)| escaped(&readable(value, h.kind))).collect());
    }
    Ok(text)
}

fn list(title: &str, sentences: &[String]) -> String {
    let items: String = sentences.iter().map(|sentence| format!("- {sentence}\n")).collect();
    format!("\n{title}:\n\n{items}")
}

/// Text that stays text in a table of Markdown.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '`' | '<' | '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
