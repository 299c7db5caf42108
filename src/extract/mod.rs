//! Document to [`Record`]: what failed, in which stance, under which provision, and the facts.
//!
//! A sentence is first given its stance by the zone of its section and by its wording, then its
//! categories by cues. A strong cue states a failure by itself. A weak one only suggests it and
//! counts where the regulator gives its reasons, or where several sentences suggest the same.

mod by_provision;
mod context;
mod facts;
mod provisions;
mod stance;
mod zones;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    model::{CitedProvision, Document, Finding, Method, Provision, Record, Sentence, Stance},
    taxonomy::{CueError, CueSet, Taxonomy, Tokenizer, Vocabulary, Zone},
};
use context::{Lists, Subject};
use facts::FactFinder;
pub use provisions::ProvisionFinder;
use stance::Wording;
use zones::{ZoneFinder, passages};

/// Sentences with a weak cue for one category that together count as a finding.
const WEAK_SENTENCES: usize = 2;

/// A document of fewer sentences says things once, so that one weak cue is enough.
const SHORT: usize = 25;

/// Longer sentences are tables or run-on lists, in which words far apart say nothing together.
const LONGEST_SENTENCE: usize = 1500;

/// Most words of a sentence that only points back.
const LONGEST_ANAPHOR: usize = 16;

/// Extracts records; built once and shared by all threads.
pub struct Extractor {
    taxonomy: Taxonomy,
    vocabulary: Vocabulary,
    cues: CueSet<Label>,
    zones: ZoneFinder,
    provisions: ProvisionFinder,
    facts: FactFinder,
}

/// What a matching cue says of a sentence; numbers index the categories of the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Strong(usize),
    Weak(usize),
    Topic(usize),
    Not(usize),
    Stance(Stance),
    Infringed,
    /// It points back to the subject of the sentence before.
    Anaphor,
    /// It says that something was not done.
    Failing,
}

/// A category at a sentence before weak cues are settled.
struct Candidate {
    category: usize,
    stance: Stance,
    strength: Strength,
    cues: usize,
    sentence: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Topic,
    /// The provision with which it stands is infringed.
    Provision,
    Weak,
    Strong,
}

impl Extractor {
    /// Compiles the cues of a taxonomy.
    ///
    /// # Errors
    /// A cue that cannot be read.
    pub fn new(taxonomy: Taxonomy) -> Result<Self, CueError> {
        let mut vocabulary = Vocabulary::default();
        let mut cues = CueSet::default();
        for (label, cue) in labelled_cues(&taxonomy) {
            cues.add(label, cue, &taxonomy.terms, &mut vocabulary)?;
        }
        Ok(Self {
            zones: ZoneFinder::new(&taxonomy, &mut vocabulary)?,
            provisions: ProvisionFinder::new(&taxonomy),
            facts: FactFinder::new(&taxonomy),
            taxonomy,
            vocabulary,
            cues,
        })
    }

