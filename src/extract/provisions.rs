//! Finds provisions in all spellings: "Articles 5(1)(f) and 32(1)(b) and (2) of the UK GDPR",
//! "section 38(3) of the DPA", "regulations 21 and 24 of PECR", "Article S(l)(f)".

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::{CitedProvision, Instrument, Provision, ProvisionStatus},
    taxonomy::Taxonomy,
};

/// The word that opens a citation.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?i:(?<article>articles?|arts?\.?)|(?<section>sections?|ss?\.)|(?<regulation>regulations?|regs?\.?))\s*(?:[0-9(]|[Ss]\s?\()",
    )
    .expect("a valid pattern")
});

/// "the seventh data protection principle" of the 1998 Act.
static PRINCIPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(first|second|third|fourth|fifth|sixth|seventh|eighth) data protection principle",
    )
    .expect("a valid pattern")
});

const ORDINALS: [&str; 8] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// Laws with articles or sections of their own that casebook does not follow.
const FOREIGN: [&str; 8] = [
    "echr", "convention", "charter", "directive", "treaty", "tfeu", "human rights act",
    "equality act",
];

/// Widest range ("Articles 33 to 34") that is written out.
const WIDEST_RANGE: u16 = 12;

/// Knows the names of the laws.
pub struct ProvisionFinder {
    law_names: Vec<(String, Instrument)>,
    powers: Vec<Provision>,
}

impl ProvisionFinder {
    /// Takes the names of the laws from the taxonomy.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy) -> Self {
        Self { law_names: taxonomy.law_names.clone(), powers: taxonomy.powers.clone() }
    }

    /// The provisions that a short text cites, such as a query.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Provision> {
        let citations = self.reader(text).citations(text);
        citations.into_iter().map(|(provision, ..)| provision).collect()
    }

    /// The same, each with its place in the text.
    #[must_use]
    pub fn find_with_places(&self, text: &str) -> Vec<(Provision, std::ops::Range<usize>)> {
        let citations = self.reader(text).citations(text);
        citations.into_iter().map(|(provision, start, end)| (provision, start..end)).collect()
    }

    /// Begins reading a document; sentences follow in order.
    pub(super) fn reader<'a>(&'a self, text: &str) -> Reader<'a> {
        Reader {
            finder: self,
            defaults: Defaults::of(text),
            list_follows: false,
            found: Vec::new(),
        }
    }

    /// The law named at the start of `after` ("of the UK GDPR ..."), with whether the name has a year.
    fn law_after(&self, after: &str) -> Option<(Instrument, bool)> {
        let mut rest = after.trim_start_matches([' ', ',']);
        for word in ["of ", "in ", "under ", "to ", "from ", "the ", "both ", "of ", "the "] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        self.law_at(|name| rest.strip_prefix(name).is_some_and(ends_word))
    }

    /// The law named at the end of `before` ("UK GDPR Article ...").
    fn law_before(&self, before: &str) -> Option<(Instrument, bool)> {
        let before = before.trim_end();
        self.law_at(|name| before.ends_with(name))
    }

    fn law_at(&self, is_there: impl Fn(&str) -> bool) -> Option<(Instrument, bool)> {
        let (name, instrument) = self.law_names.iter().find(|(name, _)| is_there(name))?;
        Some((*instrument, name.contains(|c: char| c.is_ascii_digit())))
    }
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// The laws meant where a citation names none, judged from the whole text.
#[derive(Debug, Clone, Copy)]
struct Defaults {
    articles: Instrument,
    sections: Instrument,
}

impl Defaults {
    fn of(text: &str) -> Self {
        let has_uk = text.contains("UK GDPR") || text.contains("UK General Data Protection");
        let has_2018 =
            ["Protection Act 2018", "DPA 2018", "DPA18"].iter().any(|name| text.contains(name));
        let has_1998 = text.contains("Act 1998") || text.contains("DPA 1998");
        Self {
            articles: if has_uk { Instrument::UkGdpr } else { Instrument::Gdpr },
            sections: if has_1998 && !has_2018 { Instrument::Dpa1998 } else { Instrument::Dpa2018 },
        }
    }
}

