//! Why a category was given to a document, or not: every sentence that has a cue of it, and what
//! decided there.
//!
//! The outcome is taken from the record itself, so that an explanation can never say anything else
//! than extraction; only the reason is worked out here, from what the sentence shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Extractor, LONGEST_SENTENCE, Label, stance::stance_of};
use crate::{
    model::{Document, Finding, Method, Sentence, Stance},
    taxonomy::{Matcher, Tokenizer, Zone},
};

/// What one document says of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Path of the document.
    pub document: String,
    /// The sentences that have a cue of the category, in order.
    pub sentences: Vec<ExplainedSentence>,
    /// Sentences too long to be searched for cues, such as tables.
    pub too_long: usize,
}

/// A sentence with the cues that match it, and what came of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedSentence {
    /// The sentence, verbatim.
    pub sentence: String,
    /// Its first byte in the cleaned text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The page on which it begins, where the source has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The heading under which it stands.
    pub section: String,
    /// The zone that this heading, or one before it, opens.
    pub zone: Option<Zone>,
    /// The cues of the category that match.
    pub cues: Vec<MatchedCue>,
    /// The stance that came of it; none if the sentence does not count at all.
    pub outcome: Option<Stance>,
    /// From 0 to 1, where there is an outcome.
    pub confidence: Option<f64>,
    /// What decided.
    pub rule: Rule,
}

/// A cue as the taxonomy writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchedCue {
    /// The list in which it stands.
    pub list: CueList,
    /// Its text.
    pub cue: String,
}

/// The lists of cues of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueList {
    /// States the failure by itself.
    Strong,
    /// Suggests it.
    Weak,
    /// Mentions the subject.
    Topic,
    /// Speaks against it.
    Not,
}

/// What decided the stance of a sentence towards the category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Rule {
    /// Everything in this zone has that stance.
    Zone,
    /// The wording of the sentence, by a cue of stances.toml.
    Wording {
        /// That cue.
        cue: String,
    },
    /// A cue of the category's list `not`.
    Denied,
    /// A strong cue states the failure, and nothing speaks against it.
    Stated,
    /// A weak cue counts, since the regulator gives its reasons here.
    WeakInReasons,
    /// A weak cue counts, since other sentences find the same.
    WeakSupported,
    /// A weak cue counts, since the document has few sentences and says things once.
    WeakInShort,
    /// A weak cue does not count, since it stands alone.
    WeakAlone,
    /// A weak cue does not count, since another sentence states the failure outright.
    WeakBesideStated,
    /// The sentence stands with an infringed provision that is this failure, and says that something
    /// was not done.
    Provision,
    /// It is near in meaning to the examples of the category, which has no cues.
    Meaning,
    /// Only the subject is mentioned.
    TopicOnly,
    /// Something other than the cues of this sentence, such as the sentence before it.
    Context,
}

impl Extractor {
    /// Why a category was given to a document or not.
    #[must_use]
    pub fn explain(&self, document: &Document, category: &str) -> Explanation {
        let record = self.extract(document);
        let outcomes: BTreeMap<usize, &Finding> = record
            .findings
            .iter()
            .filter(|finding| finding.category == category)
            .map(|finding| (finding.start, finding))
            .collect();
        let found = outcomes.values().filter(|finding| finding.stance == Stance::Finding).count();
        let mut tokenizer = Tokenizer::new(&self.vocabulary);
        let zones = self.zones.zones(document, &mut tokenizer);
        let explained = document.sentences.iter().filter_map(|sentence| {
            let text = document.sentence_text(sentence);
            let outcome = outcomes.get(&sentence.span.start).copied();
            let matched = self.matched(text, category, &mut tokenizer);
            (outcome.is_some() || !matched.cues.is_empty()).then(|| {
                matched.explained(document, sentence, zones[sentence.section], outcome, found)
            })
        });
        let sentences = explained.collect();
        let too_long = document.sentences.iter().filter(|s| s.span.len() > LONGEST_SENTENCE);
        Explanation { document: document.path.clone(), sentences, too_long: too_long.count() }
    }

    /// The cues that match a sentence: those of the category, and those of any stance.
    fn matched(&self, text: &str, category: &str, tokenizer: &mut Tokenizer<'_>) -> Matched {
        let mut matched = Matched::default();
        if text.len() > LONGEST_SENTENCE {
            return matched;
        }
        for (label, cue) in Matcher::new(&self.cues).matches(tokenizer.words(text)) {
            let cue = cue.to_owned();
            let (list, of) = match *label {
                Label::Strong(of) => (CueList::Strong, of),
                Label::Weak(of) => (CueList::Weak, of),
                Label::Topic(of) => (CueList::Topic, of),
                Label::Not(of) => (CueList::Not, of),
                Label::Stance(stance) => {
                    matched.stances.push((stance, cue));
                    continue;
                }
                _ => continue,
            };
            if self.taxonomy.categories[of].id == category {
                matched.cues.push(MatchedCue { list, cue });
            }
        }
        matched
    }
}