    /// The taxonomy in use.
    #[must_use]
    pub const fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Everything that a document says.
    #[must_use]
    pub fn extract(&self, document: &Document) -> Record {
        let mut tokenizer = Tokenizer::new(&self.vocabulary);
        let zones = self.zones.zones(document, &mut tokenizer);
        let mut candidates = Vec::new();
        let (mut lists, mut subject) = (Lists::default(), Subject::default());
        let mut citations = self.provisions.reader(&document.text);
        let mut failing = Vec::with_capacity(document.sentences.len());
        for (index, sentence) in document.sentences.iter().enumerate() {
            let text = document.sentence_text(sentence);
            let zone = zones[sentence.section];
            let labels = self.labels(text, &mut tokenizer);
            let wording = Wording::new(zone, &labels, lists.stance_for(text));
            lists.follow(text, wording.words());
            let first = candidates.len();
            candidates.extend(candidates_of(&labels, &wording, index));
            if points_back(text, &labels) && states_nothing(&candidates[first..]) {
                let meant = subject.in_section(sentence.section).iter();
                candidates.extend(meant.map(|category| pointed_at(*category, &wording, index)));
            }
            subject.follow(sentence.section, candidates[first..].iter().map(|c| c.category));
            citations.read(text, sentence.span.start, wording.finds_infringement());
            failing.push(wording.may_find() && labels.contains(&Label::Failing));
        }
        let needed = if document.sentences.len() < SHORT { 1 } else { WEAK_SENTENCES };
        settle_weak(&mut candidates, needed, |at| zones[document.sentences[at].section]);
        let cited = citations.finish();
        let reading = by_provision::Reading {
            document,
            taxonomy: &self.taxonomy,
            provisions: &self.provisions,
            cited: &cited,
            failing: &failing,
        };
        candidates.extend(reading.candidates(&candidates));
        candidates.sort_by_key(|candidate| candidate.sentence);
        let findings: Vec<Finding> = candidates
            .iter()
            .map(|candidate| {
                let sentence = &document.sentences[candidate.sentence];
                Finding {
                    provisions: within(&cited, &sentence.span),
                    ..self.finding(candidate, document, sentence, zones[sentence.section])
                }
            })
            .collect();
        Record {
            document: document.path.clone(),
            kind: document.kind,
            facts: self.facts.complete(document),
            categories: found(&findings),
            findings,
            recommendations: passages(document, &zones, Zone::Recommendation),
            remedies: passages(document, &zones, Zone::Remedial),
            cited,
        }
    }

    fn labels(&self, text: &str, tokenizer: &mut Tokenizer<'_>) -> Vec<Label> {
        if text.len() > LONGEST_SENTENCE {
            return Vec::new();
        }
        self.cues.matches(tokenizer.words(text)).map(|(label, _)| *label).collect()
    }

    fn finding(
        &self,
        from: &Candidate,
        document: &Document,
        sentence: &Sentence,
        zone: Option<Zone>,
    ) -> Finding {
        Finding {
            category: self.taxonomy.categories[from.category].id.clone(),
            stance: from.stance,
            sentence: document.sentence_text(sentence).to_owned(),
            start: sentence.span.start,
            end: sentence.span.end,
            section: document.heading_of(sentence).to_owned(),
            page: sentence.page,
            provisions: Vec::new(),
            confidence: confidence(from, zone),
            method: if from.strength == Strength::Provision {
                Method::Provision
            } else {
                Method::Cue
            },
        }
    }
}

fn labelled_cues(taxonomy: &Taxonomy) -> impl Iterator<Item = (Label, &str)> {
    let of_category = taxonomy.categories.iter().enumerate().flat_map(|(index, category)| {
        let cues = taxonomy.cues.get(&category.id);
        cues.into_iter().flat_map(move |cues| {
            let strong = cues.cues.iter().map(move |cue| (Label::Strong(index), cue));
            let weak = cues.weak.iter().map(move |cue| (Label::Weak(index), cue));
            let topics = cues.topics.iter().map(move |cue| (Label::Topic(index), cue));
            let not = cues.not.iter().map(move |cue| (Label::Not(index), cue));
            strong.chain(weak).chain(topics).chain(not)
        })
    });
    let of_stance = taxonomy
        .stances
        .iter()
        .flat_map(|(stance, cues)| cues.iter().map(move |cue| (Label::Stance(*stance), cue)));
    let of_infringement = taxonomy.infringed.iter().map(|cue| (Label::Infringed, cue));
    let anaphora = taxonomy.anaphora.iter().map(|cue| (Label::Anaphor, cue));
    let failing = taxonomy.failing.iter().map(|cue| (Label::Failing, cue));
    let of_sentences = of_stance.chain(of_infringement).chain(anaphora).chain(failing);
    of_category.chain(of_sentences).map(|(label, cue)| (label, cue.as_str()))
}

