//! Finds provisions in all spellings: "Articles 5(1)(f) and 32(1)(b) and (2) of the UK GDPR",
//! "section 38(3) of the DPA", "paragraph (2) of that Article", "Article S(l)(f)".
//!
//! A citation begins with a head (`heads`) and goes on with a list (`list`) of numbers (`number`), or
//! begins with its part (`parts`), or is a principle (`principles`). Which law it belongs to is said by
//! its sentence (`laws`), by the document's own definitions (`definitions`), or by the other
//! citations of the document (`reader`). What the text does with it is `status`.

mod citations;
mod definitions;
mod heads;
mod laws;
mod list;
mod number;
mod parts;
mod principles;
mod query;
mod reader;
mod status;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::{
    model::{Document, Facts, Instrument, Provision},
    taxonomy::Taxonomy,
};
use laws::Laws;
pub use reader::{Reader, Voice};
pub use status::StatusCues;

/// Knows the names of the laws.
pub struct ProvisionFinder {
    law_names: Vec<(String, Instrument)>,
    powers: Vec<Provision>,
}

impl ProvisionFinder {
    /// Takes the names of the laws from the taxonomy.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self { law_names: taxonomy.law_names.clone(), powers: taxonomy.powers.clone() }
    }

    /// The provisions that a short text cites, such as a query. Where it names no law, they are those
    /// of every law that it may mean.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Provision> {
        self.find_with_places(text).into_iter().map(|(provision, _)| provision).collect()
    }

    /// The same, each with its place in the text.
    #[must_use]
    pub fn find_with_places(&self, text: &str) -> Vec<(Provision, Range<usize>)> {
        query::find(&self.law_names, text)
    }

    /// Begins reading a document of which these facts are known; sentences follow in order.
    pub(super) fn reader<'a>(
        &'a self,
        cues: &'a StatusCues,
        document: &Document,
        facts: &Facts,
    ) -> Reader<'a> {
        let laws = Laws::new(&self.law_names, &document.text, facts);
        Reader::new(laws, &self.powers, cues.judge())
    }
}
