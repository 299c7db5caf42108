//! What a sentence does with the categories it speaks of: by its zone first, then by its wording.

use super::{Label, candidates::Strength};
use crate::{model::Stance, taxonomy::Zone};

/// The order in which wordings are believed when a sentence has several.
const PRECEDENCE: [Stance; 6] = [
    Stance::OtherParty,
    Stance::Cleared,
    Stance::Law,
    Stance::Recommendation,
    Stance::Remedy,
    Stance::Background,
];

/// What zone and wording say of one sentence.
pub struct Wording {
    zone: Option<Stance>,
    words: Option<Stance>,
    infringed: bool,
}

impl Wording {
    /// Reads the stance labels of a sentence that stands in `zone` and in a list of the stance `list`.
    pub fn new(zone: Option<Zone>, labels: &[Label], list: Option<Stance>) -> Self {
        let own = PRECEDENCE.into_iter().find(|stance| labels.contains(&Label::Stance(*stance)));
        let asserts = labels.contains(&Label::Asserts);
        Self {
            zone: zone.filter(|zone| !(asserts && is_others_word(*zone))).and_then(stance_of),
            words: own.or(list),
            infringed: labels.contains(&Label::Infringed),
        }
    }

    /// The stance of the wording alone.
    pub const fn words(&self) -> Option<Stance> {
        self.words
    }

    /// Whether a failure that the sentence states is the regulator's finding.
    pub const fn may_find(&self) -> bool {
        self.zone.is_none() && self.words.is_none()
    }

    /// The stance towards a category that the sentence speaks of with that strength.
    pub fn stance(&self, strength: Strength, denied: bool) -> Stance {
        let worded = self.zone.or(self.words);
        match worded {
            Some(stance) => stance,
            None if denied => Stance::Cleared,
            None if strength == Strength::Topic => Stance::Background,
            None => Stance::Finding,
        }
    }

    /// Whether the sentence says that provisions were infringed.
    pub fn finds_infringement(&self) -> bool {
        self.infringed
            && self.zone.is_none()
            && !matches!(self.words, Some(Stance::Law | Stance::Cleared))
    }
}

/// Whether it is the law or a party that speaks in a zone.
const fn is_others_word(zone: Zone) -> bool {
    matches!(zone, Zone::Law | Zone::Representations)
}

/// The stance of everything in a zone; `None` where the wording decides.
pub(super) const fn stance_of(zone: Zone) -> Option<Stance> {
    match zone {
        Zone::Law => Some(Stance::Law),
        Zone::Mitigating | Zone::Remedial => Some(Stance::Remedy),
        Zone::Recommendation | Zone::Annex => Some(Stance::Recommendation),
        Zone::Representations | Zone::Conflicts | Zone::Parties => Some(Stance::Background),
        Zone::Background
        | Zone::Reasons
        | Zone::Aggravating
        | Zone::Factors
        | Zone::Decision
        | Zone::Penalty => None,
    }
}
