//! What happened: the sentences of the sections that tell it.

use super::{
    Material,
    evidence::{self, Evidence},
    text_slide,
};
use crate::{
    english::counted,
    extract::zones::{ZoneFinder, passages},
    model::{Document, Passage},
    slides::deck::{Paragraph, Slide},
    taxonomy::{Taxonomy, TaxonomyError, Tokenizer, Vocabulary, Zone},
};

/// Sentences that the slides tell; long notices take twenty pages over the facts.
const TOLD: usize = 8;

/// Knows the headings under which documents tell what happened.
pub struct Storyteller {
    vocabulary: Vocabulary,
    zones: ZoneFinder,
}

impl Storyteller {
    /// Compiles the headings of a taxonomy.
    ///
    /// # Errors
    /// A broken cue of `zones.toml`.
    pub fn new(taxonomy: &Taxonomy) -> Result<Self, TaxonomyError> {
        let mut vocabulary = Vocabulary::default();
        let zones = ZoneFinder::new(taxonomy, &mut vocabulary)?;
        Ok(Self { vocabulary, zones })
    }

    /// The slide that tells what happened, or says that no document does.
    pub(super) fn story(&self, material: &Material<'_>) -> Slide {
        let told = self.told(material.documents);
        if told.is_empty() {
            let silent = "The documents at hand do not tell what happened.";
            return text_slide(TITLE, vec![Paragraph::plain(silent)], Vec::new());
        }
        let evidence: Vec<Evidence<'_>> =
            told.iter().map(|passage| Evidence::passage(passage, material)).collect();
        let shown = evidence.iter().take(TOLD);
        let mut text: Vec<Paragraph> = shown.map(|found| Paragraph::item(found.runs())).collect();
        if told.len() > TOLD {
            let more = counted(told.len() - TOLD, "more sentence", "more sentences");
            text.push(Paragraph::plain(format!("The notes have {more} of it.")));
        }
        text_slide(TITLE, text, evidence::notes(&evidence, material))
    }

    /// The background of the first document that has one: official texts lead, and the digest follows.
    fn told(&self, documents: &[Document]) -> Vec<Passage> {
        let mut tokenizer = Tokenizer::new(&self.vocabulary);
        let mut background = documents.iter().map(|document| {
            let zones = self.zones.zones(document, &mut tokenizer);
            passages(document, &zones, Zone::Background)
        });
        background.find(|told| !told.is_empty()).unwrap_or_default()
    }
}

const TITLE: &str = "What happened";
