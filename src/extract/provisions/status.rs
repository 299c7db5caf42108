//! What a text does with a provision, by the words around its citation.

use crate::{
    model::ProvisionStatus,
    taxonomy::{CueSet, Matcher, Taxonomy, TaxonomyError, Tokenizer, Vocabulary},
};

/// Bytes of a clause in which "has been infringed" refers to the citation before it.
const REACH: usize = 90;

/// Bytes before a citation in which "in respect of" leads to it.
const REACH_OF_LINK: usize = 50;

/// Bytes before a citation in brackets in which the failing stands.
const REACH_OF_FAILING: usize = 200;

/// Bytes before a citation in which the sanction stands.
const REACH_OF_SANCTION: usize = 500;

/// Bytes before the citation that a sentence is on: "With regard to".
const REACH_OF_TOPIC: usize = 24;

/// Longest text between two citations of one list, "Article 5(1)(f) (security) and, in part, ...".
const LONGEST_JOINT: usize = 60;

/// Longest aside on a member of a list: ", which sets the time limit of answers, and".
const LONGEST_ASIDE: usize = 160;

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Infringed,
    InfringedBehind,
    Sanction,
    SanctionedFor,
    Complied,
    Denied,
    Label,
    Lacking,
    Owed,
    Considered,
    Unproven,
    Continued,
    Topic,
    Decided,
    Failing,
}

/// The wordings of the taxonomy.
pub struct StatusCues {
    vocabulary: Vocabulary,
    cues: CueSet<Said>,
}

impl StatusCues {
    /// Compiles the cues of a taxonomy.
    pub fn new(taxonomy: &Taxonomy) -> Result<Self, TaxonomyError> {
        let mut vocabulary = Vocabulary::default();
        let mut cues = CueSet::default();
        let wording = &taxonomy.provision_cues;
        for (said, list) in [
            (Said::Infringed, &wording.infringed),
            (Said::InfringedBehind, &wording.infringed_behind),
            (Said::Sanction, &wording.sanction),
            (Said::SanctionedFor, &wording.sanctioned_for),
            (Said::Complied, &wording.complied),
            (Said::Denied, &wording.denied),
            (Said::Label, &wording.labels),
            (Said::Lacking, &wording.lacking),
            (Said::Owed, &wording.owed),
            (Said::Considered, &wording.considered),
            (Said::Unproven, &wording.unproven),
            (Said::Continued, &wording.continued),
            (Said::Topic, &wording.topics),
            (Said::Decided, &wording.decided),
            (Said::Failing, &wording.failing),
        ] {
            for cue in list {
                // Matched on a few words around a citation only, so that common words do.
                let added = cues.add_common(said, cue, &taxonomy.terms, &mut vocabulary);
                added.map_err(|error| taxonomy.placed(&error))?;
            }
        }
        Ok(Self { vocabulary, cues })
    }

    /// Begins judging a document.
    pub fn judge(&self) -> Judge<'_> {
        Judge { matcher: Matcher::new(&self.cues), tokenizer: Tokenizer::new(&self.vocabulary) }
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
    matcher: Matcher<'c, Said>,
    tokenizer: Tokenizer<'c>,
}

impl Judge<'_> {
    /// Judges a citation by the words around it.
    pub fn verdict(&mut self, around: &Around<'_>) -> Verdict {
        let clause = last_clause(around.between);
        let before = self.said(&[clause, around.head]);
        let behind = self.said(&[first_clause(around.behind)]);
        let rest = around.behind.split(['.', ';', ':']).next().unwrap_or_default();
        if is_apposed(clause) && !before.contains(&Said::Unproven) {
            Verdict::Status(ProvisionStatus::Infringed)
        } else if before.contains(&Said::Considered)
            || self.said(&[rest]).contains(&Said::Considered)
        {
            Verdict::Status(ProvisionStatus::Considered)
        } else if before.contains(&Said::Unproven)
            || behind.contains(&Said::Unproven)
            || self.is_complied_with(&before, clause)
        {
            Verdict::Status(ProvisionStatus::Cited)
        } else if self.is_infringed(&before, &behind, clause, around) {
            Verdict::Status(ProvisionStatus::Infringed)
        } else if before.contains(&Said::Continued) {
            Verdict::AsBefore
        } else if !around.is_first && continues(around.between) {
            Verdict::Same
        } else {
            Verdict::Nothing
        }
    }

    fn is_infringed(
        &mut self,
        before: &[Said],
        behind: &[Said],
        clause: &str,
        around: &Around<'_>,
    ) -> bool {
        before.contains(&Said::Infringed)
            || behind.contains(&Said::InfringedBehind)
            || before.contains(&Said::Lacking) && behind.contains(&Said::Owed)
            || self.is_sanctioned(before, clause, around.lead)
            || self.is_labelled(around)
            || self.is_topic(around)
            || self.is_glossed(clause, around)
    }

    /// "reported in accordance with Article 33", and not "not reported in accordance with ...".
    fn is_complied_with(&mut self, before: &[Said], clause: &str) -> bool {
        before.contains(&Said::Complied)
            && !before.contains(&Said::Denied)
            && self.said(&[tail(clause)]).contains(&Said::Complied)
    }

    /// "a reprimand under ... in respect of Article 33".
    fn is_sanctioned(&mut self, before: &[Said], clause: &str, lead: &str) -> bool {
        before.contains(&Said::SanctionedFor)
            && self.said(&[tail(clause)]).contains(&Said::SanctionedFor)
            && self.said(&[end_of(lead, REACH_OF_SANCTION)]).contains(&Said::Sanction)
    }

    /// "Provisions: Article 33".
    fn is_labelled(&mut self, around: &Around<'_>) -> bool {
        around.lead.len() <= REACH_OF_LINK
            && around.lead.trim_end().ends_with(':')
            && self.said(&[around.lead]).contains(&Said::Label)
    }

    /// "On Article 16, it held that nothing was done", "Article 16: Nothing was done".
    fn is_topic(&mut self, around: &Around<'_>) -> bool {
        let is_label = || {
            let law = around.behind.split(':').next().filter(|law| law.len() < around.behind.len());
            !around.lead.contains(char::is_alphabetic)
                && law.is_some_and(|law| law.split_whitespace().all(is_of_law))
        };
        let is_on_it = around.lead.len() <= REACH_OF_TOPIC
            && (is_label() || self.said(&[around.lead]).contains(&Said::Topic));
        let decides = |said: &Said| matches!(said, Said::Decided | Said::Failing);
        is_on_it && self.said(&[around.behind]).iter().any(decides)
    }

    /// "nobody had kept a log (Article 30)".
    fn is_glossed(&mut self, clause: &str, around: &Around<'_>) -> bool {
        let Some(told) = clause.trim_end().strip_suffix('(') else { return false };
        let ends = around.behind.find([')', ',', ';']).map(|end| &around.behind[..end]);
        ends.is_some_and(|law| law.split_whitespace().all(is_of_law))
            && self.said(&[last_part(told)]).contains(&Said::Failing)
    }

    /// Whether a sentence, or the end of one, finds infringements whatever it cites.
    pub fn finds_infringement(&mut self, text: &str) -> bool {
        let said = self.said(&[text]);
        said.contains(&Said::Infringed)
            && !said.contains(&Said::Considered)
            && !said.contains(&Said::Unproven)
    }

    /// Whether a sentence says that something was weighed and not found.
    pub fn clears(&mut self, text: &str) -> bool {
        self.said(&[text]).contains(&Said::Considered)
    }

    fn said(&mut self, texts: &[&str]) -> Vec<Said> {
        self.matcher.labels(self.tokenizer.words(&texts.concat()), |_, _| true)
    }
}

