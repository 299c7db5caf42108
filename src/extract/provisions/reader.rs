//! Reads a document sentence by sentence; what one sentence leaves open, others settle.

use std::{collections::HashMap, ops::Range};

use super::{
    citations::{Citation, Memory, Mention, Target, mentions},
    heads::Unit,
    laws::Laws,
    principles::principle,
    status::{Around, Judge, Verdict},
};
use crate::extract::label::Label;
use crate::model::{CitedProvision, Instrument, Provision, ProvisionStatus};

/// Who speaks in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The regulator, of what it finds.
    Regulator,
    /// Somebody else, or the regulator of something else.
    Other,
}

/// Sentences that may stand between the items of a list, such as statute quoted under each.
const LONGEST_ITEM: usize = 6;

/// Bytes before the citation of a list item: its number or bullet.
const LONGEST_BULLET: usize = 6;

/// Collects the citations of one document.
pub struct Reader<'a> {
    laws: Laws<'a>,
    powers: &'a [Provision],
    judge: Judge<'a>,
    memory: Memory,
    list: Option<OpenList>,
    /// The sentence before, if it may find infringements.
    before: String,
    found: Vec<(Citation, ProvisionStatus)>,
    /// For every section what its heading cites, and whether it stands.
    headed: Vec<Headed>,
}

/// A section under a heading that cites provisions, such as "Article 32: security".
#[derive(Debug, Default)]
struct Headed {
    /// Of [`Reader::found`].
    citations: Range<usize>,
    /// A sentence of the section says that something was not found.
    is_cleared: bool,
    /// A sentence of the section finds an infringement by itself.
    is_explicit: bool,
}

/// A sentence that finds an infringement ended with a colon: the items that follow name it.
struct OpenList {
    /// What the sentence itself names, if anything: the items only say more of it.
    named: Vec<Target>,
    /// Sentences since the last item.
    since: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(laws: Laws<'a>, powers: &'a [Provision], judge: Judge<'a>) -> Self {
        let (memory, list, before) = (Memory::default(), None, String::new());
        Self { laws, powers, judge, memory, list, before, found: Vec::new(), headed: Vec::new() }
    }

    /// Reads the heading of the next section; a list does not go on behind it.
    pub fn read_heading(&mut self, heading: &str, offset: usize, voice: Voice) {
        let first = self.found.len();
        self.read_words(heading, offset, voice);
        let words = heading.trim_start_matches(|c: char| !c.is_alphabetic());
        let opens_with_one = self.found.get(first).is_some_and(|(citation, _)| {
            citation.span.start - offset <= heading.len() - words.len()
        });
        let cites = opens_with_one && voice == Voice::Regulator;
        let citations = if cites { first..self.found.len() } else { first..first };
        let is_cleared = self.judge.clears(heading);
        self.headed.push(Headed { citations, is_cleared, is_explicit: false });
        self.list = None;
        self.before.clear();
    }

    /// Reads a sentence that starts at byte `offset` of the text.
    pub fn read(&mut self, sentence: &str, offset: usize, voice: Voice, labels: &[Label]) {
        let voice = if labels.contains(&Label::Finds) { Voice::Regulator } else { voice };
        let first = self.found.len();
        self.read_words(sentence, offset, voice);
        let is_explicit = self.found[first..].iter().any(|(_, s)| *s == ProvisionStatus::Infringed);
        if let Some(section) = self.headed.last_mut() {
            section.is_explicit |= is_explicit;
            section.is_cleared |= labels.contains(&Label::Clears);
        }
    }

    fn read_words(&mut self, sentence: &str, offset: usize, voice: Voice) {
        let mentions = mentions(sentence, &self.laws, &mut self.memory);
        let statuses = match voice {
            Voice::Other => vec![ProvisionStatus::Cited; mentions.len()],
            Voice::Regulator => self.statuses(sentence, &mentions),
        };
        self.open_list(sentence, &mentions, &statuses, voice);
        for (mention, status) in mentions.into_iter().zip(statuses) {
            let moved = mention.citations.into_iter().map(|citation| {
                let Range { start, end } = citation.span;
                Citation { span: offset + start..offset + end, ..citation }
            });
            self.found.extend(moved.map(|citation| (citation, status)));
        }
        self.before.clear();
        self.before.push_str(if voice == Voice::Regulator { sentence } else { "" });
    }

    /// The status of each mention.
    fn statuses(&mut self, sentence: &str, mentions: &[Mention]) -> Vec<ProvisionStatus> {
        let mut statuses: Vec<ProvisionStatus> = Vec::with_capacity(mentions.len());
        let mut from = 0;
        let mut in_list = self.is_item(sentence, mentions);
        for (index, mention) in mentions.iter().enumerate() {
            let start = mention.start();
            let next = mentions.get(index + 1).map_or(sentence.len(), Mention::start);
            let around = Around {
                lead: &sentence[..start],
                between: &sentence[from.min(start)..start],
                head: &sentence[start..mention.list.max(start)],
                behind: &sentence[mention.end..next.max(mention.end)],
                is_first: index == 0,
            };
            let verdict = self.judge.verdict(&around);
            in_list &= index == 0 || verdict == Verdict::Same;
            let last = statuses.last().copied().unwrap_or(ProvisionStatus::Cited);
            statuses.push(match verdict {
                Verdict::Status(status) => status,
                _ if in_list && self.is_named(mention) => ProvisionStatus::Infringed,
                Verdict::Same => last,
                Verdict::AsBefore if self.judge.finds_infringement(&self.before) => {
                    ProvisionStatus::Infringed
                }
                Verdict::AsBefore | Verdict::Nothing => ProvisionStatus::Cited,
            });
            from = mention.end;
        }
        statuses
    }

