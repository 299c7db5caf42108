//! What a text does with a provision, by the words around its citation.

use crate::{
    model::ProvisionStatus,
    taxonomy::{CueError, CueSet, Taxonomy, Tokenizer, Vocabulary},
};

/// Bytes of a clause in which "has been infringed" refers to the citation before it.
const REACH: usize = 90;

/// Bytes before a citation in which "in respect of" leads to it.
const REACH_OF_LINK: usize = 50;

/// Longest text between two citations of one list, "Article 5(1)(f) (security) and, in part, ...".
const LONGEST_JOINT: usize = 60;

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Infringed,
    InfringedBehind,
    Sanction,
    SanctionedFor,
    Lacking,
    Owed,
    Finds,
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
            (Said::Sanction, &wording.sanction),
            (Said::SanctionedFor, &wording.sanctioned_for),
            (Said::Lacking, &wording.lacking),
            (Said::Owed, &wording.owed),
            (Said::Finds, &wording.finds),
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

/// The words around a citation.
#[derive(Debug, Clone, Copy)]
pub struct Around<'s> {
    /// The sentence up to the head of the citation.
    pub lead: &'s str,
    /// The end of `lead` that stands behind the citation before, if there is one.
    pub between: &'s str,
    /// The head: "Articles".
    pub head: &'s str,
    /// What follows, up to the next citation.
    pub behind: &'s str,
    /// Whether the citation is the first of its sentence.
    pub is_first: bool,
}

/// Judges the citations of one document.
pub struct Judge<'c> {
    cues: &'c CueSet<Said>,
    tokenizer: Tokenizer<'c>,
}

impl Judge<'_> {
    /// Judges a citation by the words around it.
    pub fn verdict(&mut self, around: &Around<'_>) -> Verdict {
        let clause = last_clause(around.between);
        let said = self.said(&[clause, around.head]);
        let said_behind = self.said(&[first_clause(around.behind)]);
        let either = |what| said.contains(&what) || said_behind.contains(&what);
        if either(Said::Considered) {
            Verdict::Status(ProvisionStatus::Considered)
        } else if either(Said::Unproven) {
            Verdict::Status(ProvisionStatus::Cited)
        } else if said.contains(&Said::Infringed)
            || said_behind.contains(&Said::InfringedBehind)
            || said.contains(&Said::Lacking) && said_behind.contains(&Said::Owed)
            || self.is_sanctioned(&said, clause, around.lead)
        {
            Verdict::Status(ProvisionStatus::Infringed)
        } else if said.contains(&Said::Continued) {
            Verdict::AsBefore
        } else if !around.is_first && continues(around.between) {
            Verdict::Same
        } else {
            Verdict::Nothing
        }
    }

    /// "a reprimand under ... in respect of Article 33".
    fn is_sanctioned(&mut self, said: &[Said], clause: &str, lead: &str) -> bool {
        let tail = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(REACH_OF_LINK))..];
        said.contains(&Said::SanctionedFor)
            && self.said(&[tail]).contains(&Said::SanctionedFor)
            && self.said(&[lead]).contains(&Said::Sanction)
    }

    /// Whether a sentence, or the end of one, finds infringements whatever it cites.
    pub fn finds_infringement(&mut self, text: &str) -> bool {
        let said = self.said(&[text]);
        said.contains(&Said::Infringed)
            && !said.contains(&Said::Considered)
            && !said.contains(&Said::Unproven)
    }

    /// Whether the regulator says in the sentence that it finds an infringement.
    pub fn speaks_as_regulator(&mut self, text: &str) -> bool {
        self.said(&[text]).contains(&Said::Finds)
    }

    /// Whether a sentence says that something was weighed and not found.
    pub fn clears(&mut self, text: &str) -> bool {
        self.said(&[text]).contains(&Said::Considered)
    }

    fn said(&mut self, texts: &[&str]) -> Vec<Said> {
        self.cues.matches(self.tokenizer.words(&texts.concat())).map(|(said, _)| *said).collect()
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

/// Whether no more than "and", a gloss or the like stands between two citations of one list.
fn continues(between: &str) -> bool {
    const JOINTS: [&str; 9] = ["and", "or", "also", "&", "nor", "plus", "both", "with", "of"];
    const TURNS: [&str; 10] =
        ["which", "that", "states", "requires", "provides", "under", "pursuant", "because", "is", "was"];
    let bare = without_glosses(between);
    let words = bare.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|w| !w.is_empty());
    let has = |list: &[&str]| words.clone().any(|word| list.iter().any(|w| word.eq_ignore_ascii_case(w)));
    let names_law_only = words.clone().all(|word| word.chars().all(|c| !c.is_lowercase()));
    let resumes = bare.trim_end().ends_with(" of") && bare.contains(" and");
    let is_short = bare.len() <= LONGEST_JOINT && !has(&TURNS);
    resumes
        || is_short && (has(&JOINTS) || names_law_only && bare.contains([',', ';']) && bare.len() < 24)
}

/// The text without what stands in brackets.
fn without_glosses(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' if depth > 0 => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}
