//! Names taken out of a deck: the organisation becomes what kind of body it is.

use super::{
    deck::{Deck, Paragraph},
    kind,
};
use crate::{english::capital, model::Case};

/// The names of one party, and what stands for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The longest first.
    names: Vec<String>,
    kind: &'static str,
    /// Its place among several cases.
    number: Option<usize>,
}

/// Ends of names that texts leave out.
const LEGAL_FORMS: [&str; 7] = ["Limited", "Ltd", "Ltd.", "plc", "PLC", "LLP", "Inc"];

/// Words that begin many names and so mean none of them.
const COMMON: [&str; 24] = [
    "the", "university", "department", "crown", "home", "national", "royal", "north", "south",
    "east", "west", "london", "ministry", "nhs", "police", "saint", "unnamed", "former", "office",
    "british", "central", "information", "direct", "first",
];

impl Names {
    /// All that a party is called. Several cases of one deck are told apart by a number.
    #[must_use]
    pub fn of(case: &Case, number: Option<usize>) -> Self {
        let facts = &case.facts;
        let stated = facts.organisation.iter().chain(&facts.also_known_as);
        let mut names: Vec<String> = stated.flat_map(|name| forms(name)).collect();
        names.retain(|name| name.chars().count() > 1);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        let kind = kind::of(case.organisation(), facts.sector.as_deref(), facts.individual);
        Self { names, kind, number }
    }

    /// A heading without the names: one that begins with them tells of "A secondary school".
    fn taken_from_heading(&self, heading: &str) -> String {
        let clean = self.taken_from(heading, false);
        match clean.strip_prefix(&capital(&self.definite())) {
            Some(rest) if clean != heading => format!("{}{rest}", capital(&self.indefinite())),
            _ => clean,
        }
    }

    /// "a secondary school", "council 2".
    fn indefinite(&self) -> String {
        let article = if self.kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        self.number.map_or_else(
            || format!("{article} {}", self.kind),
            |number| format!("{} {number}", self.kind),
        )
    }

    fn definite(&self) -> String {
        self.number.map_or_else(
            || format!("the {}", self.kind),
            |number| format!("{} {number}", self.kind),
        )
    }

    /// A text without the names; in brackets where it is quoted.
    #[must_use]
    pub fn taken_from(&self, text: &str, quoted: bool) -> String {
        let mut clean = text.to_owned();
        for name in &self.names {
            clean = self.without(&clean, name, quoted);
        }
        // A name with its initials in brackets becomes one.
        let twice = if quoted {
            format!(" ([{}])", self.definite())
        } else {
            format!(" ({})", self.definite())
        };
        if clean == text { clean } else { clean.replace(&twice, "") }
    }

    fn without(&self, text: &str, name: &str, quoted: bool) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = whole_words(rest, name) {
            clean.push_str(&rest[..at]);
            let article = ["the ", "The "].into_iter().find(|article| clean.ends_with(article));
            clean.truncate(clean.len() - article.map_or(0, str::len));
            let before = clean.trim_end();
            let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '“']);
            let kind = if begins { capital(&self.definite()) } else { self.definite() };
            clean.push_str(&if quoted { format!("[{kind}]") } else { kind });
            rest = &rest[at + name.len()..];
        }
        clean.push_str(rest);
        clean
    }
}

/// Where a name stands as whole words.
fn whole_words(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        !text[..*at].ends_with(char::is_alphanumeric)
            && !text[at + name.len()..].starts_with(char::is_alphanumeric)
    })
}

/// A name with the forms that texts use: without its legal form, its parts on both sides of "trading
/// as" and of brackets, its first words, its initials.
fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    let marked = [" trading as ", " t/a ", " (", ")", ", ", "; "]
        .iter()
        .fold(name.to_owned(), |text, mark| text.replace(mark, "\n"));
    for part in marked.lines().map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.strip_prefix("The ").unwrap_or(part);
        let words: Vec<&str> = part.split(' ').collect();
        let own = words.iter().rposition(|word| !LEGAL_FORMS.contains(word)).map_or(0, |at| at + 1);
        forms.push(part.to_owned());
        forms.extend(
            (1..=own).map(|count| &words[..count]).filter(|w| names(w)).map(|w| w.join(" ")),
        );
        forms.extend(initials(&words[..own]));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Whether the first words of a name name it.
fn names(words: &[&str]) -> bool {
    let is_name = |word: &&&str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !COMMON.contains(&word.to_lowercase().as_str())
    };
    words.last().is_some_and(|last| is_name(&last)) && words.iter().any(|word| word.len() > 3)
}

fn initials(words: &[&str]) -> Option<String> {
    let initials: String =
        words.iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (initials.len() >= 3).then_some(initials)
}

/// A deck without the names of these parties.
#[must_use]
pub fn anonymous(mut deck: Deck, parties: &[Names]) -> Deck {
    let take = |text: &mut String, quoted: bool| {
        for party in parties {
            *text = party.taken_from(text, quoted);
        }
    };
    let take_from_heading = |heading: &mut String| {
        for party in parties {
            *heading = party.taken_from_heading(heading);
        }
    };
    let clean = |paragraph: &mut Paragraph| {
        paragraph.runs.iter_mut().for_each(|run| take(&mut run.text, run.verbatim));
    };
    take_from_heading(&mut deck.title);
    for slide in &mut deck.slides {
        take_from_heading(&mut slide.title);
        slide.body.paragraphs_mut().into_iter().for_each(clean);
        slide.notes.iter_mut().for_each(clean);
    }
    deck
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(organisation: &str) -> Names {
        let facts = crate::model::Facts {
            organisation: Some(organisation.to_owned()),
            ..crate::model::Facts::default()
        };
        Names {
            names: forms(&facts.organisation.unwrap_or_default()),
            kind: "school",
            number: None,
        }
        .longest_first()
    }

    impl Names {
        fn longest_first(mut self) -> Self {
            self.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            self
        }
    }

    #[test]
    fn quotations_show_what_was_replaced() {
        let school = names("Harrowgate High School");
        assert_eq!(
            school.taken_from("The Harrowgate High School (HHS) asked Harrowgate's parents.", true),
            "[The school] asked [the school]'s parents."
        );
        assert_eq!(school.taken_from("Harrowgates told HHSX.", false), "Harrowgates told HHSX.");
    }

    #[test]
    fn both_names_of_a_trader_go() {
        let shop = names("Fennimore and Sons Ltd trading as Quick Calls");
        let text = "Fennimore and Sons Ltd, known as Quick Calls, paid. Fennimore and Sons did.";
        assert_eq!(
            shop.taken_from(text, false),
            "The school, known as the school, paid. The school did."
        );
    }
}
