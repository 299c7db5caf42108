//! OSCOLA, 4th edition: footnotes as lawyers in the United Kingdom write them.
//!
//! Reports and notices of a regulator that are published online follow 3.4.8 (websites): author,
//! title in single quotation marks, date in brackets, address in angle brackets, date of access, full
//! stop. A case reference stands before the date, as the number of a command paper does.

use std::io::{self, Write};

use super::Reference;
use crate::model::PartialDate;

/// Writes one footnote a line.
///
/// # Errors
/// Those of the output.
pub fn oscola(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    references.iter().try_for_each(|reference| writeln!(out, "{}", footnote(reference)))
}

fn footnote(reference: &Reference) -> String {
    let date = reference.date.map(PartialDate::in_words);
    let brackets: Vec<String> = reference.number.iter().cloned().chain(date).collect();
    let mut text = format!("{}, '{}'", reference.author, reference.title());
    if !brackets.is_empty() {
        text.push_str(&format!(" ({})", brackets.join(", ")));
    }
    if let Some(name) = &reference.reported_by {
        text.push_str(&format!(", as reported by {name}"));
    }
    if let Some(url) = &reference.url {
        let accessed = PartialDate::from(reference.accessed).in_words();
        text.push_str(&format!(" <{url}> accessed {accessed}"));
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::{super::reference::tests::to_party, *};

    #[test]
    fn a_footnote_says_as_much_as_is_known() {
        let whole = Reference { number: None, ..to_party("Fennimore & Sons") };
        assert_eq!(
            footnote(&whole),
            "Information Commissioner's Office, 'Monetary penalty notice: Fennimore & Sons' \
             (2 July 2024) <https://ico.org.uk/fennimore_%20&co/> accessed 25 November 2026."
        );
        let reported = Reference {
            date: "2024-07".parse().ok(),
            reported_by: Some("Local Weekly".to_owned()),
            ..to_party("Fennimore")
        };
        assert_eq!(
            footnote(&reported),
            "Information Commissioner's Office, 'Monetary penalty notice: Fennimore' \
             (IC-100200-A1B2, July 2024), as reported by Local Weekly \
             <https://ico.org.uk/fennimore_%20&co/> accessed 25 November 2026."
        );
        let bare = Reference { date: None, url: None, number: None, ..to_party("Fennimore") };
        assert!(footnote(&bare).ends_with("notice: Fennimore'."));
    }
}
