//! A user's own taxonomy with a fault: a sentence with file, line and advice, and exit code 2.

use std::fs;

use tempfile::TempDir;

use crate::support::{casebook, root, stderr_of};

/// What is said of a shipped file in which `from` is replaced by `to`.
fn fault(file: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(root().join("taxonomy").join(file)).expect("a shipped file");
    assert!(text.contains(from), "{file}: {from}");
    said_of(file, &text.replacen(from, to, 1))
}

/// What is said of a file of that text.
fn said_of(file: &str, text: &str) -> String {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join(file), text).expect("writable");
    let mut command = casebook();
    command.args(["extract", "tests/fixtures/texts/reprimand-letter.txt", "--taxonomy"]);
    stderr_of(command.arg(folder.path()), 2)
}

#[test]
fn a_broken_cue_is_placed() {
    for (cue, reason) in [
        ("(lost|mislaid laptop", "unbalanced parenthesis"),
        ("...", "has no words"),
        ("(lost|%) laptop", "has no words"),
        ("lost ...99 laptop", "has the gap `...99`"),
        ("lost @laptops", "uses `@laptops`, which terms.toml does not define"),
        ("did not ... the data", "matches nearly everything"),
        ("((((((((((lost))))))))))", "nests parentheses more than 8 deep"),
    ] {
        let said =
            said_of("cues.toml", &format!("# mine\n[data-loss]\ncues = [\n  \"{cue}\",\n]\n"));
        assert!(said.contains("cues.toml of the taxonomy, line 4: "), "{said}");
        assert!(said.contains(reason) && said.contains(cue), "{said}");
    }
}

#[test]
fn a_broken_alternative_is_placed_in_its_list() {
    let said = fault("terms.toml", "dpia = [", "dpia = [\"(impact|assessment\",");
    assert!(said.contains("terms.toml of the taxonomy, line ") && said.contains("unbalanced"));
}

#[test]
fn a_list_that_uses_itself_is_refused() {
    let said = fault("terms.toml", "dpia = [", "dpia = [\"my @dpia\",");
    assert!(said.contains("terms.toml of the taxonomy, line ") && said.contains("only by itself"));
}

#[test]
fn what_is_there_twice_is_placed_at_the_second() {
    let twice =
        "[data-loss]\ncues = [\"lost laptop\"]\nweak = [\n\"lost phone\",\n\"lost laptop\"]\n";
    let said = said_of("cues.toml", twice);
    assert!(said.contains("line 5: `data-loss` lists `lost laptop` twice"), "{said}");
    let said = said_of("cues.toml", "[data-loss]\ncues = []\n[data-loss]\ncues = []\n");
    assert!(said.contains("cues.toml of the taxonomy, line 3: duplicate key"), "{said}");
    let said = fault("stances.toml", "law = [\n", "law = [\n\"shall\",\n");
    assert!(said.contains("`law` lists `shall` twice"), "{said}");
    for (file, what, id) in [
        ("categories.toml", "category", "missing-dpia"),
        ("categories.toml", "group", "accountability"),
        ("sectors.toml", "sector", "health"),
    ] {
        let block = format!("[[{what}]]\nid = \"{id}\"\n");
        let text = fs::read_to_string(root().join("taxonomy").join(file)).expect("a shipped file");
        let start = text.find(&block).expect("the block");
        let end = text[start..].find("\n\n").map_or(text.len(), |end| start + end);
        let said = said_of(file, &format!("{text}\n{}\n", &text[start..end]));
        assert!(said.contains(&format!("a second {what} with the id `{id}`")), "{said}");
        let line = text.lines().count() + 3;
        assert!(said.contains(&format!("line {line}:")), "{line}: {said}");
    }
}

#[test]
fn what_is_not_defined_is_placed() {
    let said = said_of("cues.toml", "# mine\n[missing-dipa]\ncues = [\"no dpia\"]\n");
    assert!(said.contains("line 2: unknown category `missing-dipa`"), "{said}");
    let said = fault("categories.toml", "group = \"accountability\"", "group = \"accounting\"");
    assert!(said.contains("unknown group `accounting`") && !said.contains("line 1:"), "{said}");
}

#[test]
fn an_unknown_provision_is_placed() {
    let said = fault("categories.toml", "\"UK GDPR Art 35", "\"UK GPDR Art 35");
    assert!(said.contains("categories.toml of the taxonomy, line ") && !said.contains("line 1:"));
    assert!(said.contains("UK GPDR Art 35"), "{said}");
}

#[test]
fn examples_stand_in_place_of_cues() {
    let said = fault(
        "categories.toml",
        "lesson = ",
        "examples = [\"The school did not complete an impact assessment.\"]\nlesson = ",
    );
    assert!(said.contains("cues.toml of the taxonomy, line "), "{said}");
    assert!(said.contains("`missing-dpia` is found by its examples in categories.toml"), "{said}");
    let own = |rest: &str| {
        let text = fs::read_to_string(root().join("taxonomy/categories.toml")).expect("shipped");
        let own = "[[category]]\nid = \"mine\"\ngroup = \"security\"\ntitle = \"Mine\"\n";
        said_of("categories.toml", &format!("{text}\n{own}definition = \"Any.\"\n{rest}\n"))
    };
    assert!(own("").contains("the category `mine` has no lesson or no question"));
    assert!(own("examples = [\"too short\"]").contains("`too short`; write a whole sentence"));
    let many = "\"It was not done at all.\", ".repeat(9);
    assert!(own(&format!("examples = [{many}]")).contains("has 9 examples; more than 8 blur it"));
}