/// Collects the citations of one document.
pub struct Reader<'a> {
    finder: &'a ProvisionFinder,
    defaults: Defaults,
    /// A sentence that finds an infringement ended with a colon: the items that follow name it.
    list_follows: bool,
    found: Vec<CitedProvision>,
}

impl Reader<'_> {
    /// Reads a sentence that starts at byte `offset` of the text.
    pub fn read(&mut self, sentence: &str, offset: usize, infringed: bool) {
        let citations = self.citations(sentence);
        let opens_with_one = citations.first().is_some_and(|(_, start, _)| *start < 4);
        self.list_follows =
            if infringed { sentence.ends_with(':') } else { self.list_follows && opens_with_one };
        let listed = !infringed && self.list_follows;
        for (index, (provision, start, end)) in citations.into_iter().enumerate() {
            let is_power = self.finder.powers.iter().any(|power| power.covers(&provision));
            let status = if !is_power && (infringed || (listed && index == 0)) {
                ProvisionStatus::Infringed
            } else {
                ProvisionStatus::Cited
            };
            let uri = provision.uri();
            self.found.push(CitedProvision {
                provision,
                status,
                uri,
                start: offset + start,
                end: offset + end,
            });
        }
    }

    /// The provisions that a heading of the document cites.
    pub fn find(&self, heading: &str) -> Vec<Provision> {
        self.citations(heading).into_iter().map(|(provision, ..)| provision).collect()
    }

    /// All citations in the order of the text.
    pub fn finish(self) -> Vec<CitedProvision> {
        self.found
    }

    fn citations(&self, sentence: &str) -> Vec<(Provision, usize, usize)> {
        let lower = sentence.to_ascii_lowercase();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(head) = HEAD.captures_at(sentence, at) {
            let whole = head.get_match();
            let list_start =
                whole.start() + head.iter().skip(1).flatten().map(|m| m.len()).sum::<usize>();
            let (items, end) = read_list(sentence, list_start);
            at = end.max(whole.end());
            let Some(last) = items.last() else { continue };
            let after = &lower[last.end..];
            let named = self
                .finder
                .law_after(after)
                .or_else(|| self.finder.law_before(&lower[..whole.start()]));
            let Some(instrument) = self.instrument(&head, named, after) else { continue };
            for item in &items {
                let instrument = Self::of_section(instrument, &item.number);
                let start = if item.start == items[0].start { whole.start() } else { item.start };
                let provision = Provision::new(instrument, &item.number, item.paragraphs.clone());
                found.push((provision, start, item.end));
            }
        }
        found.extend(self.principles(sentence));
        found.sort_by_key(|(_, start, _)| *start);
        found
    }

    fn instrument(
        &self,
        head: &regex::Captures<'_>,
        named: Option<(Instrument, bool)>,
        after: &str,
    ) -> Option<Instrument> {
        use Instrument::{Dpa1998, Dpa2018, Fees2018, Gdpr, Pecr, UkGdpr};
        let kind = |name: &str| head.name(name).is_some();
        match named {
            Some((UkGdpr | Gdpr, _)) if !kind("article") => None,
            Some((Pecr | Fees2018, _)) if !kind("regulation") => None,
            Some((Dpa2018 | Dpa1998, false)) if kind("section") => Some(self.defaults.sections),
            Some((law, _)) => Some(law),
            None if names_foreign_law(after) => None,
            None if kind("article") => Some(self.defaults.articles),
            None if kind("section") => Some(self.defaults.sections),
            None => Some(Pecr),
        }
    }

    /// Sections 55A to 55E, on penalties, exist in the 1998 Act only; notices under PECR cite them
    /// beside the 2018 Act.
    fn of_section(instrument: Instrument, number: &str) -> Instrument {
        let on_penalties =
            instrument == Instrument::Dpa2018 && number.starts_with("55") && number.len() > 2;
        if on_penalties { Instrument::Dpa1998 } else { instrument }
    }

    fn principles(&self, sentence: &str) -> Vec<(Provision, usize, usize)> {
        if self.defaults.sections != Instrument::Dpa1998 {
            return Vec::new();
        }
        PRINCIPLE
            .captures_iter(sentence)
            .filter_map(|found| {
                let ordinal = found[1].to_lowercase();
                let number = ORDINALS.iter().zip(1..).find(|(name, _)| **name == ordinal)?.1;
                let whole = found.get_match();
                Some((Provision::principle(number), whole.start(), whole.end()))
            })
            .collect()
    }
}

