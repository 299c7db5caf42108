//! Sector and kind of body: by the register, by the name, by what the text says that the body is.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    phrases::Phrases,
    text::{Text, pattern},
};
use crate::{
    model::{ActionType, Facts},
    taxonomy::Taxonomy,
};

/// Finds sector and kind of body.
pub struct BodyFinder {
    /// Names of the register with their sector.
    register: Vec<(String, String)>,
    sectors: Phrases,
    /// Words that show a sector anywhere, with it.
    anywhere: Vec<(String, String)>,
    bodies: Phrases,
    /// Kinds of public bodies.
    public: Vec<String>,
}

/// Kinds that a single person is.
const INDIVIDUAL: &str = "individual";
const SOLE_TRADER: &str = "sole-trader";

impl BodyFinder {
    pub fn new(taxonomy: &Taxonomy) -> Self {
        let pairs = |pick: fn(&crate::taxonomy::Sector) -> &Vec<String>| -> Vec<(String, String)> {
            let sectors = taxonomy.sectors.iter();
            sectors
                .flat_map(|s| pick(s).iter().map(|name| (name.to_lowercase(), s.id.clone())))
                .collect()
        };
        let sectors = taxonomy.sectors.iter();
        let bodies = taxonomy.bodies.iter();
        Self {
            register: pairs(|sector| &sector.register),
            sectors: Phrases::new(
                sectors.flat_map(|s| s.words.iter().map(|words| (words.as_str(), s.id.as_str()))),
            ),
            anywhere: pairs(|sector| &sector.text),
            bodies: Phrases::new(
                bodies
                    .clone()
                    .flat_map(|b| b.words.iter().map(|words| (words.as_str(), b.id.as_str()))),
            ),
            public: bodies.filter(|body| body.public).map(|body| body.id.clone()).collect(),
        }
    }

    /// The sector that the ICO's register calls so.
    pub fn sector_of_register(&self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        self.register.iter().find(|(known, _)| *known == name).map(|(_, sector)| sector.clone())
    }

    /// Fills in sector, kind of body and whether that is public.
    pub fn complete(&self, text: &Text<'_>, facts: &mut Facts) {
        let named = facts.organisation.as_deref();
        let by_name = named.and_then(|name| self.bodies.find(name));
        let needs_words = facts.sector.is_none() || by_name.is_none();
        let said = if needs_words { descriptions(text, facts) } else { Vec::new() };
        if facts.sector.is_none() {
            facts.sector = self.sector(text, facts, &said);
        }
        if facts.body.is_none() {
            facts.body = self.kind(facts, by_name, &said);
        }
        facts.public = facts.body.as_ref().map(|body| self.public.contains(body));
    }

    fn sector(&self, text: &Text<'_>, facts: &Facts, said: &[&str]) -> Option<String> {
        let name = facts.organisation.as_deref();
        if let Some(sector) = self.listed(text.head) {
            return Some(sector);
        }
        let by_name = name.and_then(|name| self.sectors.find(name));
        let by_words = || said.iter().find_map(|sentence| self.sectors.find(sentence));
        let anywhere = || {
            let words = self.anywhere.iter();
            let lower = text.opening().to_lowercase();
            words.into_iter().find(|(word, _)| lower.contains(word)).map(|(_, s)| s.as_str())
        };
        // A headline says what its party is, a report of a trial where the person worked.
        let by_title = || {
            let lines = text.is_short().then(|| text.opening_sentences().take(1)).into_iter();
            lines
                .flatten()
                .filter(|line| line.len() < TITLE && !line.ends_with('.'))
                .find_map(|line| self.sectors.find(line))
        };
        let at_work = || facts.individual.then(|| self.sectors.find(text.head)).flatten();
        // The text around a name speaks of many bodies; it counts only where nobody is named.
        let unnamed = || name.is_none().then(|| self.sectors.find(text.head)).flatten();
        by_name
            .or_else(by_words)
            .or_else(by_title)
            .or_else(anywhere)
            .or_else(at_work)
            .or_else(unnamed)
            .map(str::to_owned)
    }

    /// "Sector Social care" of the list of facts on a copied page.
    fn listed(&self, head: &str) -> Option<String> {
        static SECTOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bSector\s?:?\s+"));
        SECTOR.find_iter(head).find_map(|label| {
            let rest = head[label.end()..].to_lowercase();
            let named = self.register.iter().filter(|(name, _)| rest.starts_with(name));
            named.max_by_key(|(name, _)| name.len()).map(|(_, sector)| sector.clone())
        })
    }

    fn kind(&self, facts: &Facts, by_name: Option<&str>, said: &[&str]) -> Option<String> {
        let is_sole_trader = facts.organisation.as_deref().is_some_and(is_sole_trader)
            || said.iter().any(|sentence| is_sole_trader(sentence));
        if facts.individual {
            return Some(if is_sole_trader { SOLE_TRADER } else { INDIVIDUAL }.to_owned());
        }
        let by_words = || said.iter().find_map(|sentence| self.bodies.find(sentence));
        by_name.or_else(by_words).map(str::to_owned)
    }

    /// Whether the party is a natural person: a sole trader, or a person prosecuted.
    pub fn is_individual(&self, text: &Text<'_>, facts: &Facts) -> bool {
        let Some(name) = facts.organisation.as_deref() else { return false };
        let kind = self.bodies.find(name);
        let is_person = kind.is_none() || kind == Some(INDIVIDUAL) || is_described(name);
        if facts.action_types.contains(&ActionType::Prosecution) && is_person {
            return true;
        }
        is_sole_trader(name)
            || kind.is_none()
                && text.opening_sentences().any(|sentence| {
                    sentence.len() < LONGEST && is_sole_trader(sentence) && sentence.contains(name)
                })
    }
}

