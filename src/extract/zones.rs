//! The zone of every section, by its heading.

use crate::{
    model::{Document, Passage, Sentence},
    taxonomy::{CueSet, Matcher, Taxonomy, TaxonomyError, Tokenizer, Vocabulary, Zone},
};

/// Knows the headings.
pub struct ZoneFinder {
    headings: CueSet<Zone>,
}

impl ZoneFinder {
    /// Compiles the headings of a taxonomy.
    pub fn new(taxonomy: &Taxonomy, vocabulary: &mut Vocabulary) -> Result<Self, TaxonomyError> {
        let mut headings = CueSet::default();
        for (zone, cues) in &taxonomy.zones {
            for cue in cues {
                let added = headings.add(*zone, cue, &taxonomy.terms, vocabulary);
                added.map_err(|error| taxonomy.placed(&error))?;
            }
        }
        Ok(Self { headings })
    }

    /// The zone of each section. Of several that a heading names, the first leads: "Background to the
    /// infringements" tells the background.
    ///
    /// A heading that says nothing stays in the zone before it, unless that is one in which nothing
    /// can be found: sections on the law or the parties' views are followed by findings under
    /// headings of their own.
    pub fn zones(&self, document: &Document, tokenizer: &mut Tokenizer<'_>) -> Vec<Option<Zone>> {
        let mut matcher = Matcher::new(&self.headings);
        let mut zone = None;
        let mut of_section = |heading: &str| {
            let lasting = zone
                .filter(|zone| !matches!(zone, Zone::Law | Zone::Parties | Zone::Representations));
            zone = matcher.first_match(tokenizer.words(heading)).copied().or(lasting);
            zone
        };
        document.sections.iter().map(|section| of_section(&section.heading)).collect()
    }
}

/// Every sentence of a zone.
pub fn passages(document: &Document, zones: &[Option<Zone>], zone: Zone) -> Vec<Passage> {
    let within = document.sentences.iter().filter(|sentence| zones[sentence.section] == Some(zone));
    within.map(|sentence| passage(document, sentence)).collect()
}

/// A sentence with its place.
pub fn passage(document: &Document, sentence: &Sentence) -> Passage {
    Passage {
        sentence: document.sentence_text(sentence).to_owned(),
        start: sentence.span.start,
        end: sentence.span.end,
        page: sentence.page,
    }
}
