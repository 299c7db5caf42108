//! `casebook search`: what is found, in which form, and that filters agree.

use serde_json::Value;

use crate::support::{casebook_on, csv_rows, fixture, root, shipped, small, stdout_of};

fn hits(query: &[&str]) -> Vec<Value> {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.arg("search").args(query).args(["--format", "jsonl"]);
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn first_case(query: &str) -> String {
    hits(&[query])
        .first()
        .map(|hit| hit["case"].as_str().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

#[test]
fn the_canteen_case_comes_first_with_a_snippet() {
    let found = hits(&["facial recognition canteen"]);
    assert_eq!(found[0]["case"], "chelmer-valley-high-school");
    assert!(found[0]["snippet"].as_str().is_some_and(|snippet| snippet.contains("<mark>")));
}

#[test]
fn words_are_stemmed_and_abbreviations_known() {
    for (query, case) in [
        ("hackny council ransomware", "london-borough-of-hackney-2024"),
        ("Chelmer Vally", "chelmer-valley-high-school"),
        ("HelloFresh", "hellofresh"),
        ("Clearveiw", "clearview-ai"),
    ] {
        assert_eq!(first_case(query), case, "{query}");
    }
    let short: Vec<_> =
        hits(&["SAR backlog"]).iter().take(5).map(|hit| hit["categories"].clone()).collect();
    assert!(
        short.iter().all(|found| found.to_string().contains("late-access-response")),
        "{short:?}"
    );
}

#[test]
fn a_provision_is_found_in_any_spelling() {
    for query in ["reg 21 PECR", "Regulation 21 of PECR"] {
        let first = first_case(query);
        let provisions = hits(&["", "--provision", "PECR reg 21"]);
        assert!(provisions.iter().any(|hit| hit["case"] == first.as_str()), "{query}: {first}");
    }
}

#[test]
fn an_empty_query_lists_what_passes_newest_first() {
    let found = hits(&["", "--sector", "education"]);
    let dates: Vec<&str> = found.iter().filter_map(|hit| hit["date"].as_str()).collect();
    assert!(found.len() >= 4 && dates.windows(2).all(|pair| pair[0] >= pair[1]), "{dates:?}");
    assert!(found.iter().all(|hit| hit["sector"] == "education"));
}

#[test]
fn filters_narrow_and_facets_count_what_is_left() {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["search", "", "--action", "reprimand", "--since", "2023", "--format", "json"]);
    let found: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    assert_eq!(found["total"], 2);
    assert_eq!(
        found["facets"]["sector"],
        serde_json::json!({"education": 1, "local-government": 1})
    );
    assert_eq!(found["facets"]["year"], serde_json::json!({"2023": 1, "2024": 1}));
}

#[test]
fn a_group_stands_for_its_categories() {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["search", "", "--group", "marketing", "--format", "csv"]);
    let rows = csv_rows(&stdout_of(&mut command));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][0], "brightcall-marketing");
    assert!(
        rows[0][7].contains("unsolicited-calls") && rows[0][7].contains("concealed-identity"),
        "{rows:?}"
    );
}

#[test]
fn nothing_found_is_exit_code_one() {
    casebook_on(&fixture("corpus"), small()).args(["search", "zeppelin"]).assert().code(1);
}

#[test]
fn the_list_fits_eighty_columns() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let text = stdout_of(command.args(["search", "subject access requests"]));
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}