/// "A former council worker".
fn is_described(name: &str) -> bool {
    name.strip_prefix("A ")
        .or_else(|| name.strip_prefix("An "))
        .is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

fn is_sole_trader(text: &str) -> bool {
    text.contains("sole trader") || text.contains("Sole trader")
}

/// Longer first lines are no headlines.
const TITLE: usize = 160;

/// Longer sentences do not say what a body is.
const LONGEST: usize = 600;

/// Sentences that say what the party is or does, in the order of the text.
fn descriptions<'a>(text: &Text<'a>, facts: &Facts) -> Vec<&'a str> {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^,? an? |\b(?:is|are|was|were) (?:an?|the|based|registered|responsible|in the business|one of|[\w-]+ charity|charity)\b|\b(?:provides?|offers?|operates?|sells?|advertises?|runs?|supplies|speciali[sz]es|describes itself|trades?|markets?|acts? as|works? in|business (?:is|of)|principal activity|nature of business|arranges?|delivers?|lends?|manages?|sector|industry|cares? for|supports?|helps?|employs?)\b",
        )
    });
    let names = party_names(facts);
    text.sentences()
        .filter(|sentence| sentence.len() < LONGEST && !sentence.contains("Companies House"))
        .filter_map(|sentence| {
            let opening = &sentence[..sentence.floor_char_boundary(120)];
            let name = names.iter().find(|name| opening.contains(name.as_str()))?;
            let after = &sentence[opening.find(name.as_str())? + name.len()..];
            let says = SAYS.find(after)?;
            (says.start() < 90).then_some(after)
        })
        .take(DESCRIPTIONS)
        .collect()
}

/// What a body is stands in the first sentences about it.
const DESCRIPTIONS: usize = 4;

/// The ways in which the text may call the party.
fn party_names(facts: &Facts) -> Vec<String> {
    let mut names: Vec<String> =
        facts.organisation.iter().chain(&facts.also_known_as).cloned().collect();
    if let Some(name) = facts.organisation.as_deref() {
        let short = [" Limited", " Ltd", " LLP", " plc", " PLC"];
        names.extend(short.iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned));
    }
    names.extend(
        ["The company", "The controller", "The business", "The firm", "The charity"]
            .map(str::to_owned),
    );
    names
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn completed(name: &str, text: &str) -> Facts {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let document = read(text);
        let text = Text::new(&document);
        let finder = BodyFinder::new(&taxonomy);
        let mut facts = Facts { organisation: Some(name.to_owned()), ..Facts::default() };
        facts.individual = finder.is_individual(&text, &facts);
        finder.complete(&text, &mut facts);
        facts
    }

    #[test]
    fn names_show_sector_and_kind() {
        for (name, sector, body, public) in [
            ("Marlow District Council", "local-government", "council", true),
            ("Rushford Primary School", "education", "school", true),
            ("University of Tarn", "education", "university", true),
            ("Tarn Hospitals NHS Foundation Trust", "health", "nhs-body", true),
            ("The Chief Constable of Tarn Police", "police-and-justice", "police-force", true),
            ("Ministry of Rivers", "central-government", "government-department", true),
            ("Tarn Housing Association", "housing", "housing-association", false),
            ("Bright Claims Ltd", "finance", "firm", false),
            (
                "Tarn Women’s Christian Association, a registered charity",
                "charity",
                "charity",
                false,
            ),
        ] {
            let facts = completed(name, "It failed.");
            assert_eq!(
                (facts.sector.as_deref(), facts.body.as_deref(), facts.public),
                (Some(sector), Some(body), Some(public)),
                "{name}"
            );
        }
    }

    #[test]
    fn what_a_body_does_shows_its_sector() {
        for (name, text, sector) in [
            ("Fennimore", "Fennimore is a company that sells insurance for hired cars.", "finance"),
            ("Oakline Ltd", "Oakline Ltd sells software. It uses a bank.", "technology"),
            (
                "Birdsong",
                "Birdsong is a charity that helps people with a serious illness.",
                "charity",
            ),
            ("Oakline", "Oakline supplies software to domiciliary care agencies.", "technology"),
            ("Oakline", "Oakline provides care at home for 90 people.", "social-care"),
            ("Oakline", "Oakline sells replacement windows. It broke PECR.", "retail"),
            ("Oakline", "Oakline runs a minicab app in six towns.", "transport"),
            ("Oakline", "Oakline is a payroll bureau in Marlow.", "finance"),
            ("Oakline Wealth Planning", "It failed.", "finance"),
            ("Tarn Primary Care Trust", "It failed.", "health"),
            ("Oakline Ltd", "Oakline Ltd sent texts contrary to PECR.", "marketing"),
        ] {
            assert_eq!(completed(name, text).sector.as_deref(), Some(sector), "{text}");
        }
        assert_eq!(
            completed(
                "Oakline",
                "On 4 May 2021 a colleague lost a file that Oakline had got from its bank."
            )
            .sector,
            None
        );
    }

    #[test]
    fn natural_persons() {
        let text = "Ann Other is a sole trader who made calls.";
        let facts = completed("Ann Other", text);
        assert!(facts.individual);
        assert_eq!((facts.body.as_deref(), facts.public), (Some("sole-trader"), Some(false)));
        assert!(!completed("Other Ltd", "Other Ltd bought data of a sole trader.").individual);
    }
}
