//! The vocabulary of the project as data: categories, sectors, provisions, synonyms, and the cues by
//! which they are found.
//!
//! The files of the folder `taxonomy/` are part of the program; a user can replace any of them by a
//! file of the same name in a folder of their own ([`Taxonomy::load`]).

mod check;
mod cue;
mod cue_set;
mod files;
mod matcher;
mod positions;
mod suggest;
mod totals;
mod words;

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

pub use cue::{CueError, Lists};
pub use cue_set::CueSet;
pub use files::{TaxonomyError, line_at};
pub use matcher::Matcher;
pub use suggest::nearest;
pub use totals::{Total, totals};
pub use words::{Tokenizer, Vocabulary, Word, split_words};

use crate::model::{Instrument, Provision, Stance};

/// Everything that the files of `taxonomy/` say.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// Groups of categories, in the order in which tables list them.
    pub groups: Vec<Group>,
    /// Categories, in the order in which tables list them.
    pub categories: Vec<Category>,
    /// Sectors, in the order in which tables list them.
    pub sectors: Vec<Sector>,
    /// Kinds of bodies, in the order in which tables list them.
    pub bodies: Vec<Body>,
    /// Sets of words and phrases that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Wider words with those that they include: a search for the first finds the others too.
    pub narrower: Vec<(String, Vec<String>)>,
    /// Cues by which a question asks for a category, in words that no document would use.
    pub asked: BTreeMap<String, Vec<String>>,
    /// Short titles of provisions.
    pub provision_titles: BTreeMap<Provision, String>,
    /// Names by which documents call a law, the longest first.
    pub law_names: Vec<(String, Instrument)>,
    /// Cues by category.
    pub cues: BTreeMap<String, CategoryCues>,
    /// Named alternatives that cues use.
    pub terms: Lists,
    /// Cues for the stance of a sentence.
    pub stances: BTreeMap<Stance, Vec<String>>,
    /// Cues for what sentences do apart from their categories.
    pub context: Context,
    /// The category of provisions whose infringement is one failure and no other.
    pub provision_failures: BTreeMap<Provision, String>,
    /// Cues for what a text does with the provisions that it cites.
    pub provision_cues: ProvisionCues,
    /// Provisions that nobody can infringe: definitions, conditions and the regulator's powers.
    pub powers: Vec<Provision>,
    /// Cues for the zone of a heading.
    pub zones: BTreeMap<Zone, Vec<String>>,
    /// Changes whenever one of the files does.
    pub fingerprint: String,
    /// What the files say, for errors that name a line.
    texts: files::Texts,
}

/// Cues for what a sentence does apart from its categories.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// It says of the subject of the sentence before that it was not attended to.
    pub anaphora: Vec<String>,
    /// It says that something was not done, or not well.
    pub failing: Vec<String>,
    /// It names a circumstance that the regulator weighs against the party.
    pub aggravating: Vec<String>,
    /// It names one that the regulator weighs for the party.
    pub mitigating: Vec<String>,
    /// It says that there is none of the two.
    pub no_factor: Vec<String>,
    /// The regulator speaks for itself.
    pub asserts: Vec<String>,
}

/// A group of categories.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// The name a reader sees.
    pub title: String,
}

/// One kind of failure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Identifier, as in files, filters and JSON.
    pub id: String,
    /// Identifier of its group.
    pub group: String,
    /// The name a reader sees.
    pub title: String,
    /// What the regulator finds.
    pub definition: String,
    /// Provisions that usually go with it.
    #[serde(default)]
    pub provisions: Vec<Provision>,
    /// What to learn from it.
    #[serde(default)]
    pub lesson: String,
    /// A question for a team.
    #[serde(default)]
    pub question: String,
    /// Sentences that state it, by which it is found in place of cues: by meaning
    /// ([`crate::semantic`]), apart from all others, and only with a model of sentences.
    #[serde(default)]
    pub examples: Vec<String>,
}

impl Category {
    /// Whether it is found by meaning, from its examples.
    #[must_use]
    pub const fn is_by_meaning(&self) -> bool {
        !self.examples.is_empty()
    }
}

/// A sector of the economy or the state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// Identifier, as in files, filters and JSON.
    pub id: String,
    /// The name a reader sees.
    pub title: String,
    /// Names of the ICO's register that mean this sector.
    #[serde(default)]
    pub register: Vec<String>,
    /// Lower-case words of an organisation's name, or of what it says that it is, that show it.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that show it anywhere in the text, where nothing else shows another.
    #[serde(default)]
    pub text: Vec<String>,
}

/// A kind of body, whatever its sector.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Identifier, as in files and JSON.
    pub id: String,
    /// The name a reader sees.
    pub title: String,
    /// Whether such a body is a public one.
    pub public: bool,
    /// Lower-case words of a name, or of what a body says that it is, that show it.
    pub words: Vec<String>,
}

/// The cues of one category.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CategoryCues {
    /// Each states the failure by itself.
    pub cues: Vec<String>,
    /// Each suggests it; see [`crate::extract`].
    pub weak: Vec<String>,
    /// The subject is mentioned.
    pub topics: Vec<String>,
    /// The failure is not stated, whatever else matches.
    pub not: Vec<String>,
}

