//! BibTeX, as biblatex reads it: `@online` with the date to the day.
//!
//! The text is UTF-8; only what TeX takes for a command is escaped. Braces are written as commands
//! without braces of their own, since readers of the format count even escaped ones.

use std::io::{self, Write};

use super::Reference;

/// Writes one entry after another.
///
/// # Errors
/// Those of the output.
pub fn bibtex(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    for reference in references {
        writeln!(out, "@online{{{},", key(&reference.key))?;
        for (name, value) in fields(reference) {
            writeln!(out, "  {name:<12} = {{{value}}},")?;
        }
        writeln!(out, "}}\n")?;
    }
    Ok(())
}

fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    // Braces keep a style from putting the names into lower case, or into first and last name.
    let title = format!("{}: {{{}}}", escaped(&reference.kind), escaped(&reference.party));
    let seen = reference.url.as_ref().map(|_| reference.accessed.to_string());
    let notes = reference.notes().join("; ");
    let fields = [
        ("author", Some(format!("{{{}}}", escaped(&reference.author)))),
        ("title", Some(title)),
        ("type", Some(escaped(&reference.kind))),
        ("date", reference.date.map(|date| date.to_string())),
        ("organization", reference.reported_by.as_deref().map(escaped)),
        ("number", reference.number.as_deref().map(escaped)),
        ("url", reference.url.clone()),
        ("urldate", seen),
        ("langid", Some("british".to_owned())),
        ("annotation", Some(escaped(&notes)).filter(|notes| !notes.is_empty())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A key of letters, digits and hyphens; other bytes become an underscore and their number, so that
/// no two names share a key.
fn key(name: &str) -> String {
    let mut key = "ico-".to_owned();
    for byte in name.bytes() {
        match byte {
            b'-' => key.push('-'),
            byte if byte.is_ascii_alphanumeric() => key.push(char::from(byte)),
            byte => key.push_str(&format!("_{byte:02x}")),
        }
    }
    key
}

/// Text in which TeX sees nothing but text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{super::reference::tests::to_party, *};
    use biblatex::{Bibliography, ChunksExt as _};
    use proptest::prelude::*;

    fn written(references: &[Reference]) -> String {
        let mut bytes = Vec::new();
        bibtex(&mut bytes, references).expect("memory can be written");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn a_reader_of_the_format_finds_every_field() {
        let text = written(&[to_party("Crédit & Söhne_{100 %} ~ #1")]);
        let entries = Bibliography::parse(&text).expect("BibTeX");
        let entry = entries.get("ico-fennimore").expect("the entry");
        let verbatim = |name: &str| entry.get(name).expect(name).format_verbatim();
        assert_eq!(verbatim("author"), "Information Commissioner's Office");
        assert_eq!(verbatim("date"), "2024-07-02");
        assert_eq!(verbatim("url"), "https://ico.org.uk/fennimore_%20&co/");
        assert_eq!(verbatim("urldate"), "2026-11-25");
        assert!(verbatim("title").starts_with("Monetary penalty notice: Crédit & Söhne_"));
        assert!(verbatim("annotation").starts_with("Penalty: GBP 70000; Notice: https://ico.org"));
    }

    proptest! {
        #[test]
        fn no_name_breaks_an_entry(party in any::<String>()) {
            let other = Reference { key: "other".to_owned(), ..to_party("Other") };
            let text = written(&[to_party(&party), other]);
            let entries = Bibliography::parse(&text).expect("BibTeX");
            let keys: Vec<&str> = entries.keys().collect();
            prop_assert_eq!(keys, ["ico-fennimore", "ico-other"]);
            for entry in entries.iter() {
                prop_assert_eq!(entry.fields.len(), fields(&to_party("Other")).len());
            }
            // Readers that know no commands count braces.
            let depths = text.chars().scan(0, |depth, c| {
                *depth += i32::from(c == '{') - i32::from(c == '}');
                Some(*depth)
            });
            let depths: Vec<i32> = depths.collect();
            prop_assert!(depths.iter().all(|depth| *depth >= 0) && depths.last() == Some(&0));
        }

        #[test]
        fn two_names_never_share_a_key(one in "[a-z0-9_-]{0,6}", other in ".{0,6}") {
            prop_assert_eq!(key(&one) == key(&other), one == other);
        }
    }
}
