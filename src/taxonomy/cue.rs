//! The language of cues: reading one, and matching it in a sentence.
//!
//! A cue is a sequence of words, matched by stem in one sentence: `@failed_to ... (complete|carry out)
//! @dpia`. `...` is a gap of up to six words and `...12` of up to twelve, `(a|b c|)` are alternatives,
//! `=word` matches that form only, `^` the start of the sentence, and `@name` stands for the alternatives of that name.

use std::{collections::BTreeMap, sync::Arc};

use thiserror::Error;

use super::{
    positions::Sentence,
    words::{Term, Vocabulary, split_words},
};

/// Words in a gap written as `...`.
const USUAL_GAP: usize = 6;

/// Wider gaps join what has nothing to do with each other.
const WIDEST_GAP: usize = 30;

/// Deeper alternatives can hardly be read.
const DEEPEST_NESTING: usize = 8;

/// Words too common to look for first, in alphabetical order.
const COMMON: [&str; 58] = [
    "a", "about", "an", "and", "any", "are", "article", "as", "at", "be", "been", "by",
    "commissioner", "data", "did", "do", "fail", "failed", "failure", "for", "from", "had", "has",
    "have", "in", "information", "is", "it", "its", "lack", "made", "no", "none", "not", "of",
    "on", "or", "out", "personal", "process", "should", "take", "that", "the", "their", "there",
    "they", "this", "to", "up", "use", "was", "were", "which", "who", "with", "without", "would",
];

/// A cue that cannot be read.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum CueError {
    /// No words at all.
    #[error("the cue `{0}`, or one of its alternatives, has no words; delete it or write one")]
    Empty(String),
    /// A parenthesis without its partner.
    #[error("the cue `{0}` has an unbalanced parenthesis; alternatives are written (a|b c)")]
    Unbalanced(String),
    /// Nothing but words that nearly every sentence has.
    #[error(
        "the cue `{0}` has only common words and gaps, so that it matches nearly everything; add a \
         word that tells"
    )]
    MatchesEverything(String),
    /// Alternatives in alternatives in alternatives.
    #[error("the cue `{0}` nests parentheses more than {DEEPEST_NESTING} deep; write several cues")]
    TooDeep(String),
    /// A gap that is no number, or a very wide one.
    #[error(
        "the cue `{cue}` has the gap `{gap}`; write `...`, or `...12` with a number of words up to \
         {WIDEST_GAP}"
    )]
    BadGap {
        /// The cue.
        cue: String,
        /// The gap.
        gap: String,
    },
    /// An unknown list, or one that uses itself.
    #[error("the cue `{cue}` uses `@{name}`, which terms.toml does not define, or only by itself")]
    UnknownList {
        /// The cue.
        cue: String,
        /// The list that it names.
        name: String,
    },
}

impl CueError {
    /// The cue as it is written.
    #[must_use]
    pub fn cue(&self) -> &str {
        match self {
            Self::Empty(cue)
            | Self::Unbalanced(cue)
            | Self::MatchesEverything(cue)
            | Self::TooDeep(cue)
            | Self::BadGap { cue, .. }
            | Self::UnknownList { cue, .. } => cue,
        }
    }
}

/// Named alternatives of terms.toml.
pub type Lists = BTreeMap<String, Vec<String>>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// The first word of the sentence follows.
    Start,
    Stem(Term),
    Form(Term),
    Gap(usize),
    /// All uses of a list share its alternatives.
    Choice(Arc<Choice>),
}

/// Alternatives, of which each matches by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that begin with a word: its stem, and what follows. Few of their words occur in a
    /// sentence, so that most are passed over at once.
    pub by_stem: Vec<(Term, Vec<Node>)>,
    /// Those that begin otherwise, or are empty.
    pub others: Vec<Vec<Node>>,
}

impl Choice {
    fn add(&mut self, mut nodes: impl Iterator<Item = Node>) {
        match nodes.next() {
            Some(Node::Stem(stem)) => self.by_stem.push((stem, nodes.collect())),
            first => self.others.push(first.into_iter().chain(nodes).collect()),
        }
    }
}

/// Words of which any will do: sorted stems and forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Terms {
    pub stems: Vec<Term>,
    pub forms: Vec<Term>,
}

/// Words of which one must occur for a node to match.
#[derive(Debug, Clone, Default)]
struct Need {
    terms: Terms,
    /// How many of them are common.
    common: usize,
}

impl Need {
    fn len(&self) -> usize {
        self.terms.stems.len() + self.terms.forms.len()
    }

    /// Lower for words that few sentences have.
    fn commonness(&self) -> (usize, usize) {
        (self.common, self.len())
    }

    /// Whether one of its words is not in every other sentence.
    fn tells(&self) -> bool {
        self.common < self.len()
    }

    fn join(mut self, other: &Self) -> Self {
        self.terms.stems.extend(&other.terms.stems);
        self.terms.forms.extend(&other.terms.forms);
        self.common += other.common;
        self
    }

    fn into_terms(mut self) -> Terms {
        self.terms.stems.sort_unstable();
        self.terms.forms.sort_unstable();
        self.terms
    }
}

