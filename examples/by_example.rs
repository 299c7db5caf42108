//! How right categories are that are given by a description and examples: every shipped category in turn
//! is treated as if it were a user's own, with its title, definition and lesson, and examples drawn
//! from labelled sentences of other documents than those that it is measured on.
//!
//! ```text
//! source target/bert/env
//! cargo run --features bert --example by_example
//! ```

use std::{
    env,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use anyhow::Context as _;
use casebook::{
    evaluate::{self, Labelled},
    extract::{Extractor, Meaning, NearSentence},
    read::Reader,
    semantic::{ByExample, Encoder, Helper, Memory, ModelFolder, Settings},
    statistics::Share,
    taxonomy::{Category, Taxonomy},
};

/// Folders of labels; `unseen` is left alone.
const GOLD: [&str; 4] = ["digests", "plain", "oblique", "narrative"];

/// Numbers of examples that are tried.
const EXAMPLES: [usize; 5] = [0, 1, 3, 5, 8];

/// Likenesses from which a sentence is taken.
const THRESHOLDS: [f32; 7] = [0.34, 0.36, 0.38, 0.40, 0.42, 0.45, 0.50];

/// Draws of examples for each number.
const DRAWS: u64 = 6;

fn main() -> anyhow::Result<()> {
    let taxonomy = Taxonomy::shipped()?;
    let folders = GOLD.map(|folder| PathBuf::from("tests/gold").join(folder));
    let labelled = evaluate::load(&folders, &Reader::default())?;
    let sentences = comparable(&taxonomy, &labelled)?;
    println!(
        "| examples | likeness from | right | found | wrong in 100 documents | right up to the next |"
    );
    println!("|---|---|---|---|---|---|");
    for count in EXAMPLES {
        let draws = if count == 0 { 1 } else { DRAWS };
        let mut scores: Vec<(f32, bool)> = Vec::new();
        for seed in 0..draws {
            scores.extend(drawn(&taxonomy, &labelled, &sentences, count, seed)?);
        }
        print(count, &scores);
    }
    Ok(())
}

/// For each document the sentences that extraction would compare.
fn comparable(taxonomy: &Taxonomy, labelled: &[Labelled]) -> anyhow::Result<Vec<Vec<String>>> {
    let kept = Arc::new(Keeper::default());
    let extractor = Extractor::new(taxonomy.clone())?.with_meaning(Some(kept.clone()));
    let of = |labelled: &Labelled| {
        let _ = extractor.extract(&labelled.document);
        kept.0.lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default()
    };
    Ok(labelled.iter().map(of).collect())
}

/// Keeps what it is asked about.
#[derive(Default)]
struct Keeper(Mutex<Vec<String>>);

impl Meaning for Keeper {
    fn near(&self, sentences: &[&str]) -> Vec<NearSentence> {
        if let Ok(mut kept) = self.0.lock() {
            *kept = sentences.iter().map(|sentence| (*sentence).to_owned()).collect();
        }
        Vec::new()
    }

    fn fault(&self) -> Option<String> {
        None
    }

    fn fingerprint(&self) -> &str {
        ""
    }
}

/// For each document and category the greatest likeness, and whether the document has the label. Documents
/// that gave an example, or of which the label is not sure, are left out.
fn drawn(
    taxonomy: &Taxonomy,
    labelled: &[Labelled],
    sentences: &[Vec<String>],
    count: usize,
    seed: u64,
) -> anyhow::Result<Vec<(f32, bool)>> {
    let (own, used) = with_examples(taxonomy, labelled, count, seed);
    let by_example = by_example(&own)?;
    let mut scores = Vec::new();
    for (at, (labelled, sentences)) in labelled.iter().zip(sentences).enumerate() {
        let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let likenesses = by_example.likenesses(&texts)?;
        for (place, category) in own.categories.iter().enumerate() {
            let label = labelled.gold.labels.get(&category.id);
            if used[place].contains(&at) || label.is_some_and(|label| !label.sure) {
                continue;
            }
            let best = likenesses.iter().map(|of_sentence| of_sentence[place]).fold(-1.0, f32::max);
            scores.push((best, label.is_some()));
        }
    }
    by_example.save();
    Ok(scores)
}

/// The taxonomy with so many examples for each category, and for each the documents that gave them.
fn with_examples(
    taxonomy: &Taxonomy,
    labelled: &[Labelled],
    count: usize,
    seed: u64,
) -> (Taxonomy, Vec<Vec<usize>>) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut own = taxonomy.clone();
    let mut used = Vec::new();
    for category in &mut own.categories {
        let sentence = |(at, labelled): (usize, &Labelled)| {
            let label = labelled.gold.labels.get(&category.id).filter(|label| label.sure)?;
            let fit = label.evidence.iter().filter(|text| (40..300).contains(&text.len()));
            Some((at, random.choice(fit.collect::<Vec<_>>())?.clone()))
        };
        let mut all: Vec<(usize, String)> =
            labelled.iter().enumerate().filter_map(sentence).collect();
        random.shuffle(&mut all);
        all.truncate(count);
        let (places, mut examples): (Vec<usize>, Vec<String>) = all.into_iter().unzip();
        if count == 0 {
            // Nothing but the description, which then stands for both halves.
            let Category { title, definition, lesson, .. } = &*category;
            examples.push(format!("{title}. {definition} {lesson}"));
        }
        category.examples = examples;
        used.push(places);
    }
    (own, used)
}

fn by_example(taxonomy: &Taxonomy) -> anyhow::Result<ByExample> {
    let path = |name: &str| env::var_os(name).with_context(|| format!("{name} is not set"));
    let model = ModelFolder::open(path("CASEBOOK_SEMANTIC__MODEL")?.as_ref())?;
    let settings = Settings {
        libtorch: Some(path("CASEBOOK_SEMANTIC__LIBTORCH")?.into()),
        program: Some(env::current_exe()?.with_file_name("../casebook-embed")),
        ..Settings::default()
    };
    let fingerprint = model.fingerprint.clone();
    let file = env::temp_dir().join("casebook-by-example");
    let start =
        Box::new(
            move || Ok(Box::new(Helper::start(&settings, &model)?) as Box<dyn Encoder + Send>),
        );
    let by_example =
        ByExample::new(taxonomy, &fingerprint, || Memory::open(&fingerprint, Some(file), start))?;
    by_example.context("no category has examples")
}

fn print(count: usize, scores: &[(f32, bool)]) {
    let labels = scores.iter().filter(|(_, label)| *label).count();
    let share = |right: usize, of: usize| format!("{:.2}", Share::wilson(right, of).value);
    for (place, from) in THRESHOLDS.into_iter().enumerate() {
        let to = THRESHOLDS.get(place + 1).copied().unwrap_or(f32::MAX);
        let right_in = |to: f32| {
            let band = scores.iter().filter(|(likeness, _)| (from..to).contains(likeness));
            band.fold((0, 0), |(right, all), (_, label)| (right + usize::from(*label), all + 1))
        };
        let ((right, all), (right_in_band, band)) = (right_in(f32::MAX), right_in(to));
        let (right_share, found) = (share(right, all), share(right, labels));
        println!(
            "| {count} | {from:.2} | {right_share} | {found} | {:.1} | {} |",
            100.0 * (all - right) as f64 / (scores.len() - labels) as f64,
            share(right_in_band, band)
        );
    }
}
