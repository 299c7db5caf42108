//! What the cues say of sentences.

use super::{candidates::Strength, factors::Factor};
use crate::{model::Stance, taxonomy::Taxonomy};

/// What a matching cue says of a sentence; numbers index the categories of the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    Strong(usize),
    Weak(usize),
    Topic(usize),
    Not(usize),
    Stance(Stance),
    /// It points back to the subject of the sentence before.
    Anaphor,
    /// It says that something was not done.
    Failing,
    /// The regulator speaks for itself.
    Asserts,
    /// It names a factor that the regulator weighs.
    Factor(Factor),
    /// The regulator says that it finds an infringement.
    Finds,
    /// It says that something was weighed and not found.
    Clears,
}

impl Label {
    /// The category for which it speaks, and how strongly.
    pub const fn strength(self) -> Option<(usize, Strength)> {
        match self {
            Self::Strong(category) => Some((category, Strength::Strong)),
            Self::Weak(category) => Some((category, Strength::Weak)),
            Self::Topic(category) => Some((category, Strength::Topic)),
            _ => None,
        }
    }

    /// Whether the words that show it are those of every other sentence, such as "not".
    pub const fn is_of_common_words(self) -> bool {
        matches!(self, Self::Anaphor | Self::Failing) || self.is_of_provisions()
    }

    pub const fn factor(self) -> Option<Factor> {
        match self {
            Self::Factor(factor) => Some(factor),
            _ => None,
        }
    }

    /// Whether it says what becomes of the provisions in a sentence, however long that is.
    pub const fn is_of_provisions(self) -> bool {
        matches!(self, Self::Finds | Self::Clears)
    }
}

/// The cues of a taxonomy that are looked for in every sentence.
pub fn labelled_cues(taxonomy: &Taxonomy) -> impl Iterator<Item = (Label, &str)> {
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
    let context = &taxonomy.context;
    let of_context = [
        (Label::Anaphor, &context.anaphora),
        (Label::Failing, &context.failing),
        (Label::Asserts, &context.asserts),
        (Label::Factor(Factor::Aggravating), &context.aggravating),
        (Label::Factor(Factor::Mitigating), &context.mitigating),
        (Label::Factor(Factor::Absent), &context.no_factor),
        (Label::Finds, &taxonomy.provision_cues.finds),
        (Label::Clears, &taxonomy.provision_cues.considered),
    ];
    let of_context =
        of_context.into_iter().flat_map(|(label, cues)| cues.iter().map(move |cue| (label, cue)));
    let of_sentences = of_stance.chain(of_context);
    of_category.chain(of_sentences).map(|(label, cue)| (label, cue.as_str()))
}