/// "nobody was told, in breach of Article 34": whatever is denied before the comma.
fn is_apposed(clause: &str) -> bool {
    const WAYS: [&str; 5] = [
        "in violation of", "in breach of", "in contravention of", "in infringement of",
        "contrary to",
    ];
    let clause = clause.trim_end().trim_end_matches(" the").trim_end_matches(" both");
    WAYS.iter().any(|way| clause.strip_suffix(way).is_some_and(|told| told.ends_with(", ")))
}

/// What stands behind the last break of sense.
fn last_clause(before: &str) -> &str {
    let breaks = ["; ", ". ", " but ", " although ", " whereas "];
    let start = breaks.iter().filter_map(|mark| before.rfind(mark)).max();
    start.map_or(before, |start| &before[start..])
}

/// The end of a clause, from where it last begins anew.
fn last_part(told: &str) -> &str {
    let near = end_of(told, REACH_OF_FAILING);
    let start = [" and did", " and had", " and was", " and it", " and the "].iter();
    start.filter_map(|mark| near.rfind(mark)).max().map_or(near, |start| &near[start..])
}

/// The words just before a citation.
fn tail(clause: &str) -> &str {
    end_of(clause, REACH_OF_LINK)
}

/// The last bytes of a text.
fn end_of(text: &str, length: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(length))..]
}

/// What stands before the first break of sense.
fn first_clause(behind: &str) -> &str {
    let near = &behind[..behind.floor_char_boundary(REACH)];
    let breaks = [";", ". ", ",", " but ", " because", " when ", " in that "];
    let end = breaks.iter().filter_map(|mark| near.find(mark)).min();
    end.map_or(near, |end| &near[..end])
}

/// Whether no more than "and", a gloss or the like stands between two citations of one list.
fn continues(between: &str) -> bool {
    const JOINTS: [&str; 9] = ["and", "or", "also", "&", "nor", "plus", "both", "with", "as"];
    const TURNS: [&str; 10] = [
        "which", "that", "states", "requires", "provides", "under", "pursuant", "because", "is",
        "was",
    ];
    // "of Article 12(3), which sets the time limit, and Article 15(1)"
    if let Some((law, aside)) = between.split_once(", which ")
        && aside.trim_end().ends_with(", and")
    {
        return aside.len() <= LONGEST_ASIDE && law.split_whitespace().all(is_of_law);
    }
    const RESUMED: [&str; 4] = [" of", " under", " in", " with"];
    let bare = without_glosses(between);
    let words = || bare.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|w| !w.is_empty());
    let is_one = |word: &str, list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
    // "of the UK GDPR and, since the data was passed on, of Articles ..."
    let resumes = words().find(|word| !is_of_law(word)).is_some_and(|word| is_one(word, &JOINTS))
        && RESUMED.iter().any(|link| bare.trim_end().ends_with(link));
    let is_short = bare.len() <= LONGEST_JOINT && !words().any(|word| is_one(word, &TURNS));
    let is_joined = words().any(|word| is_one(word, &JOINTS));
    let is_listed = bare.contains([',', ';']) && words().all(is_of_law);
    resumes || is_short && (is_joined || is_listed)
}

/// Whether a word can stand in the name of a law: "of the UK GDPR".
fn is_of_law(word: &str) -> bool {
    let is_link = ["of", "the"].iter().any(|link| word.eq_ignore_ascii_case(link));
    is_link || !word.contains(char::is_lowercase) && word != "&"
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