fn names_foreign_law(after: &str) -> bool {
    let near: String = after.chars().take(60).collect();
    let near = near.split(['.', ';', ',']).next().unwrap_or_default().to_owned();
    near.trim_start().starts_with("of ") && FOREIGN.iter().any(|law| near.contains(law))
        || FOREIGN.iter().any(|law| near.trim_start().starts_with(law))
}

/// One member of a list of provisions, with its place in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    number: String,
    paragraphs: Vec<String>,
    start: usize,
    end: usize,
}

/// The members of "5(1)(f), 32(1)(b) and (2)" and the offset behind the last.
fn read_list(text: &str, start: usize) -> (Vec<Item>, usize) {
    let mut items: Vec<Item> = Vec::new();
    let mut at = skip_blanks(text, start);
    let mut is_range = false;
    while let Some(item) = read_item(text, at, items.last()) {
        if is_range {
            fill_range(&mut items, &item);
        }
        at = item.end;
        items.push(item);
        let Some((next, range)) = skip_separator(text, at) else { break };
        (at, is_range) = (next, range);
    }
    let end = items.last().map_or(start, |item| item.end);
    (items, end)
}

fn read_item(text: &str, at: usize, before: Option<&Item>) -> Option<Item> {
    let rest = &text[at..];
    let (number, behind) = match read_number(rest) {
        Some((number, length)) => (Some(number), at + length),
        None => (None, at),
    };
    let (paragraphs, end) = read_paragraphs(text, behind);
    match (number, before) {
        (Some(number), _) => Some(Item { number, paragraphs, start: at, end }),
        (None, Some(before)) if !paragraphs.is_empty() => Some(Item {
            number: before.number.clone(),
            paragraphs: in_place_of(&before.paragraphs, &paragraphs),
            start: at,
            end,
        }),
        _ => None,
    }
}

