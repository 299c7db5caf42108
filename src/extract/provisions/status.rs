//! What a text does with a provision, by the words around its citation.

use crate::{
    model::ProvisionStatus,
    taxonomy::{CueError, CueSet, Taxonomy, Tokenizer, Vocabulary},
};

/// Bytes of a clause in which "has been infringed" refers to the citation before it.
const REACH: usize = 90;

/// Longest text between two citations of one list, "Article 5(1)(f) (security) and, in part, ...".
const LONGEST_JOINT: usize = 60;

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Infringed,
    InfringedBehind,
    Considered,
    Unproven,
    Continued,
}

/// The wordings of the taxonomy.
pub struct StatusCues {
    vocabulary: Vocabulary,
    cues: CueSet<Said>,
}

impl StatusCues {
    /// Compiles the cues of a taxonomy.
    pub fn new(taxonomy: &Taxonomy) -> Result<Self, CueError> {
        let mut vocabulary = Vocabulary::default();
        let mut cues = CueSet::default();
        let wording = &taxonomy.provision_cues;
        for (said, list) in [
            (Said::Infringed, &wording.infringed),
            (Said::InfringedBehind, &wording.infringed_behind),
            (Said::Considered, &wording.considered),
            (Said::Unproven, &wording.unproven),
            (Said::Continued, &wording.continued),
        ] {
            for cue in list {
                cues.add(said, cue, &taxonomy.terms, &mut vocabulary)?;
            }
        }
        Ok(Self { vocabulary, cues })
    }

    /// Begins judging a document.
    pub fn judge(&self) -> Judge<'_> {
        Judge { cues: &self.cues, tokenizer: Tokenizer::new(&self.vocabulary) }
    }
}

/// What the words around a citation say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Status(ProvisionStatus),
    /// It continues a list: as the citation before it.
    Same,
    /// Infringed if the sentence before found infringements.
    AsBefore,
    Nothing,
}

/// Judges the citations of one document.
pub struct Judge<'c> {
    cues: &'c CueSet<Said>,
    tokenizer: Tokenizer<'c>,
}

impl Judge<'_> {
    /// Judges a citation by the words from the one before it and up to the next.
    pub fn verdict(&mut self, before: &str, behind: &str) -> Verdict {
        let clause = last_clause(before);
        let said = self.said(clause);
        let said_behind = self.said(first_clause(behind));
        let around = |what| said.contains(&what) || said_behind.contains(&what);
        if around(Said::Considered) {
            Verdict::Status(ProvisionStatus::Considered)
        } else if around(Said::Unproven) {
            Verdict::Status(ProvisionStatus::Cited)
        } else if said.contains(&Said::Infringed) || said_behind.contains(&Said::InfringedBehind) {
            Verdict::Status(ProvisionStatus::Infringed)
        } else if said.contains(&Said::Continued) {
            Verdict::AsBefore
        } else if continues(clause) {
            Verdict::Same
        } else {
            Verdict::Nothing
        }
    }

    /// Whether a sentence, or the end of one, finds infringements whatever it cites.
    pub fn finds_infringement(&mut self, text: &str) -> bool {
        let said = self.said(text);
        said.contains(&Said::Infringed)
            && !said.contains(&Said::Considered)
            && !said.contains(&Said::Unproven)
    }

    fn said(&mut self, text: &str) -> Vec<Said> {
        self.cues.matches(self.tokenizer.words(text)).map(|(said, _)| *said).collect()
    }
}

/// What stands behind the last break of sense.
fn last_clause(before: &str) -> &str {
    let breaks = ["; ", ". ", " but ", " although ", " whereas "];
    let start = breaks.iter().filter_map(|mark| before.rfind(mark)).max();
    start.map_or(before, |start| &before[start..])
}

/// What stands before the first break of sense.
fn first_clause(behind: &str) -> &str {
    let near = &behind[..behind.floor_char_boundary(REACH)];
    let breaks = [";", ". ", " but ", ", which", " because", " when ", " in that "];
    let end = breaks.iter().filter_map(|mark| near.find(mark)).min();
    end.map_or(near, |end| &near[..end])
}

/// Whether only "and", a gloss or the like stands between two citations.
fn continues(between: &str) -> bool {
    const JOINTS: [&str; 8] = ["and", "or", "also", "&", "nor", "plus", "both", "with"];
    const TURNS: [&str; 16] = [
        "which", "that", "states", "requires", "provides", "under", "pursuant", "because", "by",
        "to", "in", "is", "was", "as", "for", "if",
    ];
    let mut words = between.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|w| !w.is_empty());
    let is_short = between.len() <= LONGEST_JOINT;
    let joint = |word: &str| JOINTS.iter().any(|joint| word.eq_ignore_ascii_case(joint));
    let turn = |word: &str| TURNS.iter().any(|turn| word.eq_ignore_ascii_case(turn));
    is_short && words.clone().any(joint) && !words.any(turn)
}
