//! What the regulator weighs against the party and for it.

use super::{Label, context::Lists, zones::passage};
use crate::{
    model::{Document, Passage, Sentence},
    taxonomy::Zone,
};

/// Which way a circumstance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    Aggravating,
    Mitigating,
    /// There is none of the kind.
    Absent,
}

/// Collects the factors of one document.
#[derive(Debug, Default)]
pub struct Factors {
    lists: Lists<Factor>,
    pub aggravating: Vec<Passage>,
    pub mitigating: Vec<Passage>,
}

impl Factors {
    /// Reads the next sentence: by its wording, the list whose item it is, or else its zone.
    pub fn read(
        &mut self,
        document: &Document,
        sentence: &Sentence,
        zone: Option<Zone>,
        labels: &[Label],
    ) {
        let text = document.sentence_text(sentence);
        let listed = self.lists.shared_by(text);
        let worded = labels.iter().filter_map(|label| label.factor()).max();
        self.lists.follow(text, worded.or(listed));
        if zone == Some(Zone::Law) || text.trim_end().ends_with(':') {
            return;
        }
        match worded.or(listed).or_else(|| zone.and_then(of_zone)) {
            Some(Factor::Aggravating) => self.aggravating.push(passage(document, sentence)),
            Some(Factor::Mitigating) => self.mitigating.push(passage(document, sentence)),
            Some(Factor::Absent) | None => {}
        }
    }
}

const fn of_zone(zone: Zone) -> Option<Factor> {
    match zone {
        Zone::Aggravating => Some(Factor::Aggravating),
        Zone::Mitigating => Some(Factor::Mitigating),
        _ => None,
    }
}