/// The cues that match one sentence.
#[derive(Default)]
struct Matched {
    cues: Vec<MatchedCue>,
    stances: Vec<(Stance, String)>,
}

impl Matched {
    fn explained(
        self,
        document: &Document,
        sentence: &Sentence,
        zone: Option<Zone>,
        outcome: Option<&Finding>,
        found: usize,
    ) -> ExplainedSentence {
        ExplainedSentence {
            sentence: document.sentence_text(sentence).to_owned(),
            start: sentence.span.start,
            end: sentence.span.end,
            page: sentence.page,
            section: document.heading_of(sentence).to_owned(),
            zone,
            outcome: outcome.map(|finding| finding.stance),
            confidence: outcome.map(|finding| finding.confidence),
            rule: self.rule(zone, outcome.map(|finding| (finding.stance, finding.method)), found),
            cues: self.cues,
        }
    }

    /// The first of the rules, in the order in which extraction tries them, that leads to the outcome
    /// in a document where so many sentences find the category.
    fn rule(&self, zone: Option<Zone>, outcome: Option<(Stance, Method)>, found: usize) -> Rule {
        if matches!(outcome, Some((_, Method::Semantic))) {
            return Rule::Meaning;
        }
        let has = |list| self.cues.iter().any(|matched| matched.list == list);
        let Some((outcome, method)) = outcome else { return Rule::Denied };
        if zone.and_then(stance_of) == Some(outcome) {
            return Rule::Zone;
        }
        if let Some((_, cue)) = self.stances.iter().find(|(stance, _)| *stance == outcome) {
            return Rule::Wording { cue: cue.clone() };
        }
        if method == Method::Provision {
            return Rule::Provision;
        }
        let strongest = self.cues.iter().map(|matched| matched.list).min();
        match (outcome, strongest) {
            (Stance::Cleared, _) if has(CueList::Not) => Rule::Denied,
            (Stance::Finding, Some(CueList::Strong)) => Rule::Stated,
            (Stance::Finding, Some(CueList::Weak)) if zone == Some(Zone::Reasons) => {
                Rule::WeakInReasons
            }
            (Stance::Finding, Some(CueList::Weak)) if found == 1 => Rule::WeakInShort,
            (Stance::Finding, Some(CueList::Weak)) => Rule::WeakSupported,
            (Stance::Background, Some(CueList::Weak)) if found > 0 => Rule::WeakBesideStated,
            (Stance::Background, Some(CueList::Weak)) => Rule::WeakAlone,
            (Stance::Background, Some(CueList::Topic)) => Rule::TopicOnly,
            _ => Rule::Context,
        }
    }
}

/// In one sentence, whether the documents together give the category, and why or why not.
#[must_use]
pub fn verdict(explanations: &[Explanation]) -> String {
    let sentences = || explanations.iter().flat_map(|explanation| &explanation.sentences);
    let outcomes: Vec<Stance> = sentences().filter_map(|sentence| sentence.outcome).collect();
    let findings = outcomes.iter().filter(|stance| **stance == Stance::Finding).count();
    if findings > 0 {
        return format!("given: {}", counted(findings, "finding"));
    }
    if outcomes.is_empty() {
        return match sentences().count() {
            0 => "not given: no sentence has a cue of it".to_owned(),
            n => format!("not given: {} only cues that speak against it", having(n)),
        };
    }
    let mut by_stance: BTreeMap<Stance, usize> = BTreeMap::new();
    outcomes.iter().for_each(|stance| *by_stance.entry(*stance).or_default() += 1);
    let stances: Vec<String> = match (by_stance.keys().next(), by_stance.len(), outcomes.len()) {
        (Some(stance), 1, 1) => vec![format!("in {}", in_words(*stance))],
        (Some(stance), 1, _) => vec![format!("all in {}", in_words(*stance))],
        _ => by_stance.iter().map(|(stance, n)| format!("{n} in {}", in_words(*stance))).collect(),
    };
    let verb = if outcomes.len() == 1 { "mentions" } else { "mention" };
    format!("not given: {} {verb} it, {}", counted(outcomes.len(), "sentence"), stances.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn having(count: usize) -> String {
    let verb = if count == 1 { "has" } else { "have" };
    format!("{} {verb}", counted(count, "sentence"))
}

const fn in_words(stance: Stance) -> &'static str {
    match stance {
        Stance::Finding => "findings",
        Stance::Remedy => "what was done since",
        Stance::Recommendation => "recommendations",
        Stance::Law => "statements of the law",
        Stance::Cleared => "points cleared",
        Stance::OtherParty => "failures of others",
        Stance::Background => "background",
    }
}