/// A node with its need, if it has one.
#[derive(Debug, Clone)]
pub struct Part {
    node: Node,
    need: Option<Need>,
}

impl Part {
    const fn free(node: Node) -> Self {
        Self { node, need: None }
    }
}

/// A cue ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// As it was written.
    pub source: String,
    nodes: Vec<Node>,
    /// For every part that cannot match without words, those of which one must occur; the part by
    /// which to look for the cue comes first.
    pub needs: Vec<Terms>,
}

impl Cue {
    /// Reads a cue that has a word that not every other sentence has.
    pub fn parse(
        source: &str,
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, CueError> {
        match Self::parse_common(source, lists, vocabulary)? {
            (cue, true) => Ok(cue),
            (_, false) => Err(CueError::MatchesEverything(source.to_owned())),
        }
    }

    /// Reads a cue and says whether it has such a word.
    pub fn parse_common(
        source: &str,
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<(Self, bool), CueError> {
        let mut parts = CueParser { cue: source, lists, vocabulary }.whole()?;
        // A gap at the end asks for nothing.
        while parts.last().is_some_and(|part| matches!(part.node, Node::Gap(_))) {
            parts.pop();
        }
        let (nodes, needs): (Vec<Node>, Vec<Option<Need>>) =
            parts.into_iter().map(|part| (part.node, part.need)).unzip();
        let mut needs: Vec<Need> = needs.into_iter().flatten().collect();
        needs.sort_by_key(Need::commonness);
        if needs.is_empty() {
            return Err(CueError::Empty(source.to_owned()));
        }
        let tells = needs.iter().any(Need::tells);
        let needs = needs.into_iter().map(Need::into_terms).collect();
        Ok((Self { source: source.to_owned(), nodes, needs }, tells))
    }

    /// Whether one of the alternatives of a list can be read; all its words may be common.
    pub fn check_alternative(
        source: &str,
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), CueError> {
        let mut parser = CueParser { cue: source, lists, vocabulary };
        if parser.whole()?.is_empty() {
            return Err(CueError::Empty(source.to_owned()));
        }
        Ok(())
    }

    /// Whether it matches anywhere in a sentence.
    pub fn matches(&self, sentence: &Sentence<'_>) -> bool {
        sentence.has(&self.nodes)
    }

    /// Number of the word at which it matches first.
    pub fn first_match(&self, sentence: &Sentence<'_>) -> Option<usize> {
        sentence.first(&self.nodes)
    }
}

struct CueParser<'a> {
    cue: &'a str,
    lists: &'a Lists,
    vocabulary: &'a mut Vocabulary,
}

/// Lists may use lists, but not for ever.
const DEEPEST_LIST: usize = 4;

impl CueParser<'_> {
    fn whole(&mut self) -> Result<Vec<Part>, CueError> {
        if nesting(self.cue) > DEEPEST_NESTING {
            return Err(CueError::TooDeep(self.cue.to_owned()));
        }
        self.sequence(self.cue, 0)
    }

    fn sequence(&mut self, text: &str, depth: usize) -> Result<Vec<Part>, CueError> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let (alternatives, after) = alternatives(inner).ok_or_else(|| self.unbalanced())?;
                parts.push(self.choice(alternatives.into_iter(), depth)?);
                rest = after.trim_start();
                continue;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
            let (item, after) = rest.split_at(end);
            self.item(item, depth, &mut parts)?;
            rest = after.trim_start();
        }
        Ok(parts)
    }

    fn choice<'t>(
        &mut self,
        alternatives: impl Iterator<Item = &'t str>,
        depth: usize,
    ) -> Result<Part, CueError> {
        let mut choice = Choice::default();
        let mut need = Some(Need::default());
        for text in alternatives {
            let parts = self.sequence(text, depth)?;
            if parts.is_empty() && !text.trim().is_empty() {
                return Err(CueError::Empty(self.cue.to_owned()));
            }
            let needs = parts.iter().filter_map(|part| part.need.as_ref());
            let rarest = needs.min_by_key(|need| need.commonness());
            need = need.zip(rarest).map(|(need, rarest)| need.join(rarest));
            choice.add(parts.into_iter().map(|part| part.node));
        }
        Ok(Part { node: Node::Choice(Arc::new(choice)), need })
    }

    fn item(&mut self, item: &str, depth: usize, parts: &mut Vec<Part>) -> Result<(), CueError> {
        if item == "^" {
            parts.push(Part::free(Node::Start));
        } else if let Some(limit) = item.strip_prefix("...") {
            parts.push(Part::free(Node::Gap(self.gap(limit)?)));
        } else if let Some(name) = item.strip_prefix('@') {
            parts.push(self.list(name, depth)?);
        } else if item.contains([')', '|']) {
            return Err(self.unbalanced());
        } else {
            let exact = item.starts_with('=');
            parts.extend(split_words(item).map(|word| self.word(&word, exact)));
        }
        Ok(())
    }

    /// The alternatives of a list, which are read once.
    fn list(&mut self, name: &str, depth: usize) -> Result<Part, CueError> {
        if let Some(known) = self.vocabulary.lists.get(name) {
            return Ok(known.clone());
        }
        let list = self.lists.get(name).filter(|_| depth < DEEPEST_LIST).ok_or_else(|| {
            CueError::UnknownList { cue: self.cue.to_owned(), name: name.to_owned() }
        })?;
        let part = self.choice(list.iter().map(String::as_str), depth + 1)?;
        self.vocabulary.lists.insert(name.to_owned(), part.clone());
        Ok(part)
    }

    fn word(&mut self, word: &str, exact: bool) -> Part {
        let mut need =
            Need { common: usize::from(COMMON.binary_search(&word).is_ok()), ..Need::default() };
        let node = if exact {
            let term = self.vocabulary.intern_form(word);
            need.terms.forms.push(term);
            Node::Form(term)
        } else {
            let term = self.vocabulary.intern_stem(word);
            need.terms.stems.push(term);
            Node::Stem(term)
        };
        Part { node, need: Some(need) }
    }

    fn gap(&self, limit: &str) -> Result<usize, CueError> {
        let width = if limit.is_empty() { Some(USUAL_GAP) } else { limit.parse().ok() };
        width.filter(|width| *width <= WIDEST_GAP).ok_or_else(|| CueError::BadGap {
            cue: self.cue.to_owned(),
            gap: format!("...{limit}"),
        })
    }

    fn unbalanced(&self) -> CueError {
        CueError::Unbalanced(self.cue.to_owned())
    }
}

