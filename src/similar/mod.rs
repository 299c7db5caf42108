//! How much two cases are alike, and in what: findings, text, sector, provisions, kind of action, and
//! meaning where there are vectors.
//!
//! Each part is a number from 0 to 1. What many cases share says little, so categories and provisions
//! count by their rarity. The score is the mean of the parts by the weights below. A sector, provisions
//! or actions that the case asked about does not state are left out, and its text counts by how much
//! there is of it, so that a full case is like itself by 1. Findings always count: a case in which
//! nothing was found is like no other one for sure. What the other case does not state is not shared.

mod traits;

use std::collections::BTreeSet;

use serde::Serialize;

pub use traits::Traits;
use traits::{Rarity, infringed_keys};

use crate::model::{ActionType, Provision, most_specific};

/// What failed makes a case teach the same lesson.
const FINDINGS: f64 = 0.38;
/// The words tell what categories leave open: fingerprints, a stolen laptop, a mailing list.
const TEXT: f64 = 0.42;
/// A team learns best from its own field, but the same failure elsewhere must not sink below another
/// failure at home.
const SECTOR: f64 = 0.07;
/// Mostly said by the findings already, and named by two cases in three only.
const PROVISIONS: f64 = 0.10;
/// Vectors see a like situation in other words. Measured in `docs/semantic.md`: from .3 to .8 they gain.
const MEANING: f64 = 0.50;
/// How it ended says least about what happened.
const ACTION: f64 = 0.03;

/// A case with what it shares with another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The case.
    #[serde(flatten)]
    pub case: Traits,
    /// From 0, nothing in common, to 1, like the case asked about itself.
    pub score: f64,
    /// The parts of the score.
    pub parts: Parts,
    /// What the two cases share.
    pub both: Shared,
}

/// How much is shared of each kind, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Parts {
    /// Categories found.
    pub findings: f64,
    /// Words that tell the case apart.
    pub text: f64,
    /// Sector: 0 or 1.
    pub sector: f64,
    /// Provisions infringed.
    pub provisions: f64,
    /// Kinds of action.
    pub action: f64,
    /// Vectors of the texts, where they are built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<f64>,
}

/// What two cases share, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The sector.
    pub sector: Option<String>,
    /// Identifiers of categories, the rarest first.
    pub categories: Vec<String>,
    /// Provisions as far as both go: Article 5 of 5(1)(a) and 5(1)(f).
    pub provisions: Vec<Provision>,
    /// Kinds of action.
    pub actions: Vec<ActionType>,
    /// Wider terms of the taxonomy of which both texts have one; filled for cases that are shown.
    pub subjects: Vec<String>,
    /// Words that few cases use, the most telling first; filled for cases that are shown.
    pub words: Vec<String>,
}

/// All other cases with how much they are like `asked`, the most alike first. `text` says for a case,
/// by its place in `cases`, how much its words are like those of `asked`; `words_known`, from 0 to 1,
/// how much there is of these, and so how much they can count; `meaning` how much its vectors are, where
/// there are any.
#[must_use]
pub fn rank(
    asked: &Traits,
    cases: &[Traits],
    words_known: f64,
    text: impl Fn(usize) -> f64,
    meaning: impl Fn(&str) -> Option<f64>,
) -> Vec<Similar> {
    let categories = Rarity::of(cases.iter().map(|case| case.categories.iter().cloned().collect()));
    let provisions = Rarity::of(cases.iter().map(infringed_keys));
    let judge = Judge { asked, words_known, keys: infringed_keys(asked), categories, provisions };
    let others = cases.iter().enumerate().filter(|(_, case)| case.case != asked.case);
    let mut ranked: Vec<Similar> =
        others.map(|(place, case)| judge.compare(case, text(place), meaning(&case.case))).collect();
    let order = |a: &Similar, b: &Similar| {
        let newest_first = || b.case.date.cmp(&a.case.date);
        let by_name = || a.case.case.cmp(&b.case.case);
        b.score.total_cmp(&a.score).then_with(newest_first).then_with(by_name)
    };
    ranked.sort_by(order);
    ranked
}

/// The case asked about, with what is needed to compare others with it.
struct Judge<'a> {
    asked: &'a Traits,
    words_known: f64,
    keys: BTreeSet<Provision>,
    categories: Rarity<String>,
    provisions: Rarity<Provision>,
}

