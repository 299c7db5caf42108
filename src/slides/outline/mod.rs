//! What a deck tells, in which order, and where each of its sentences comes from.

mod comparison;
mod evidence;
mod facts;
mod failures;
mod lessons;
mod quiz;
mod similar;
mod sources;
mod statements;
mod story;

pub use comparison::{Topic, several};
pub use story::Storyteller;

use super::deck::{Body, Deck, Paragraph, Slide};
use crate::{
    model::{Case, Document},
    pipeline::Guidance,
    similar::Similar,
    taxonomy::Taxonomy,
};

/// Heading of the lessons.
pub(super) const LEARNED: &str = "What you can learn";
/// Heading of the questions.
pub(super) const QUESTIONS: &str = "Could it happen here?";
/// Heading of the sources.
pub(super) const SOURCES: &str = "Sources";

/// A case with all that a deck of it is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its documents as they are read now: they tell what happened, and where sentences stand.
    pub documents: &'a [Document],
    /// The cases most like it, best first.
    pub similar: &'a [Similar],
    /// All guidance.
    pub guidance: &'a [Guidance],
    /// Titles, definitions, lessons and questions.
    pub taxonomy: &'a Taxonomy,
    /// Knows which sections tell what happened.
    pub storyteller: &'a Storyteller,
    /// Whether the party stays unknown: no address, path or hash is given.
    pub anonymous: bool,
    /// Whether the room is asked before it is told.
    pub quiz: bool,
}

impl Material<'_> {
    /// The regulator's page of the case, or its notice.
    fn address(&self) -> Option<&str> {
        let facts = &self.case.facts;
        facts.page_url.as_deref().or(facts.pdf_url.as_deref()).filter(|_| !self.anonymous)
    }
}

/// The deck of one case.
#[must_use]
pub fn case_deck(material: &Material<'_>) -> Deck {
    let case = material.case;
    let told = material.storyteller.story(material);
    let slides = [
        vec![facts::opening(material), facts::facts(material)],
        facts::timeline(material).into_iter().collect(),
        vec![told],
        quiz::before(material).into_iter().collect(),
        failures::slides(material),
        statements::asked(material).into_iter().collect(),
        statements::done(material).into_iter().collect(),
        lessons::learned(&[*material]).into_iter().collect(),
        lessons::questions(&[*material]).into_iter().collect(),
        similar::slide(material).into_iter().collect(),
        vec![sources::slide(&[*material])],
    ];
    Deck { title: format!("{}: {}", case.organisation(), case.title()), slides: slides.concat() }
}

fn text_slide(title: &str, text: Vec<Paragraph>, notes: Vec<Paragraph>) -> Slide {
    Slide { title: title.to_owned(), body: Body::Text(text), notes }
}
