//! Facts that a text states: who, when, which action, how much, how many.
//!
//! What a header states always leads; the text only fills what is missing. Each fact is a file here:
//! it looks for sentences that state it, ranks them by how surely they do, and takes the first of the
//! surest.

mod action;
mod dates;
mod earlier;
mod incident;
mod kind_of_body;
mod messages;
mod name;
mod names;
mod notice_date;
mod number;
mod organisation;
mod penalty;
mod people;
mod phrases;
mod reference;
mod text;
mod turns;

use crate::{
    model::{Document, DocumentKind, Facts},
    taxonomy::Taxonomy,
};
use kind_of_body::BodyFinder;
use text::Text;

/// Fills the facts of documents.
pub struct FactFinder {
    bodies: BodyFinder,
}

impl FactFinder {
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self { bodies: BodyFinder::new(taxonomy) }
    }

    /// The stated facts of a document, with what its text adds.
    pub fn complete(&self, document: &Document) -> Facts {
        let mut facts = document.stated.clone();
        if let Some(name) = facts.sector.take() {
            facts.sector = Some(self.bodies.sector_of_register(&name).unwrap_or(name));
        }
        if document.kind.tells_a_case() {
            let text = Text::new(document);
            if document.kind != DocumentKind::Digest {
                self.read(&text, &mut facts);
            }
            facts.earlier_action =
                facts.earlier_action.take().or_else(|| earlier::find(&text, facts.date));
            self.bodies.complete(&text, &mut facts);
        }
        facts
    }

    /// What an official text or a report of one says.
    fn read(&self, text: &Text<'_>, facts: &mut Facts) {
        if facts.date.is_none() {
            (facts.date, facts.date_kind) = notice_date::find(text).unzip();
        }
        if facts.action_types.is_empty() {
            facts.action_types = action::kinds(text, facts.date);
        }
        let organisation = facts.organisation.take().or_else(|| organisation::find(text));
        for name in names::others(text, organisation.as_deref()) {
            if !facts.also_known_as.contains(&name) {
                facts.also_known_as.push(name);
            }
        }
        facts.organisation = organisation;
        facts.individual |= self.bodies.is_individual(text, facts);
        facts.amount_gbp = facts.amount_gbp.or_else(|| penalty::imposed(text));
        facts.messages_sent = facts.messages_sent.or_else(|| messages::sent(text));
        facts.data_subjects =
            facts.data_subjects.or_else(|| people::affected(text, facts.messages_sent.is_some()));
        if facts.incident_from.is_none() {
            (facts.incident_from, facts.incident_to) = incident::find(text);
        }
        facts.reference = facts.reference.take().or_else(|| reference::find(text.all));
    }
}

#[cfg(test)]
mod tests {
    use super::{text::tests::read, *};

    fn facts(text: &str) -> Facts {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        FactFinder::new(&taxonomy).complete(&read(text))
    }

    #[test]
    fn absurd_texts_are_read_like_any_other() {
        let line = "On 31 February 2021 99999999999999999999 people paid £ and £99999999999999999 million to A (“A”) ";
        for text in [
            line.repeat(2_000),
            format!("TO: {}\n", "Example (".repeat(5_000)),
            "The ICO fined Example Ltd Example Ltd ".repeat(300),
            "£1,000 fine of £2,000 penalty ".repeat(5_000),
            "“‘(é€£’”".repeat(10_000),
        ] {
            let found = facts(&text);
            assert_eq!((found.date, found.data_subjects), (None, None));
        }
    }

    #[test]
    fn what_a_header_states_leads() {
        let mut document =
            read("TO: Example Ltd\n\nExample Ltd (“EXL”) is fined £4,000 for 600 calls.");
        document.stated.organisation = Some("Example Lending Ltd".to_owned());
        document.stated.sector = Some("Land or property services".to_owned());
        document.stated.amount_gbp = Some(5_000);
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let found = FactFinder::new(&taxonomy).complete(&document);
        assert_eq!(found.organisation.as_deref(), Some("Example Lending Ltd"));
        assert_eq!(found.sector.as_deref(), Some("housing"));
        assert_eq!((found.amount_gbp, found.body.as_deref()), (Some(5_000), Some("firm")));
    }
}
