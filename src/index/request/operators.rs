//! Operators for those who want them: `"a phrase"`, `-word`, `sector:education`.

use super::Request;
use crate::{
    model::{ActionType, Provision},
    taxonomy::{Taxonomy, nearest},
};

/// A piece of the text between blanks, or a quoted one.
struct Piece {
    excluded: bool,
    field: Option<String>,
    value: String,
    quoted: bool,
    /// As it was written.
    source: String,
}

/// Takes the operators out of a text and returns the rest.
pub fn take(text: &str, taxonomy: &Taxonomy, request: &mut Request) -> String {
    let mut rest: Vec<String> = Vec::new();
    for piece in pieces(text) {
        let has_words = piece.value.contains(char::is_alphanumeric);
        match &piece.field {
            _ if !has_words => rest.push(piece.source),
            Some(field) if !piece.excluded && apply(field, &piece.value, taxonomy, request) => {}
            Some(_) => rest.push(piece.source),
            None if piece.excluded => {
                request.note(format!("without \u{201c}{}\u{201d}", piece.value));
                request.excluded.push(piece.value);
            }
            None if piece.quoted => request.phrases.push(piece.value),
            None => rest.push(piece.source),
        }
    }
    rest.join(" ")
}

fn pieces(text: &str) -> Vec<Piece> {
    let text = text.replace(['\u{201c}', '\u{201d}'], "\"");
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (piece, length) = piece(rest);
        pieces.push(piece);
        rest = rest[length..].trim_start();
    }
    pieces
}

/// The first piece of a text, with its length in bytes.
fn piece(text: &str) -> (Piece, usize) {
    let body = text.strip_prefix('-').unwrap_or(text);
    let excluded =
        body.len() < text.len() && body.starts_with(|c: char| c.is_alphanumeric() || c == '"');
    let word_end = body.find(char::is_whitespace).unwrap_or(body.len());
    let colon = body[..word_end].find(':').filter(|at| *at > 0);
    let (field, value) = match colon {
        Some(at) => (Some(body[..at].to_lowercase()), &body[at + 1..]),
        None => (None, body),
    };
    let before = text.len() - value.len();
    let quoted = value.strip_prefix('"').and_then(|inner| inner.split_once('"'));
    let (value, length, quoted) = match quoted {
        Some((inner, _)) => (inner, before + inner.len() + 2, true),
        None => {
            let word = value.split(char::is_whitespace).next().unwrap_or_default();
            (word, before + word.len(), false)
        }
    };
    let value = value.to_owned();
    let source = text[..length.max(1)].to_owned();
    let length = source.len();
    (Piece { excluded, field, value, quoted, source }, length)
}

/// Adds a field's condition; says no where the field or one of its values is unknown.
fn apply(field: &str, value: &str, taxonomy: &Taxonomy, request: &mut Request) -> bool {
    let values = value.split(',').map(str::trim).filter(|value| !value.is_empty());
    let filter = &mut request.filter;
    let understood = match field {
        "org" | "organisation" | "organization" | "name" => {
            filter.organisations.push(value.to_owned());
            true
        }
        "sector" => {
            let known = taxonomy.sectors.iter().map(|s| (s.id.as_str(), s.title.as_str()));
            all(values, &known.collect::<Vec<_>>(), &mut filter.sectors)
        }
        "category" => {
            let known = taxonomy.categories.iter().map(|c| (c.id.as_str(), c.title.as_str()));
            all(values, &known.collect::<Vec<_>>(), &mut filter.categories)
        }
        "group" => {
            let known = taxonomy.groups.iter().map(|g| (g.id.as_str(), g.title.as_str()));
            let mut groups = Vec::new();
            let known = all(values, &known.collect::<Vec<_>>(), &mut groups);
            filter.categories.extend(groups.iter().flat_map(|group| taxonomy.categories_of(group)));
            known
        }
        "action" => {
            let known = ActionType::ALL.map(|action| (action.id(), action.title()));
            let mut actions = Vec::new();
            let known = all(values, &known, &mut actions);
            filter
                .actions
                .extend(actions.iter().filter_map(|action| action.parse::<ActionType>().ok()));
            known
        }
        "provision" => match value.parse::<Provision>() {
            Ok(provision) => {
                filter.provisions.push(provision);
                true
            }
            Err(_) => false,
        },
        _ => return false,
    };
    let note = if understood {
        format!("{field}: {value}")
    } else {
        format!("\u{201c}{field}:{value}\u{201d} as words, since no {field} is called so")
    };
    request.note(note);
    understood
}

/// Adds the identifiers that values mean by identifier or title; says no if one is unknown.
fn all<'v>(
    values: impl Iterator<Item = &'v str>,
    known: &[(&str, &str)],
    found: &mut Vec<String>,
) -> bool {
    let means = |value: &str| {
        let value = value.to_lowercase();
        let exact = known.iter().find(|(id, title)| *id == value || title.to_lowercase() == value);
        let near = || nearest(&value, known.iter().map(|(id, _)| *id));
        exact.map(|(id, _)| *id).or_else(near).map(str::to_owned)
    };
    match values.map(means).collect::<Option<Vec<String>>>() {
        Some(ids) if !ids.is_empty() => {
            found.extend(ids);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (String, Request) {
        let mut request = Request::default();
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let rest = take(text, &taxonomy, &mut request);
        (rest, request)
    }

    #[test]
    fn phrases_and_exclusions_are_taken_out() {
        let (rest, request) =
            taken("school \u{201c}facial recognition\u{201d} -police -\"opt out\" e-mail");
        assert_eq!(rest, "school e-mail");
        assert_eq!(request.phrases, ["facial recognition"]);
        assert_eq!(request.excluded, ["police", "opt out"]);
    }

    #[test]
    fn fields_are_conditions_by_identifier_title_or_near_name() {
        let (rest, request) = taken(
            "canteen sector:education category:mising-dpia action:\"monetary penalty\" org:\"Home Office\"",
        );
        assert_eq!(rest, "canteen");
        assert_eq!(request.filter.sectors, ["education"]);
        assert_eq!(request.filter.categories, ["missing-dpia"]);
        assert_eq!(request.filter.actions, [ActionType::MonetaryPenalty]);
        assert_eq!(request.filter.organisations, ["Home Office"]);
    }

    #[test]
    fn what_is_no_operator_stays_words() {
        for text in [
            "sector:zzzzzz", "re: the letter", "well - known", "\"unbalanced quote", "10:30",
            "org:",
        ] {
            let (rest, request) = taken(text);
            assert_eq!(rest, text);
            assert_eq!(request.filter, crate::model::Filter::default());
            assert!(request.phrases.is_empty() && request.excluded.is_empty());
        }
    }
}
