//! The labels made by reading, with the list of those that the program finds.
//!
//! `tests/gold/verdicts.txt` has one line a label, provision and fact: `=` right, `-` missed, `+`
//! spurious, `!` wrong; and one for each near miss that was taken for a finding. The test fails when a
//! line marked `=` breaks and when another starts to hold, so that the list only changes on purpose.
//! The same figures stand in docs/quality.md. `UPDATE_VERDICTS=1 cargo test --test it gold` writes
//! both anew.

use std::{collections::BTreeSet, env, fs, sync::LazyLock};

use casebook::{
    evaluate::{self, Labelled},
    extract::Extractor,
    model::Record,
    read::Reader,
    taxonomy::Taxonomy,
};

use crate::support::{casebook, root, stdout_of};

const FOLDERS: [&str; 6] = ["digests", "plain", "oblique", "narrative", "official", "summaries"];

static PAIRS: LazyLock<Vec<(Labelled, Record)>> = LazyLock::new(|| {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    let extractor = Extractor::new(taxonomy).expect("the shipped cues");
    let folders = FOLDERS.map(|folder| root().join("tests/gold").join(folder));
    let labelled = evaluate::load(&folders, &Reader::default()).expect("the labels");
    labelled
        .into_iter()
        .map(|labelled| {
            let record = extractor.extract(&labelled.document);
            (labelled, record)
        })
        .collect()
});

#[test]
fn the_verdicts_are_those_of_the_list() {
    let path = root().join("tests/gold/verdicts.txt");
    let found = evaluate::report(&PAIRS).lines();
    if env::var_os("UPDATE_VERDICTS").is_some() {
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        fs::write(&path, lines.join("\n") + "\n").expect("the list can be written");
    }
    let text = fs::read_to_string(&path).expect("the list");
    let listed: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    let lost: Vec<&String> = listed.difference(&found).collect();
    let gained: Vec<&String> = found.difference(&listed).collect();
    assert!(lost.is_empty() && gained.is_empty(), "no longer so: {lost:#?}\nnow so: {gained:#?}");
}

#[test]
fn labels_quote_their_document() {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(PAIRS.len() >= 150);
    for (labelled, _) in PAIRS.iter() {
        // As it lies in the file, with the noise of converters that reading repairs.
        let file = root().join("tests/gold").join(&labelled.folder).join(&labelled.gold.slug);
        let text = fs::read_to_string(file.with_extension("txt"));
        let text = squeeze(&text.unwrap_or_else(|_| labelled.document.text.clone()));
        let evidence = labelled.gold.labels.values().flat_map(|label| &label.evidence);
        for sentence in evidence.chain(labelled.gold.near_misses.iter().map(|near| &near.sentence))
        {
            assert!(text.contains(&squeeze(sentence)), "{}: {sentence}", labelled.gold.slug);
        }
    }
}

#[test]
fn all_evidence_is_verbatim() {
    let report = evaluate::report(&PAIRS);
    assert!((report.evidence.verbatim.value - 1.0).abs() < f64::EPSILON);
}

/// The page with each block between `<!-- casebook ... -->` and `<!-- end -->` printed anew by the
/// command that its first line names.
fn regenerated(page: &str) -> String {
    let (head, rest) = page.split_once(BEGIN).map_or((page, None), |(h, rest)| (h, Some(rest)));
    let Some(rest) = rest else { return head.to_owned() };
    let (command, rest) = rest.split_once(" -->\n").expect("the end of a marker");
    let (_, tail) = rest.split_once(END).expect("the end of a block");
    let lines = stdout_of(casebook().args(command.split(' ')));
    format!("{head}{BEGIN}{command} -->\n\n{lines}\n{END}{}", regenerated(tail))
}

const BEGIN: &str = "<!-- casebook ";
const END: &str = "<!-- end -->";

#[test]
fn the_documented_figures_are_those_of_the_program() {
    let path = root().join("docs/quality.md");
    let page = fs::read_to_string(&path).expect("the page");
    let now = regenerated(&page);
    assert!(now.contains(BEGIN), "the page has lost its figures");
    if env::var_os("UPDATE_VERDICTS").is_some() {
        fs::write(&path, &now).expect("the page can be written");
    } else {
        let advice = "docs/quality.md is out of date: UPDATE_VERDICTS=1 cargo test --test it gold";
        assert!(page == now, "{advice}");
    }
}
