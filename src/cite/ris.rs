//! RIS: what Zotero, EndNote, Mendeley and library catalogues exchange.
//!
//! The type is `ELEC`, which Zotero imports as a web page and then cites in OSCOLA with full date and
//! address. It makes a report of `GOVDOC` and `RPRT` and cites only their year; `CASE` wants a court
//! and loses author and address. The author has no comma, so that no program splits it into first
//! and last name. Lines end in carriage return and line feed, as the format asks.

use std::io::{self, Write};

use super::Reference;
use crate::model::PartialDate;

/// Writes one record after another, each from `TY` to `ER`.
///
/// # Errors
/// Those of the output.
pub fn ris(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    for reference in references {
        for (tag, value) in fields(reference) {
            write!(out, "{tag}  - {value}\r\n")?;
        }
        write!(out, "\r\n")?;
    }
    Ok(())
}

fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    let date = reference.date;
    let seen = reference.url.as_ref().map(|_| slashed(reference.accessed.into()));
    let mut fields = vec![("TY", "ELEC".to_owned()), ("ID", reference.key.clone())];
    let mut add = |tag, value: Option<String>| fields.extend(value.map(|value| (tag, value)));
    add("AU", Some(reference.author.clone()));
    add("TI", Some(reference.title()));
    add("T2", reference.reported_by.clone());
    add("M3", Some(reference.kind.clone()));
    add("PY", date.map(|date| format!("{:04}", date.year())));
    add("DA", date.map(slashed));
    add("UR", reference.url.clone());
    add("Y2", seen);
    add("LA", Some("en-GB".to_owned()));
    let number = reference.number.as_ref().map(|number| format!("Case reference: {number}"));
    let notes: Vec<String> = number.into_iter().chain(reference.notes()).collect();
    // One note, since Zotero makes an item of its own of each.
    add("N1", Some(notes.join("; ")).filter(|notes| !notes.is_empty()));
    add("ER", Some(String::new()));
    fields
}

/// "2024/07/22/", what is not known left empty.
fn slashed(date: PartialDate) -> String {
    let part = |part: Option<i8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", date.year(), part(date.month()), part(date.day()))
}

#[cfg(test)]
mod tests {
    use super::{super::reference::tests::to_party, *};
    use proptest::prelude::*;

    /// Tag and value of each line, as a reader of the format takes it apart.
    fn lines(text: &str) -> Vec<(String, String)> {
        let lines = text.split("\r\n").filter(|line| !line.is_empty());
        let parted = lines.map(|line| line.split_once("  - ").expect("a tag and a value"));
        parted.map(|(tag, value)| (tag.to_owned(), value.to_owned())).collect()
    }

    fn written(references: &[Reference]) -> String {
        let mut bytes = Vec::new();
        ris(&mut bytes, references).expect("memory can be written");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn unknown_parts_of_a_date_stay_empty() {
        let dates = ["2024-07-02", "2024-07", "2024"].map(|date| date.parse().expect("a date"));
        assert_eq!(dates.map(slashed), ["2024/07/02/", "2024/07//", "2024///"]);
    }

    proptest! {
        #[test]
        fn no_name_breaks_a_record(party in any::<String>()) {
            let reference = to_party(&party);
            let parsed = lines(&written(&[reference.clone(), reference.clone()]));
            let half = parsed.len() / 2;
            prop_assert_eq!(&parsed[..half], &parsed[half..]);
            prop_assert_eq!(&parsed[..half], &fields(&reference)[..].iter()
                .map(|(tag, value)| ((*tag).to_owned(), value.clone())).collect::<Vec<_>>()[..]);
            prop_assert!(parsed.iter().filter(|(tag, _)| tag == "ER").count() == 2);
            let is_tag = |tag: &str| tag.len() == 2 && tag.chars().all(|c| c.is_ascii_alphanumeric());
            prop_assert!(parsed.iter().all(|(tag, _)| is_tag(tag)));
        }
    }
}