/// Cues for what a text does with a provision, matched on the words around its citation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ProvisionCues {
    /// Before a citation: it was infringed.
    pub infringed: Vec<String>,
    /// Behind a citation: it was infringed.
    pub infringed_behind: Vec<String>,
    /// The sentence sanctions somebody.
    pub sanction: Vec<String>,
    /// Before a citation in such a sentence: it is what the sanction is for.
    pub sanctioned_for: Vec<String>,
    /// Just before a citation: something is in line with it.
    pub complied: Vec<String>,
    /// Before that: it is not.
    pub denied: Vec<String>,
    /// Before a citation at the beginning of a sentence, with a colon: it was infringed.
    pub labels: Vec<String>,
    /// Before a citation: something is lacking that it asks for.
    pub lacking: Vec<String>,
    /// Behind such a citation: it asks for that.
    pub owed: Vec<String>,
    /// The regulator itself finds an infringement.
    pub finds: Vec<String>,
    /// The regulator weighed it and did not find it infringed.
    pub considered: Vec<String>,
    /// Somebody says so, or the law speaks of it in general.
    pub unproven: Vec<String>,
    /// The sentence goes on from one that found infringements.
    pub continued: Vec<String>,
    /// Before a citation at the beginning of a sentence: the sentence is on it.
    pub topics: Vec<String>,
    /// Behind such a citation: it was infringed.
    pub decided: Vec<String>,
    /// Before a citation in brackets: something was not as it asks for.
    pub failing: Vec<String>,
}

/// The part of a document in which a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Legal framework, quoted provisions, guidance.
    Law,
    /// Who the parties are.
    Parties,
    /// What happened.
    Background,
    /// What the regulator finds.
    Reasons,
    /// Aggravating and mitigating factors together.
    Factors,
    /// Mitigating factors.
    Mitigating,
    /// Aggravating factors.
    Aggravating,

    /// What the party did afterwards.
    Remedial,
    /// What the party says.
    Representations,
    /// The decision.
    Decision,
    /// How the penalty was set.
    Penalty,
    /// What the regulator asks for.
    Recommendation,
    /// Annexes, rights of appeal.
    Annex,
    /// Where the sources of a digest differ.
    Conflicts,
}

impl Zone {
    /// The identifier used in zones.toml and JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Parties => "parties",
            Self::Background => "background",
            Self::Reasons => "reasons",
            Self::Factors => "factors",
            Self::Mitigating => "mitigating",
            Self::Aggravating => "aggravating",
            Self::Remedial => "remedial",
            Self::Representations => "representations",
            Self::Decision => "decision",
            Self::Penalty => "penalty",
            Self::Recommendation => "recommendation",
            Self::Annex => "annex",
            Self::Conflicts => "conflicts",
        }
    }
}

impl Taxonomy {
    /// The taxonomy that comes with the program.
    ///
    /// # Errors
    /// Never in a released version: a test loads it.
    pub fn shipped() -> Result<Self, TaxonomyError> {
        files::parse(|name| Ok(files::shipped(name).to_owned()))
    }

    /// The shipped taxonomy, with the files that `folder` holds in place of the shipped ones.
    ///
    /// # Errors
    /// [`TaxonomyError`] names the file, the line and what is wrong.
    pub fn load(folder: &Path) -> Result<Self, TaxonomyError> {
        files::parse(|name| files::from_folder(folder, name))
    }

    /// The category of that identifier.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The group of a category, by its identifier.
    #[must_use]
    pub fn group_of(&self, category: &str) -> Option<&str> {
        self.category(category).map(|category| category.group.as_str())
    }

    /// Identifiers of the categories of a group; those found by meaning must be named themselves.
    #[must_use]
    pub fn categories_of(&self, group: &str) -> Vec<String> {
        let stated = self.categories.iter().filter(|category| !category.is_by_meaning());
        let members = stated.filter(|category| category.group == group);
        members.map(|category| category.id.clone()).collect()
    }

    /// The sector of that identifier.
    #[must_use]
    pub fn sector(&self, id: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.id == id)
    }

    /// The kind of body of that identifier.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }

    /// The sector that the ICO's register calls so.
    #[must_use]
    pub fn sector_of_register(&self, name: &str) -> Option<&Sector> {
        let name = name.to_lowercase();
        self.sectors
            .iter()
            .find(|sector| sector.register.iter().any(|known| known.to_lowercase() == name))
    }

    /// The short title of a provision or of the nearest provision that contains it.
    #[must_use]
    pub fn provision_title(&self, provision: &Provision) -> Option<&str> {
        closest(&self.provision_titles, provision)
    }

    /// The identifier of the category that the infringement of a provision is, where it is one alone.
    #[must_use]
    pub fn failure_of(&self, provision: &Provision) -> Option<&str> {
        closest(&self.provision_failures, provision)
    }
}

/// What a table says of a provision or of the nearest provision that contains it; what it says of the
/// UK GDPR holds for the GDPR.
fn closest<'t>(table: &'t BTreeMap<Provision, String>, provision: &Provision) -> Option<&'t str> {
    provision
        .as_uk_law()
        .with_ancestors()
        .iter()
        .rev()
        .find_map(|p| table.get(p))
        .map(String::as_str)
}
