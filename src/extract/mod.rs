//! Document to [`Record`]: what failed, in which stance, under which provision, and the facts.
//!
//! A sentence is first given its stance by the zone of its section and by its wording, then its
//! categories by cues. A strong cue states a failure by itself. A weak one only suggests it and
//! counts where the regulator gives its reasons, or where several sentences suggest the same. Last,
//! a provision that stands for one failure alone is looked at where it is infringed.

mod by_meaning;
mod by_provision;
mod candidates;
mod confidence;
mod context;
pub mod explain;
mod factors;
mod facts;
mod label;
mod provisions;
mod stance;
pub(crate) mod zones;

use std::{ops::Range, sync::Arc};

use crate::{
    model::{
        CitedProvision, Document, Facts, Finding, Method, Provision, ProvisionStatus, Record,
        Sentence, categories,
    },
    taxonomy::{CueSet, Matcher, Taxonomy, TaxonomyError, Tokenizer, Vocabulary, Zone},
};
pub use by_meaning::{Meaning, NearSentence};
use candidates::{Candidate, Strength, Weighing};
use confidence::Signals;
use context::{Lists, Subject};
use factors::Factors;
use facts::FactFinder;
use label::{Label, labelled_cues};
pub use provisions::ProvisionFinder;
use provisions::StatusCues;
use stance::Wording;
use zones::{ZoneFinder, passages};

/// Longer sentences are tables or run-on lists, in which words far apart say nothing together.
const LONGEST_SENTENCE: usize = 1500;

/// Extracts records; built once and shared by all threads.
pub struct Extractor {
    taxonomy: Taxonomy,
    vocabulary: Vocabulary,
    cues: CueSet<Label>,
    zones: ZoneFinder,
    provisions: ProvisionFinder,
    statuses: StatusCues,
    facts: FactFinder,
    meaning: Option<Arc<dyn Meaning>>,
}

/// What the sentences of a document say.
struct Reading {
    /// Settled and in the order of the text.
    candidates: Vec<Candidate>,
    cited: Vec<CitedProvision>,
    factors: Factors,
    /// Places of the sentences in which the regulator may state a failure.
    stating: Vec<usize>,
}

impl Extractor {
    /// Compiles the cues of a taxonomy.
    ///
    /// # Errors
    /// A cue that cannot be read, with its file and line.
    pub fn new(taxonomy: Taxonomy) -> Result<Self, TaxonomyError> {
        taxonomy.check_terms()?;
        let mut vocabulary = Vocabulary::default();
        let mut cues = CueSet::default();
        for (label, cue) in labelled_cues(&taxonomy) {
            let add = if label.is_of_common_words() { CueSet::add_common } else { CueSet::add };
            let added = add(&mut cues, label, cue, &taxonomy.terms, &mut vocabulary);
            added.map_err(|error| taxonomy.placed(&error))?;
        }
        Ok(Self {
            zones: ZoneFinder::new(&taxonomy, &mut vocabulary)?,
            provisions: ProvisionFinder::new(&taxonomy),
            statuses: StatusCues::new(&taxonomy)?,
            facts: FactFinder::new(&taxonomy),
            taxonomy,
            vocabulary,
            cues,
            meaning: None,
        })
    }

    /// The same, with something that knows which sentences are near to categories that have examples.
    #[must_use]
    pub fn with_meaning(self, meaning: Option<Arc<dyn Meaning>>) -> Self {
        Self { meaning, ..self }
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
        let facts = self.facts.complete(document);
        let Reading { candidates, cited, factors, stating } =
            self.read(document, &facts, &zones, &mut tokenizer);
        let mut findings = self.findings(document, &zones, &candidates, &cited);
        findings.extend(self.by_meaning(document, &stating, &cited));
        let (categories, categories_by_meaning) = categories(&findings);
        Record {
            document: document.path.clone(),
            kind: document.kind,
            facts,
            categories,
            findings,
            categories_by_meaning,
            recommendations: passages(document, &zones, Zone::Recommendation),
            remedies: passages(document, &zones, Zone::Remedial),
            aggravating: factors.aggravating,
            mitigating: factors.mitigating,
            cited,
        }
    }