/// One candidate for each category that a sentence speaks of.
fn candidates_of(labels: &[Label], wording: &Wording, sentence: usize) -> Vec<Candidate> {
    let mut strengths: BTreeMap<usize, (Strength, usize)> = BTreeMap::new();
    for label in labels {
        let (category, strength) = match *label {
            Label::Strong(category) => (category, Strength::Strong),
            Label::Weak(category) => (category, Strength::Weak),
            Label::Topic(category) => (category, Strength::Topic),
            Label::Not(_)
            | Label::Stance(_)
            | Label::Infringed
            | Label::Anaphor
            | Label::Failing => {
                continue;
            }
        };
        let entry = strengths.entry(category).or_insert((strength, 0));
        *entry = (entry.0.max(strength), entry.1 + 1);
    }
    strengths
        .into_iter()
        .map(|(category, (strength, cues))| {
            let denied = labels.contains(&Label::Not(category));
            let stance = wording.stance(strength, denied);
            Candidate { category, stance, strength, cues, sentence }
        })
        .collect()
}

/// Whether a sentence says of the one before that something was not attended to; longer ones have a
/// subject of their own.
fn points_back(text: &str, labels: &[Label]) -> bool {
    labels.contains(&Label::Anaphor) && text.split_whitespace().count() <= LONGEST_ANAPHOR
}

/// Whether a sentence has no failure of its own.
fn states_nothing(candidates: &[Candidate]) -> bool {
    candidates.iter().all(|candidate| candidate.strength == Strength::Topic)
}

/// A category of the sentence before, which the sentence says was not attended to.
fn pointed_at(category: usize, wording: &Wording, sentence: usize) -> Candidate {
    let stance = wording.stance(Strength::Strong, false);
    Candidate { category, stance, strength: Strength::Strong, cues: 1, sentence }
}

/// Keeps a weak finding only where nothing states the failure outright, and then only where the
/// regulator gives its reasons or where several sentences suggest the same.
fn settle_weak(
    candidates: &mut [Candidate],
    needed: usize,
    zone_of: impl Fn(usize) -> Option<Zone>,
) {
    let mut support: BTreeMap<usize, (Strength, usize)> = BTreeMap::new();
    for found in candidates.iter().filter(|c| c.stance == Stance::Finding) {
        let (strongest, sentences) = support.entry(found.category).or_insert((Strength::Weak, 0));
        *strongest = (*strongest).max(found.strength);
        *sentences += 1;
    }
    let weak = |c: &&mut Candidate| c.strength == Strength::Weak && c.stance == Stance::Finding;
    for candidate in candidates.iter_mut().filter(weak) {
        let (strongest, sentences) = support[&candidate.category];
        let reasons = matches!(zone_of(candidate.sentence), Some(Zone::Reasons));
        if strongest == Strength::Strong || (sentences < needed && !reasons) {
            candidate.stance = Stance::Background;
        }
    }
}

/// The provisions cited in a span; citations are in the order of the text.
fn within(cited: &[CitedProvision], span: &Range<usize>) -> Vec<Provision> {
    let first = cited.partition_point(|citation| citation.start < span.start);
    let inside = cited[first..].iter().take_while(|citation| citation.start < span.end);
    inside.map(|citation| citation.provision.clone()).collect()
}

fn found(findings: &[Finding]) -> Vec<String> {
    let categories: BTreeSet<&String> =
        findings.iter().filter(|f| f.stance == Stance::Finding).map(|f| &f.category).collect();
    categories.into_iter().cloned().collect()
}

/// A first estimate: strength of the wording, more where several cues agree and where the regulator
/// gives its reasons.
fn confidence(candidate: &Candidate, zone: Option<Zone>) -> f64 {
    let base: u8 = match candidate.strength {
        Strength::Strong => 80,
        Strength::Weak | Strength::Provision => 50,
        Strength::Topic => 30,
    };
    let agreement = if candidate.cues > 1 { 8 } else { 0 };
    let place = if zone == Some(Zone::Reasons) { 7 } else { 0 };
    f64::from(base + agreement + place) / 100.0
}
