//! How sure a finding is: points for what speaks for it, and the share that was right at those points.

use super::candidates::Strength;
use crate::{model::DocumentKind, taxonomy::Zone};

/// What is known of a category at a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Signals {
    /// The strongest cue that matches.
    pub strength: Strength,
    /// How many cues of the category match the sentence.
    pub cues: usize,
    /// Where the sentence stands.
    pub zone: Option<Zone>,
    /// How many sentences of the document find the category.
    pub sentences: usize,
    /// What the document is.
    pub kind: DocumentKind,
}

/// By points, the share of findings that are right. The first is for a weak cue with nothing else.
///
/// Source: `casebook evaluate --calibration` prints for each of these values the share that was
/// right, and `fitted`, which can be put here; docs/quality.md says on which documents that was done.
/// The first two and the last two had hardly a finding there and continue the row.
const SHARES: [f64; 8] = [0.40, 0.45, 0.50, 0.72, 0.92, 0.97, 0.98, 0.99];

/// For a sentence that only mentions the subject. It is in no stance that is measured.
const MENTIONED: f64 = 0.30;

impl Signals {
    /// From 0 to 1.
    pub fn confidence(self) -> f64 {
        if self.strength == Strength::Topic {
            return MENTIONED;
        }
        SHARES[self.points().min(SHARES.len() - 1)]
    }

    fn points(self) -> usize {
        let wording = match self.strength {
            Strength::Topic | Strength::Weak => 0,
            Strength::Strong => 2,
            // The regulator says that it infringed the provision that this failure is.
            Strength::Provision => 4,
        };
        let agreement = usize::from(self.cues > 1);
        let place = usize::from(self.zone == Some(Zone::Reasons));
        let repeated = self.sentences.saturating_sub(1).min(2);
        // Digests are written in plain words.
        let plain = usize::from(self.kind == DocumentKind::Digest);
        wording + agreement + place + repeated + plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Signals = Signals {
        strength: Strength::Weak,
        cues: 1,
        zone: None,
        sentences: 1,
        kind: DocumentKind::Text,
    };

    #[test]
    fn more_that_speaks_for_it_is_never_less_sure() {
        assert!(SHARES.is_sorted());
        let with = [
            Signals { strength: Strength::Strong, ..ALONE },
            Signals { strength: Strength::Provision, ..ALONE },
            Signals { cues: 2, ..ALONE },
            Signals { zone: Some(Zone::Reasons), ..ALONE },
            Signals { sentences: 3, ..ALONE },
            Signals { kind: DocumentKind::Digest, ..ALONE },
        ];
        assert!(with.iter().all(|signals| signals.points() > ALONE.points()));
        let all = Signals {
            strength: Strength::Strong,
            cues: 9,
            zone: Some(Zone::Reasons),
            sentences: 9,
            kind: DocumentKind::Digest,
        };
        assert_eq!(all.points(), SHARES.len() - 1);
    }
}