/// How many parentheses are open at most.
fn nesting(text: &str) -> usize {
    let mut open = 0_usize;
    let depths = text.chars().map(|c| {
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        open
    });
    depths.max().unwrap_or_default()
}

/// The alternatives up to the parenthesis that closes them, and what stands behind it.
fn alternatives(inner: &str) -> Option<(Vec<&str>, &str)> {
    let (mut found, mut start, mut open) = (Vec::new(), 0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => {
                found.push(&inner[start..at]);
                return Some((found, &inner[at + 1..]));
            }
            ')' => open -= 1,
            '|' if open == 0 => {
                found.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::{positions::Scratch, words::Tokenizer};

    fn matches(cue: &str, sentence: &str) -> bool {
        let lists = Lists::from([
            ("dpia".to_owned(), vec!["dpia".to_owned(), "impact assessment".to_owned()]),
            ("no".to_owned(), vec!["no".to_owned(), "did not ...3".to_owned()]),
        ]);
        let mut vocabulary = Vocabulary::default();
        let cue = Cue::parse(cue, &lists, &mut vocabulary).expect("a good cue");
        let mut tokenizer = Tokenizer::new(&vocabulary);
        Scratch::default().with(tokenizer.words(sentence), |sentence| cue.matches(sentence))
    }

    #[test]
    fn common_words_are_in_order() {
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn words_gaps_and_alternatives() {
        assert!(matches("fail to ... @dpia", "The school failed to carry out a DPIA."));
        assert!(matches(
            "@no (complete|carry out) ... @dpia",
            "It did not carry out any impact assessments."
        ));
        assert!(!matches("fail to ...2 @dpia", "It failed to plan, ask or do any DPIA."));
        assert!(!matches("fail ... dpia", "It failed; a DPIA was done."));
        assert!(matches("^ no ... dpia", "No DPIA was done."));
        assert!(!matches("^ no ... dpia", "There was no DPIA."));
        assert!(matches("no ... dpia ...3", "There was no DPIA."));
        assert!(matches("opt-out (consent|)", "It relied on opt-out."));
        assert!(matches("(late|(too|so) slow) to", "It was too slow to answer."));
    }

    #[test]
    fn exact_forms_do_not_stem() {
        assert!(matches("not =informed", "Parents were not informed."));
        assert!(!matches("not =informed", "This is not information."));
    }

    #[test]
    fn faults_are_named() {
        let mut vocabulary = Vocabulary::default();
        let mut add = |cue: &str| Cue::parse(cue, &Lists::new(), &mut vocabulary).err();
        assert_eq!(add("..."), Some(CueError::Empty("...".to_owned())));
        assert_eq!(add("(only|%) staff"), Some(CueError::Empty("(only|%) staff".to_owned())));
        assert_eq!(add("(a|b"), Some(CueError::Unbalanced("(a|b".to_owned())));
        assert!(matches!(add("@nothing"), Some(CueError::UnknownList { .. })));
        assert!(matches!(add("did not ... the data"), Some(CueError::MatchesEverything(_))));
        assert!(matches!(add("(fail|failed) to"), Some(CueError::MatchesEverything(_))));
        assert_eq!(add("(fail|failed) to encrypt"), None);
        assert!(matches!(add("lost ...99 laptop"), Some(CueError::BadGap { .. })));
        assert!(matches!(add("lost ...many laptop"), Some(CueError::BadGap { .. })));
        assert!(matches!(add(&"(".repeat(100_000)), Some(CueError::TooDeep(_))));
    }
}
