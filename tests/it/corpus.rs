//! The shipped corpus: sound, complete, and described truly by its data card.

use std::{collections::BTreeMap, fs};

use casebook::{pipeline, read::Reader, taxonomy::Taxonomy};
use jiff::civil::Date;

use crate::support::{casebook_on, csv_rows, root, shipped, stdout_of};

#[test]
fn the_corpus_passes_its_own_check() {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    let after_all = Date::constant(2026, 12, 31);
    let (files, problems) =
        pipeline::check(&root().join("corpus"), &taxonomy, &Reader::default(), after_all)
            .expect("a corpus");
    assert!(files >= 224 + 30);
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_category_has_cues_a_lesson_and_a_question() {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    assert_eq!(taxonomy.categories.len(), 38);
    for category in &taxonomy.categories {
        let cues = taxonomy.cues.get(&category.id).map_or(0, |cues| cues.cues.len());
        assert!(cues > 0, "{} has no cues", category.id);
        assert!(category.lesson.len() > 20 && category.question.ends_with('?'), "{}", category.id);
        assert!(!category.provisions.is_empty(), "{}", category.id);
    }
}

/// The data card's table of actions by year is the one that the program counts.
#[test]
fn the_data_card_counts_what_is_there() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let rows = csv_rows(&stdout_of(
        command.args(["trends", "--by", "action", "--every", "year", "--format", "csv"]),
    ));
    let mut by_action: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        by_action.entry(&row[0]).or_default().push(&row[2]);
    }
    let card = fs::read_to_string(root().join("corpus/README.md")).expect("the data card");
    for (action, counts) in by_action {
        let total: u32 = counts.iter().map(|count| count.parse::<u32>().expect("a number")).sum();
        let line = format!("| {action} | {} | {total} |", counts.join(" | "));
        assert!(card.contains(&line), "corpus/README.md lacks the row\n{line}");
    }
}