/// "32", "21A", or "S" for a 5 where a scanner misread it.
fn read_number(rest: &str) -> Option<(String, usize)> {
    let misread = rest.starts_with(['S', 's']) && rest[1..].trim_start().starts_with('(');
    if misread {
        return Some(("5".to_owned(), 1));
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letters = rest[digits..].len()
        - rest[digits..].trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let end = digits + letters;
    let goes_on = rest[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%')
        || (rest[end..].starts_with(['.', ','])
            && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let fits = (1..=3).contains(&digits) && letters <= 2 && !goes_on;
    fits.then(|| (rest[..end].to_owned(), end))
}

/// "(1)(f)" with or without blanks, and the offset behind; "l" is a misread 1.
fn read_paragraphs(text: &str, start: usize) -> (Vec<String>, usize) {
    let (mut paragraphs, mut end) = (Vec::new(), start);
    loop {
        let at = if text[end..].starts_with(" (") { end + 1 } else { end };
        let inner = text[at..]
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .map(|(inner, _)| inner);
        let Some(inner) = inner.filter(|inner| is_paragraph(inner)) else { break };
        end = at + inner.len() + 2;
        paragraphs.push(if inner == "l" && paragraphs.is_empty() {
            "1".to_owned()
        } else {
            inner.to_owned()
        });
    }
    (paragraphs, end)
}

fn is_paragraph(inner: &str) -> bool {
    let digits = inner.chars().all(|c| c.is_ascii_digit()) && inner.len() <= 2;
    let letters = inner.chars().all(|c| c.is_ascii_lowercase())
        && (inner.len() <= 2 || inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
    !inner.is_empty() && (digits || letters)
}

/// "(2)" after "32(1)(b)" is 32(2); "(d)" after it is 32(1)(d).
fn in_place_of(before: &[String], paragraphs: &[String]) -> Vec<String> {
    let is_number = |text: &String| text.starts_with(|c: char| c.is_ascii_digit());
    let kind = paragraphs.first().map(is_number);
    let depth =
        before.iter().rposition(|text| Some(is_number(text)) == kind).unwrap_or(before.len());
    [&before[..depth], paragraphs].concat()
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

/// The offset behind ", ", " and ", " to " and so on, and whether it makes a range.
fn skip_separator(text: &str, at: usize) -> Option<(usize, bool)> {
    static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:(?<range>to|–|-)|(?:,|;)?\s*(?:and/or|and|or|&)|,|;|/)\s*(?i:(?:articles?|sections?|regulations?|art\.?)\s+)?")
            .expect("a valid pattern")
    });
    let found = SEPARATOR.captures(&text[at..])?;
    let whole = found.get_match();
    let spaced = whole.as_str().contains([' ', ',', ';', '–', '-', '/']);
    spaced.then(|| (at + whole.end(), found.name("range").is_some()))
}

fn fill_range(items: &mut Vec<Item>, last: &Item) {
    let Some(first) = items.last().cloned() else { return };
    let (Ok(from), Ok(to)) = (first.number.parse::<u16>(), last.number.parse::<u16>()) else {
        return;
    };
    let plain = first.paragraphs.is_empty() && last.paragraphs.is_empty();
    if plain && to > from && to - from <= WIDEST_RANGE {
        items.extend(
            (from + 1..to).map(|number| Item { number: number.to_string(), ..first.clone() }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cited(text: &str) -> Vec<String> {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let finder = ProvisionFinder::new(&taxonomy);
        let mut reader = finder.reader(text);
        reader.read(text, 0, false);
        reader.finish().into_iter().map(|c| c.provision.to_string()).collect()
    }

    #[test]
    fn lists_share_one_law() {
        assert_eq!(
            cited("Articles 5(1)(f), 32(1)(b) and (2) and 33 of the UK GDPR."),
            ["UK GDPR Art 5(1)(f)", "UK GDPR Art 32(1)(b)", "UK GDPR Art 32(2)", "UK GDPR Art 33"]
        );
        assert_eq!(
            cited("Article 32(1)(b) and (d) GDPR"),
            ["GDPR Art 32(1)(b)", "GDPR Art 32(1)(d)"]
        );
        assert_eq!(cited("Regulations 21 and 24 of PECR"), ["PECR reg 21", "PECR reg 24"]);
        assert_eq!(cited("articles 33 to 35 of the GDPR").len(), 3);
    }

    #[test]
    fn every_spelling_comes_to_one_form() {
        assert_eq!(cited("Article 5 (1)(f) of the UK GDPR"), ["UK GDPR Art 5(1)(f)"]);
        assert_eq!(
            cited("Articles S(l)(f) and 32(l)(b) UK GDPR"),
            ["UK GDPR Art 5(1)(f)", "UK GDPR Art 32(1)(b)"]
        );
        assert_eq!(cited("section 55A of the Data Protection Act 1998"), ["DPA 1998 s.55A"]);
        assert_eq!(cited("UK GDPR Art. 12(3)"), ["UK GDPR Art 12(3)"]);
        assert_eq!(cited("s.170 DPA 2018"), ["DPA 2018 s.170"]);
    }

    #[test]
    fn what_is_no_provision_of_ours_is_left() {
        for text in [
            "Article 8 of the ECHR",
            "section 12 months later",
            "It sent 22 articles.",
            "Regulations 2003",
        ] {
            assert!(
                !cited(text).iter().any(|p| p.contains(" Art 8") || p.contains("2003")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_list_after_a_colon_is_infringed() {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let finder = ProvisionFinder::new(&taxonomy);
        let mut reader = finder.reader("UK GDPR");
        reader.read("The following infringements were found:", 0, true);
        reader.read("Article 35(1), which refers to Article 9", 50, false);
        reader.read("Article 5 matters in general.", 120, false);
        reader.read("The rest follows.", 150, false);
        reader.read("Article 6 was considered.", 180, false);
        let status: Vec<_> =
            reader.finish().into_iter().map(|c| c.status == ProvisionStatus::Infringed).collect();
        assert_eq!(status, [true, false, true, false]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(Art(icle|s\\.)? ?|section |reg |S|l|[0-9(),;.–é]| and | to ){0,20}") {
            let _ = cited(&text);
        }
    }
}
