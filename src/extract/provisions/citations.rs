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
    pub citations: Vec<Citation>,
    /// Where its number begins: the words before it are judged with the head.
    pub list: usize,
    pub end: usize,
}

/// The provisions cited last, to which "that Article" points.
#[derive(Debug, Default)]
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
    let mut found = from_heads(text, laws, memory);
    found.extend(ordinals(text).into_iter().map(|(numbers, span)| {
        let (list, end) = (span.end, span.end);
        let citations = numbers.iter().map(|number| Citation {
            target: Target {
                unit: Unit::Principle,
                number: number.to_string(),
                paragraphs: Vec::new(),
            },
            laws: Vec::new(),
            span: span.clone(),
        });
        Mention { citations: citations.collect(), list, end }
    }));
    for (unit, span) in back_references(text) {
        let is_free = found.iter().all(|m| m.end <= span.start || m.citations[0].span.start >= span.end);
        let before = found.iter().rfind(|m| m.end <= span.start).and_then(|m| m.citations.last());
        let own = before.filter(|c| c.target.unit == unit).map(|c| (c.target.clone(), c.laws.clone()));
        if let Some((target, laws)) = own.or_else(|| memory.last(unit).cloned()).filter(|_| is_free) {
            let target = Target { paragraphs: Vec::new(), ..target };
            let (list, end) = (span.end, span.end);
            found.push(Mention { citations: vec![Citation { target, laws, span }], list, end });
        }
    }
    found.sort_by_key(|mention| mention.citations[0].span.start);
    found
}

fn from_heads(text: &str, laws: &Laws<'_>, memory: &mut Memory) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut sentence = None;
    let mut at = 0;
    while let Some(head) = heads::next(text, at) {
        let sentence = sentence.get_or_insert_with(|| Sentence::new(text));
        let read = match head.unit {
            Unit::Paragraph => read_parts(text, &head).and_then(|parts| whole(&head, parts, memory)),
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
        None => memory.last(unit).cloned().map(|(target, laws)| {
            (Target { paragraphs: Vec::new(), ..target }, laws)
        })?,
    };
    let citation = |chain: Vec<String>| Citation {
        target: Target { paragraphs: [target.paragraphs.clone(), chain].concat(), ..target.clone() },
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