    fn read(
        &self,
        document: &Document,
        facts: &Facts,
        zones: &[Option<Zone>],
        tokenizer: &mut Tokenizer<'_>,
    ) -> Reading {
        let mut matcher = Matcher::new(&self.cues);
        let mut found = Vec::new();
        let mut factors = Factors::default();
        let mut stating = Vec::new();
        let (mut lists, mut subject) = (Lists::default(), Subject::default());
        let mut citations = self.provisions.reader(&self.statuses, document, facts);
        let mut headings = document.sections.iter().enumerate().peekable();
        for (index, sentence) in document.sentences.iter().enumerate() {
            while let Some((section, heading)) = headings.next_if(|(at, _)| *at <= sentence.section)
            {
                let voice = Wording::new(zones[section], &[], None).voice();
                citations.read_heading(&heading.heading, heading.span.start, voice);
            }
            let text = document.sentence_text(sentence);
            let labels = labels(text, tokenizer, &mut matcher);
            let wording = Wording::new(zones[sentence.section], &labels, lists.shared_by(text));
            lists.follow(text, wording.words());
            let first = found.len();
            found.extend(candidates::of_sentence(&labels, &wording, index));
            if candidates::points_back(text, &labels, &found[first..]) {
                let meant = subject.in_section(sentence.section).iter();
                found.extend(meant.map(|of| candidates::pointed_at(*of, &wording, index)));
            }
            subject.follow(sentence.section, found[first..].iter().map(|c| c.category));
            citations.read(text, sentence.span.start, wording.voice(), &labels);
            factors.read(document, sentence, zones[sentence.section], &labels);
            if wording.may_find() {
                stating.push(index);
            }
        }
        let failing_sections = candidates::sections_with_findings(&found, document);
        let cited = citations
            .finish(document.kind.tells_a_case(), |section| failing_sections.contains(&section));
        let zone_of = |sentence: usize| zones[document.sentences[sentence].section];
        let fits = self.fits(&cited);
        let sentences = document.sentences.len();
        Weighing { sentences, zone_of: &zone_of, fits: &fits }.settle(&mut found);
        let infringed = by_provision::Infringed {
            document,
            taxonomy: &self.taxonomy,
            cited: &cited,
            stating: &stating,
            says: &mut |sentence, label| {
                let text = document.sentence_text(&document.sentences[sentence]);
                text.len() <= LONGEST_SENTENCE
                    && !matcher.labels(tokenizer.words(text), |of, _| of == label).is_empty()
            },
        };
        found.extend(infringed.candidates(&found));
        found.sort_by_key(|candidate| candidate.sentence);
        Reading { candidates: found, cited, factors, stating }
    }

    /// Whether a category has one of its usual provisions among those infringed, or none is.
    fn fits(&self, cited: &[CitedProvision]) -> impl Fn(usize) -> bool + use<'_> {
        let infringed: Vec<Provision> = cited
            .iter()
            .filter(|citation| citation.status == ProvisionStatus::Infringed)
            .map(|citation| citation.provision.as_uk_law())
            .collect();
        move |category| {
            let mut usual = self.taxonomy.categories[category].provisions.iter();
            let is_infringed = |p: &Provision| infringed.iter().any(|i| i.covers(p) || p.covers(i));
            infringed.is_empty() || usual.any(is_infringed)
        }
    }

    fn findings(
        &self,
        document: &Document,
        zones: &[Option<Zone>],
        candidates: &[Candidate],
        cited: &[CitedProvision],
    ) -> Vec<Finding> {
        let support = candidates::support(candidates);
        let of_candidate = |candidate: &Candidate| {
            let sentence = &document.sentences[candidate.sentence];
            let signals = Signals {
                strength: candidate.strength,
                cues: candidate.cues,
                zone: zones[sentence.section],
                sentences: support.get(&candidate.category).map_or(0, |found| found.sentences),
                kind: document.kind,
            };
            Finding {
                provisions: within(cited, &sentence.span),
                confidence: signals.confidence(),
                ..self.finding(candidate, document, sentence)
            }
        };
        candidates.iter().map(of_candidate).collect()
    }

    fn finding(&self, from: &Candidate, document: &Document, sentence: &Sentence) -> Finding {
        let by_provision = from.strength == Strength::Provision;
        Finding {
            category: self.taxonomy.categories[from.category].id.clone(),
            stance: from.stance,
            method: if by_provision { Method::Provision } else { Method::Cue },
            ..Finding::at(document, sentence)
        }
    }
}

/// What the cues say of a sentence.
fn labels(
    text: &str,
    tokenizer: &mut Tokenizer<'_>,
    matcher: &mut Matcher<'_, Label>,
) -> Vec<Label> {
    let is_long = text.len() > LONGEST_SENTENCE;
    matcher.labels(tokenizer.words(text), |label, found| match label {
        _ if is_long => label.is_of_provisions(),
        Label::Failing => false,
        // What a sentence does not speak of it need not deny.
        Label::Not(category) => {
            found.iter().any(|label| label.strength().is_some_and(|(of, _)| of == category))
        }
        _ => true,
    })
}

/// The provisions cited in a span; citations are in the order of the text.
fn within(cited: &[CitedProvision], span: &Range<usize>) -> Vec<Provision> {
    let first = cited.partition_point(|citation| citation.start < span.start);
    let inside = cited[first..].iter().take_while(|citation| citation.start < span.end);
    inside.map(|citation| citation.provision.clone()).collect()
}
