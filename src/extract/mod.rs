//! Document to [`Record`]: what failed, in which stance, under which provision, and the facts.
//!
//! A sentence is first given its stance by the zone of its section and by its wording, then its
//! categories by cues. A strong cue states a failure by itself. A weak one only suggests it and
//! counts where the regulator gives its reasons, or where several sentences suggest the same.

mod facts;
mod provisions;
mod stance;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    model::{
        CitedProvision, Document, Finding, Method, Passage, Provision, Record, Sentence, Stance,
    },
    taxonomy::{CueError, CueSet, Taxonomy, Tokenizer, Vocabulary, Zone},
};
use facts::FactFinder;
pub use provisions::ProvisionFinder;
use provisions::StatusCues;
use stance::Wording;

/// Sentences with a weak cue for one category that together count as a finding.
const WEAK_SENTENCES: usize = 2;

/// Longer sentences are tables or run-on lists, in which words far apart say nothing together.
const LONGEST_SENTENCE: usize = 1500;

/// Extracts records; built once and shared by all threads.
pub struct Extractor {
    taxonomy: Taxonomy,
    vocabulary: Vocabulary,
    cues: CueSet<Label>,
    zones: CueSet<Zone>,
    provisions: ProvisionFinder,
    statuses: StatusCues,
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
        let mut zones = CueSet::default();
        for (label, cue) in labelled_cues(&taxonomy) {
            cues.add(label, cue, &taxonomy.terms, &mut vocabulary)?;
        }
        for (zone, cue) in
            taxonomy.zones.iter().flat_map(|(z, cues)| cues.iter().map(move |c| (*z, c)))
        {
            zones.add(zone, cue, &taxonomy.terms, &mut vocabulary)?;
        }
        Ok(Self {
            provisions: ProvisionFinder::new(&taxonomy),
            statuses: StatusCues::new(&taxonomy)?,
            facts: FactFinder::new(&taxonomy),
            taxonomy,
            vocabulary,
            cues,
            zones,
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
        let zones = self.zones(document, &mut tokenizer);
        let mut candidates = Vec::new();
        let mut citations = self.provisions.reader(&self.statuses, document);
        let mut headings = document.sections.iter().enumerate().peekable();
        for (index, sentence) in document.sentences.iter().enumerate() {
            let text = document.sentence_text(sentence);
            let zone = zones[sentence.section];
            while let Some((section, heading)) = headings.next_if(|(s, _)| *s <= sentence.section) {
                let voice = Wording::new(zones[section], &[]).voice();
                citations.read_heading(&heading.heading, heading.span.start, voice);
            }
            let labels = self.labels(text, &mut tokenizer);
            let wording = Wording::new(zone, &labels);
            candidates.extend(candidates_of(&labels, &wording, index));
            citations.read(text, sentence.span.start, wording.voice());
        }
        settle_weak(&mut candidates, |sentence| zones[document.sentences[sentence].section]);
        let failing: BTreeSet<usize> = candidates
            .iter()
            .filter(|candidate| candidate.stance == Stance::Finding)
            .map(|candidate| document.sentences[candidate.sentence].section)
            .collect();
        let cited =
            citations.finish(document.kind.tells_a_case(), |section| failing.contains(&section));
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

    /// The zone of every section. A heading that says nothing stays in the zone before it, unless
    /// that is one in which nothing can be found: sections on the law or the parties' views are
    /// followed by findings under headings of their own.
    fn zones(&self, document: &Document, tokenizer: &mut Tokenizer<'_>) -> Vec<Option<Zone>> {
        let mut zone = None;
        let mut of_section = |heading: &str| {
            let words = tokenizer.words(heading);
            let lasting = zone
                .filter(|zone| !matches!(zone, Zone::Law | Zone::Parties | Zone::Representations));
            zone = self.zones.matches(words).map(|(zone, _)| *zone).next().or(lasting);
            zone
        };
        document.sections.iter().map(|section| of_section(&section.heading)).collect()
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
            method: Method::Cue,
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
    of_category.chain(of_stance).map(|(label, cue)| (label, cue.as_str()))
}

/// One candidate for each category that a sentence speaks of.
fn candidates_of(labels: &[Label], wording: &Wording, sentence: usize) -> Vec<Candidate> {
    let mut strengths: BTreeMap<usize, (Strength, usize)> = BTreeMap::new();
    for label in labels {
        let (category, strength) = match *label {
            Label::Strong(category) => (category, Strength::Strong),
            Label::Weak(category) => (category, Strength::Weak),
            Label::Topic(category) => (category, Strength::Topic),
            Label::Not(_) | Label::Stance(_) => continue,
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

/// Keeps a weak finding only where the regulator gives its reasons or where it does not stand alone.
fn settle_weak(candidates: &mut [Candidate], zone_of: impl Fn(usize) -> Option<Zone>) {
    let mut support: BTreeMap<usize, usize> = BTreeMap::new();
    for found in candidates.iter().filter(|c| c.stance == Stance::Finding) {
        *support.entry(found.category).or_default() += 1;
    }
    for candidate in candidates.iter_mut() {
        let alone = support.get(&candidate.category).is_none_or(|count| *count < WEAK_SENTENCES);
        let reasons = matches!(zone_of(candidate.sentence), Some(Zone::Reasons));
        if candidate.strength == Strength::Weak
            && candidate.stance == Stance::Finding
            && alone
            && !reasons
        {
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

/// Every sentence of a zone.
fn passages(document: &Document, zones: &[Option<Zone>], zone: Zone) -> Vec<Passage> {
    let within = document.sentences.iter().filter(|sentence| zones[sentence.section] == Some(zone));
    within
        .map(|sentence| Passage {
            sentence: document.sentence_text(sentence).to_owned(),
            start: sentence.span.start,
            end: sentence.span.end,
            page: sentence.page,
        })
        .collect()
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
        Strength::Weak => 50,
        Strength::Topic => 30,
    };
    let agreement = if candidate.cues > 1 { 8 } else { 0 };
    let place = if zone == Some(Zone::Reasons) { 7 } else { 0 };
    f64::from(base + agreement + place) / 100.0
}
