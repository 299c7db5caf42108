//! `casebook coverage`: what is here beside what others counted, and what is known of the difference.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    fetch::{fetch, on_site},
    site::{Scenario, Site},
    support::{casebook_on, fixture, root, shipped, small, stderr_of, stdout_of},
};

/// A folder of a taxonomy in which only the totals are other ones.
fn totals(text: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("totals.toml"), text).expect("writable");
    folder
}

fn total(since: &str, until: &str, numbers: &str) -> String {
    format!(
        "[[total]]\nsince = \"{since}\"\nuntil = \"{until}\"\nsource = \"A yearbook\"\npublished = \"2026-09\"\n\
         kinds = [\"reprimand\", \"monetary-penalty\", \"enforcement-notice\"]\n{numbers}\n"
    )
}

fn row<'a>(comparison: &'a Value, what: &str) -> &'a Value {
    let rows = comparison["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["what"] == what).expect(what)
}

fn reasons(comparison: &Value) -> String {
    comparison["reasons"].to_string()
}

/// The comparisons for a site's register.
fn compared(site: &Site, corpus: &Path, totals: &TempDir) -> (Value, Value) {
    on_site(site, corpus).arg("run").assert().success();
    let mut command = on_site(site, corpus);
    command.args(["coverage", "--json", "--taxonomy"]).arg(totals.path());
    let answer: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    (answer["register"].clone(), answer["totals"].clone())
}

#[test]
fn a_register_fetched_whole_agrees_and_what_was_taken_down_still_counts() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let _ = fetch(&site, corpus.path(), &[]);
    // The stand-in's register has one item every 33 days; two of 2025 are of two kinds.
    let empty = totals(&total("2025", "2025", "actions = 0"));
    let (register, comparison) = compared(&site, corpus.path(), &empty);
    assert_eq!(
        (&register["taken_down"], &register["looked_everywhere"]),
        (&Value::from(0), &Value::from(true))
    );
    let here = row(&comparison[0], "actions")["here"].as_u64().expect("a number");
    let mut trends = on_site(&site, corpus.path());
    let kinds = "reprimand,monetary-penalty,enforcement-notice";
    trends.args(["trends", "--since", "2025", "--until", "2025", "--action", kinds]);
    let counted: Value = serde_json::from_str(&stdout_of(trends.arg("--json"))).expect("JSON");
    assert!(
        here >= 11 && counted.to_string().contains(&format!("\"actions\":{here}")),
        "{here}: {counted}"
    );

    let right = totals(&total("2025", "2025", &format!("actions = {here}")));
    let (_, comparison) = compared(&site, corpus.path(), &right);
    assert_eq!(row(&comparison[0], "actions")["official"], here, "pages are official texts");
    assert_eq!(reasons(&comparison[0]), "[]");

    site.change(|scenario| scenario.vanished.push("dunmarsh-constabulary"));
    let _ = fetch(&site, corpus.path(), &[]);
    let more = totals(&total("2025", "2025", &format!("actions = {}", here + 4)));
    let (register, comparison) = compared(&site, corpus.path(), &more);
    assert_eq!(register["taken_down"], 1);
    assert_eq!(row(&comparison[0], "actions")["difference"], -4, "the copy counts");
    assert!(
        reasons(&comparison[0]).contains("1 of them the site has taken down since"),
        "{comparison}"
    );
}

#[test]
fn what_was_not_fetched_and_what_was_gone_before_are_reasons() {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let corpus = TempDir::new().expect("a folder");
    let _ = fetch(&site, corpus.path(), &["--limit", "5"]);
    let old = total("2022", "2022", "organisations = 90");
    let (register, comparison) =
        compared(&site, corpus.path(), &totals(&(old + &total("2026", "2026", "actions = 90"))));
    let number = |field: &str| register[field].as_u64().expect("a number");
    let (stored, missing) = (number("stored"), number("not_stored"));
    assert!(stored > 0 && missing > 40 && stored + missing == 51, "{register}");
    let reasons = [reasons(&comparison[0]), reasons(&comparison[1])];
    assert!(reasons[0].contains("All of the period lay more than two years back"), "{reasons:?}");
    let listed = format!("{missing} register pages are of any date listed, but not fetched");
    assert!(reasons[1].contains(&listed), "{reasons:?}");
    assert!(reasons[1].contains(&format!("Stored are {stored} register page")), "{reasons:?}");
}

#[test]
fn the_shipped_corpus_says_that_digests_are_not_the_register() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let text = stdout_of(command.arg("coverage"));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    insta::assert_snapshot!("shipped", text);
}

#[test]
fn rounding_is_no_difference() {
    let sum = |published: u64| {
        let numbers = format!("penalty_gbp = {published}\nrounded_to = 100000");
        let folder = totals(&total("2024", "2024", &numbers));
        let mut command = casebook_on(&fixture("corpus"), small());
        command.args(["coverage", "--json", "--taxonomy"]).arg(folder.path());
        let answer: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
        row(&answer["totals"][0], "penalties, £").clone()
    };
    let here = sum(0)["here"].as_u64().expect("a sum");
    assert!(here > 50_000, "{here}");
    assert_eq!(sum(here + 50_000)["difference"], 0);
    assert_eq!(sum(here + 50_001)["difference"], -50_001);
}

#[test]
fn a_broken_file_of_totals_is_named_with_its_line() {
    let folder = totals(&total("2024", "2023", "actions = 1"));
    let mut command = casebook_on(&fixture("corpus"), small());
    let said = stderr_of(command.args(["coverage", "--taxonomy"]).arg(folder.path()), 2);
    assert!(said.contains("totals.toml of the taxonomy, line 1: since 2024 is after"), "{said}");
    let none = totals("");
    let mut command = casebook_on(&fixture("corpus"), small());
    let said = stderr_of(command.args(["coverage", "--taxonomy"]).arg(none.path()), 1);
    assert!(said.contains("no total to compare"), "{said}");
}