impl Judge<'_> {
    fn compare(&self, case: &Traits, text: f64, meaning: Option<f64>) -> Similar {
        let asked = self.asked;
        let own: BTreeSet<String> = asked.categories.iter().cloned().collect();
        let others: BTreeSet<String> = case.categories.iter().cloned().collect();
        let keys = infringed_keys(case);
        let actions: Vec<ActionType> =
            asked.action_types.iter().copied().filter(|a| case.action_types.contains(a)).collect();
        let all_actions = asked.action_types.len() + case.action_types.len() - actions.len();
        let sector = asked.sector.clone().filter(|_| asked.sector == case.sector);
        let parts = Parts {
            findings: self.categories.shared(&own, &others),
            text,
            sector: f64::from(u8::from(sector.is_some())),
            provisions: self.provisions.shared(&self.keys, &keys),
            action: actions.len() as f64 / all_actions.max(1) as f64,
            meaning,
        };
        let both = Shared {
            sector,
            categories: self.categories.rarest_first(&own, &others),
            provisions: most_specific(self.keys.intersection(&keys).cloned()),
            actions,
            ..Shared::default()
        };
        Similar { case: case.clone(), score: self.score(parts), parts, both }
    }

    /// The mean of the parts, without those of which the case asked about says nothing.
    fn score(&self, parts: Parts) -> f64 {
        let asked = self.asked;
        let if_stated = |weight: f64, is_stated: bool| if is_stated { weight } else { 0.0 };
        let weighed = [
            (FINDINGS, parts.findings),
            (TEXT * self.words_known, parts.text),
            (if_stated(SECTOR, asked.sector.is_some()), parts.sector),
            (if_stated(PROVISIONS, !self.keys.is_empty()), parts.provisions),
            (if_stated(MEANING, parts.meaning.is_some()), parts.meaning.unwrap_or_default()),
            (if_stated(ACTION, !asked.action_types.is_empty()), parts.action),
        ];
        let whole: f64 = weighed.iter().map(|(weight, _)| weight).sum();
        let shared: f64 = weighed.iter().map(|(weight, part)| weight * part).sum();
        (shared / whole).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case(slug: &str, sector: &str, categories: &[&str], provisions: &[&str]) -> Traits {
        let provisions: Vec<_> = provisions.iter().map(|p| p.parse().expect("canonical")).collect();
        Traits {
            case: slug.to_owned(),
            sector: Some(sector.to_owned()),
            action_types: vec![ActionType::Reprimand],
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            infringed: provisions,
            ..Traits::default()
        }
    }

    #[test]
    fn a_rare_failure_shared_counts_for_more_than_a_common_one() {
        let asked = case("asked", "education", &["missing-dpia", "weak-access-control"], &[]);
        let cases = [
            case("common", "health", &["weak-access-control"], &[]),
            case("rare", "health", &["missing-dpia"], &[]),
            case("other", "health", &["weak-access-control"], &[]),
            asked.clone(),
        ];
        let ranked = rank(&asked, &cases, 1.0, |_| 0.0, |_| None);
        assert_eq!(ranked[0].case.case, "rare");
        assert_eq!(ranked.len(), 3, "never the case itself");
    }

    #[test]
    fn provisions_are_shared_as_far_as_both_go() {
        let asked = case("asked", "health", &[], &["UK GDPR Art 5(1)(f)", "UK GDPR Art 32"]);
        let cases = [
            case("same", "health", &[], &["GDPR Art 5(1)(f)"]),
            case("near", "health", &[], &["UK GDPR Art 5(1)(a)"]),
            asked.clone(),
        ];
        let ranked = rank(&asked, &cases, 1.0, |_| 0.0, |_| None);
        let shared = |index: usize| ranked[index].both.provisions[0].to_string();
        assert_eq!(
            (shared(0), shared(1)),
            ("UK GDPR Art 5(1)(f)".into(), "UK GDPR Art 5(1)".into())
        );
    }

    proptest! {
        #[test]
        fn every_score_is_a_share_and_none_is_above_that_of_a_twin(
            sectors in proptest::collection::vec("[ab]", 2..6),
            categories in proptest::collection::vec(proptest::collection::btree_set("[a-e]", 0..4), 6),
            text in 0.0f64..1.0,
            known in 0.0f64..1.0,
            meaning in proptest::option::of(0.0f64..1.0),
        ) {
            let cases: Vec<Traits> = sectors.iter().zip(&categories).enumerate().map(|(n, (s, c))| {
                let categories: Vec<&str> = c.iter().map(String::as_str).collect();
                case(&n.to_string(), s, &categories, &[])
            }).collect();
            let twin = Traits { case: "twin".to_owned(), ..cases[0].clone() };
            let with_twin: Vec<Traits> = cases.iter().cloned().chain([twin]).collect();
            let last = with_twin.len() - 1;
            let ranked = rank(
                &cases[0],
                &with_twin,
                known,
                |n| if n == last { 1.0 } else { text },
                |case| meaning.map(|meaning| if case == "twin" { 1.0 } else { meaning }),
            );
            prop_assert!(ranked.iter().all(|other| (0.0..=1.0).contains(&other.score)));
            let twin = ranked.iter().find(|other| other.case.case == "twin").expect("the twin").score;
            prop_assert!(ranked.iter().all(|other| other.score <= twin));
            prop_assert!(categories[0].is_empty() || (twin - 1.0).abs() < 1e-9);
        }
    }
}
