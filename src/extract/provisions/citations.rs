//! All citations of one sentence.

use std::ops::Range;

use super::{
    heads::{self, Head, Unit},
    laws::{Laws, Naming, Sentence},
    list::{Item, read_list},
    parts::{Parts, back_references, read_parts},
    principles::ordinals,
};
use crate::model::Instrument;

/// A provision as it is written, before its law is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub unit: Unit,
    pub number: String,
    pub paragraphs: Vec<String>,
}

/// One provision at its place in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub target: Target,
    /// The laws that the sentence names for it; none if it is meant by the text around.
    pub laws: Vec<Instrument>,
    pub span: Range<usize>,
}

/// Citations that share one word, such as "Articles".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// At least one.
    pub citations: Vec<Citation>,
    /// Where its number begins: the words before it are judged with the head.
    pub list: usize,
    pub end: usize,
}

impl Mention {
    /// Where its words begin.
    pub fn start(&self) -> usize {
        self.citations[0].span.start
    }
}

/// Mentions of one sentence among which "that Article" looks for its own.
const MOST_MENTIONS_BACK: usize = 20;

/// The provisions cited last, to which "that Article" points.
#[derive(Debug, Clone, Default)]
pub struct Memory(Vec<(Target, Vec<Instrument>)>);

impl Memory {
    fn last(&self, unit: Unit) -> Option<&(Target, Vec<Instrument>)> {
        self.0.iter().find(|(target, _)| target.unit == unit)
    }

    fn keep(&mut self, citation: &Citation) {
        self.0.retain(|(target, _)| target.unit != citation.target.unit);
        self.0.push((citation.target.clone(), citation.laws.clone()));
    }
}

/// The mentions of a sentence in their order.
pub fn mentions(text: &str, laws: &Laws<'_>, memory: &mut Memory) -> Vec<Mention> {
    let back = back_references(text);
    let before = if back.is_empty() { Memory::default() } else { memory.clone() };
    let mut found = from_heads(text, laws, memory);
    let backward = backward(back, &found, &before);
    let principles = ordinals(text).into_iter().map(|(numbers, span)| {
        let target = |number: &u8| Target {
            unit: Unit::Principle,
            number: number.to_string(),
            paragraphs: Vec::new(),
        };
        let laws = Vec::new();
        at_span(numbers.iter().map(|number| (target(number), laws.clone())), &span)
    });
    found.extend(principles.chain(backward));
    found.sort_by_key(Mention::start);
    found
}

/// A mention that is no list: its words say all of it.
fn at_span(
    targets: impl Iterator<Item = (Target, Vec<Instrument>)>,
    span: &Range<usize>,
) -> Mention {
    let citations = targets.map(|(target, laws)| Citation { target, laws, span: span.clone() });
    Mention { citations: citations.collect(), list: span.end, end: span.end }
}

/// "that Article" and the like: the one cited last in the sentence, or else before it.
fn backward(back: Vec<(Unit, Range<usize>)>, found: &[Mention], memory: &Memory) -> Vec<Mention> {
    let meant = |(unit, span): (Unit, Range<usize>)| {
        let before = &found[..found.partition_point(|mention| mention.start() < span.start)];
        let mut near = before.iter().rev().take(MOST_MENTIONS_BACK);
        let last = near.find(|mention| mention.citations[0].target.unit == unit);
        let is_free = before.last().is_none_or(|mention| mention.end <= span.start)
            && found.get(before.len()).is_none_or(|mention| mention.start() >= span.end);
        let own = last.and_then(|mention| mention.citations.last());
        let (target, laws) = match own {
            Some(citation) => (citation.target.clone(), citation.laws.clone()),
            None => memory.last(unit)?.clone(),
        };
        let whole = Target { paragraphs: Vec::new(), ..target };
        is_free.then(|| at_span(std::iter::once((whole, laws)), &span))
    };
    back.into_iter().filter_map(meant).collect()
}

fn from_heads(text: &str, laws: &Laws<'_>, memory: &mut Memory) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    if !heads::may_open(text) {
        return found;
    }
    let mut sentence = None;
    let mut at = 0;
    while let Some(head) = heads::next(text, at) {
        let sentence = sentence.get_or_insert_with(|| Sentence::new(text));
        let read = match head.unit {
            Unit::Paragraph => {
                read_parts(text, &head).and_then(|parts| whole(&head, parts, memory))
            }
            unit => Some(listed(&head, read_list(text, head.list, unit))),
        };
        let Some(mut mention) = read.filter(|mention| !mention.citations.is_empty()) else {
            at = head.list + 1;
            continue;
        };
        at = mention.end.max(head.list + 1);
        if give_law(&mut mention, &head, sentence, laws) {
            mention.citations.iter().for_each(|citation| memory.keep(citation));
            found.push(mention);
        }
    }
    found
}

fn listed(head: &Head, items: Vec<Item>) -> Mention {
    let end = items.last().map_or(head.list, |item| item.end);
    let citation = |(index, item): (usize, Item)| Citation {
        target: Target { unit: head.unit, number: item.number, paragraphs: item.paragraphs },
        laws: Vec::new(),
        span: if index == 0 { head.start } else { item.start }..item.end,
    };
    let citations = items.into_iter().enumerate().map(citation).collect();
    Mention { citations, list: head.list, end }
}

/// The parts of what is named, or of what was cited last; `None` if that is nothing.
fn whole(head: &Head, parts: Parts, memory: &Memory) -> Option<Mention> {
    let Parts { chains, unit, whole, end } = parts;
    let (target, laws) = match whole {
        Some(Item { number, paragraphs, .. }) => (Target { unit, number, paragraphs }, Vec::new()),
        None => memory
            .last(unit)
            .cloned()
            .map(|(target, laws)| (Target { paragraphs: Vec::new(), ..target }, laws))?,
    };
    let citation = |chain: Vec<String>| Citation {
        target: Target {
            paragraphs: [target.paragraphs.clone(), chain].concat(),
            ..target.clone()
        },
        laws: laws.clone(),
        span: head.start..end,
    };
    let citations = chains.into_iter().map(citation).collect();
    Some(Mention { citations, list: head.list, end })
}

/// Gives the citations the laws that the sentence names; whether they are of a law followed here.
fn give_law(mention: &mut Mention, head: &Head, sentence: &Sentence<'_>, laws: &Laws<'_>) -> bool {
    let unit = mention.citations[0].target.unit;
    let named = match laws.of(sentence, unit, head.start, mention.end) {
        Naming::Laws(named) => named,
        Naming::Foreign => return false,
        Naming::Unsaid => Vec::new(),
    };
    let has_paragraphs = mention.citations.iter().any(|c| !c.target.paragraphs.is_empty());
    if named.is_empty() && (head.is_weak || unit == Unit::Schedule && !has_paragraphs) {
        return false;
    }
    if !named.is_empty() {
        mention.citations.iter_mut().for_each(|citation| citation.laws.clone_from(&named));
    }
    true
}