    /// Whether the sentence is an item of an open list: it begins with a citation.
    fn is_item(&self, sentence: &str, mentions: &[Mention]) -> bool {
        let (Some(list), Some(first)) = (&self.list, mentions.first()) else { return false };
        let start = first.start();
        let lead = &sentence[..start];
        let begins =
            start <= LONGEST_BULLET && !lead.chars().take(2).all(char::is_alphabetic) || start == 0;
        let stops = || {
            let behind = sentence[first.end..].trim_start();
            behind.is_empty()
                || behind.starts_with(['(', '–', '-', ':', ';', ',', '.'])
                || behind.starts_with("which")
        };
        begins && (list.since == 0 || stops() || start > 0)
    }

    /// Whether an open list leaves the provisions of a mention open, or names them.
    fn is_named(&self, mention: &Mention) -> bool {
        let Some(OpenList { named, .. }) = &self.list else { return false };
        let related = |one: &Target, other: &Target| {
            one.unit == other.unit
                && one.number == other.number
                && one.paragraphs.iter().zip(&other.paragraphs).all(|(a, b)| a == b)
        };
        named.is_empty()
            || mention.citations.iter().any(|c| named.iter().any(|name| related(name, &c.target)))
    }

    /// Opens a list behind a colon, or closes the one that is open.
    fn open_list(
        &mut self,
        sentence: &str,
        mentions: &[Mention],
        statuses: &[ProvisionStatus],
        voice: Voice,
    ) {
        if voice == Voice::Regulator
            && sentence.trim_end().ends_with(':')
            && self.judge.finds_infringement(sentence)
        {
            let infringed =
                mentions.iter().zip(statuses).filter(|(_, s)| **s == ProvisionStatus::Infringed);
            let named = infringed.flat_map(|(m, _)| m.citations.iter().map(|c| c.target.clone()));
            let mut named: Vec<Target> = named.collect();
            if let Some(outer) = self.list.take().filter(|_| named.is_empty()) {
                named = outer.named;
            }
            self.list = Some(OpenList { named, since: 0 });
        } else if self.list.is_some() {
            let is_item = self.is_item(sentence, mentions);
            self.list = self.list.take().and_then(|list| {
                let since = if is_item { 0 } else { list.since + 1 };
                (since <= LONGEST_ITEM).then_some(OpenList { since, ..list })
            });
        }
    }

    /// All citations in the order of the text, each with the law that it is of.
    ///
    /// What the heading of a section cites was infringed if something failed in that section, by its
    /// number. In a case that states its infringements by such headings alone, it was anyway.
    pub fn finish(
        mut self,
        tells_a_case: bool,
        has_failing: impl Fn(usize) -> bool,
    ) -> Vec<CitedProvision> {
        let by_headings = tells_a_case
            && self
                .headed
                .iter()
                .all(|section| !section.is_explicit || !section.citations.is_empty());
        for (number, section) in self.headed.iter().enumerate() {
            if !section.is_cleared && (by_headings || has_failing(number)) {
                for (_, status) in &mut self.found[section.citations.clone()] {
                    *status = ProvisionStatus::Infringed;
                }
            }
        }
        let settled = Settled::new(&self.found, &self.laws);
        let mut cited = Vec::with_capacity(self.found.len());
        for (citation, status) in &self.found {
            for law in settled.laws(citation) {
                let has_part_3 = self.laws.definitions.has_part_3;
                let Some(provision) = provision(&citation.target, law, has_part_3) else {
                    continue;
                };
                let is_power = self.powers.iter().any(|power| power.covers(&provision));
                let status = if is_power { ProvisionStatus::Cited } else { *status };
                let (uri, Range { start, end }) = (provision.uri(), citation.span.clone());
                cited.push(CitedProvision { provision, status, uri, start, end });
            }
        }
        cited
    }
}

/// The laws meant where a citation names none.
struct Settled<'r> {
    /// By unit and number, as the document first names them.
    named: HashMap<(Unit, &'r str), &'r [Instrument]>,
    laws: &'r Laws<'r>,
}

impl<'r> Settled<'r> {
    fn new(found: &'r [(Citation, ProvisionStatus)], laws: &'r Laws<'r>) -> Self {
        let mut named = HashMap::new();
        for (citation, _) in found.iter().filter(|(citation, _)| !citation.laws.is_empty()) {
            let key = (citation.target.unit, citation.target.number.as_str());
            named.entry(key).or_insert(citation.laws.as_slice());
        }
        Self { named, laws }
    }

    /// The law named, or else the one of which the document cites the same number, or else the one meant
    /// by default.
    fn laws(&self, citation: &Citation) -> Vec<Instrument> {
        let target = &citation.target;
        match self.named.get(&(target.unit, target.number.as_str())) {
            _ if !citation.laws.is_empty() => citation.laws.clone(),
            Some(named) => named.to_vec(),
            None => vec![self.laws.definitions.default_of(target.unit)],
        }
    }
}

/// The provision that a target is in a law; `None` where that law has none such.
pub fn provision(target: &Target, law: Instrument, has_part_3: bool) -> Option<Provision> {
    let Target { unit, number, paragraphs } = target;
    // Sections 55A to 55E, on penalties, exist in the 1998 Act only; notices under PECR cite them beside
    // the 2018 Act.
    let on_penalties = law == Instrument::Dpa2018 && number.starts_with("55") && number.len() > 2;
    let law = if on_penalties { Instrument::Dpa1998 } else { law };
    match unit {
        Unit::Principle => principle(number.parse().ok()?, law, has_part_3),
        Unit::Schedule => Some(Provision::schedule(law, number, paragraphs.clone())),
        _ => Some(Provision::new(law, number, paragraphs.clone())),
    }
}
