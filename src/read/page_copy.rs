//! Plain text copied from a page of the register: the title, the fact list, the body.
//!
//! A copy may hold the page twice, with its navigation; the first fact list counts.

use super::{
    assemble::{Block, assemble},
    fact_list,
};
use crate::model::{Document, DocumentKind};

/// The heading under which a page lists its files.
const FURTHER: &str = "Further Reading";

/// Reads such a copy; nothing, if the text has no full fact list under a title.
pub fn read(path: &str, text: &str) -> Option<Document> {
    let lines: Vec<(u32, &str)> =
        (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()).collect();
    let words: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let (list, span) = fact_list::find(&words).filter(|(list, _)| list.is_complete())?;
    let title = words[..span.start].last()?;
    let body = lines[span.end..].iter();
    let body = body.take_while(|(_, line)| !line.eq_ignore_ascii_case(FURTHER) && line != title);
    let blocks: Vec<Block> =
        body.map(|(number, line)| Block::paragraph(&single_spaced(line), *number)).collect();
    let mut facts = list.into_facts();
    facts.organisation = Some((*title).to_owned());
    Some(assemble(path, DocumentKind::RegisterPage, facts, &blocks))
}

fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPY: &str = "\n  Action we've taken/\n  Enforcement/\n  Brightcall Ltd EN\n\n  Brightcall Ltd\n\n\
        Date\n 19 August 2021\n Type\n  Enforcement notices\n Sector\n Marketing\n\n\
        The firm made  unlawful calls.\nIt has to stop.\n\n  Further Reading\n  Brightcall notice\n";

    #[test]
    fn the_copy_of_a_page_is_a_page() {
        let document = read("copy.txt", &COPY.repeat(2)).expect("a copy");
        assert_eq!(document.kind, DocumentKind::RegisterPage);
        assert_eq!(document.stated.organisation.as_deref(), Some("Brightcall Ltd"));
        assert_eq!(document.stated.sector.as_deref(), Some("Marketing"));
        assert_eq!(document.text, "The firm made unlawful calls.\n\nIt has to stop.");
        assert_eq!(document.sentences[1].line, 16);
    }

    #[test]
    fn a_letter_is_none() {
        assert_eq!(
            read("letter.txt", "REPRIMAND\n\nDate\n1 May 2020\n\nTo whom it may concern"),
            None
        );
    }
}
