//! `casebook feed`: Atom feeds with lasting identifiers, of one query and of saved ones.

use std::{fs, path::Path};

use assert_cmd::Command;
use quick_xml::{Reader, events::Event};
use tempfile::TempDir;

use crate::support::{casebook_on, copied_corpus, fixture, small, stderr_of, stdout_of};

fn command() -> Command {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.arg("feed");
    command
}

fn feed(arguments: &[&str]) -> String {
    stdout_of(command().args(arguments))
}

/// The texts of all elements of that name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return found,
            Event::Start(start) => {
                inside = start.name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                let text = text.into_inner();
                found.last_mut().expect("an element").push_str(&text);
            }
            _ => {}
        }
    }
}

#[test]
fn a_feed_quotes_the_regulator_and_marks_a_digest() {
    let xml =
        feed(&["--sector", "education,local-government", "--address", "https://example.org/a.xml"]);
    insta::assert_snapshot!("feed", xml);
    assert!(xml.contains("(digest, in casebook’s words)"), "{xml}");
    assert!(xml.contains(": “"), "the register page is the regulator's own: {xml}");
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    assert_eq!(feed(&[]), feed(&[]));
    let anew = TempDir::new().expect("a folder");
    casebook_on(&fixture("corpus"), anew.path()).args(["run", "--quiet"]).assert().success();
    let mut command = casebook_on(&fixture("corpus"), anew.path());
    assert_eq!(stdout_of(command.args(["feed", "--since", "2000"])), feed(&["--since", "2000"]));
}

#[test]
fn what_a_run_finds_changed_moves_up_under_the_same_identifier() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let run =
        |arguments: &[&str]| stdout_of(casebook_on(corpus.path(), indexes.path()).args(arguments));
    run(&["run"]);
    let before = run(&["feed"]);
    let digest = corpus.path().join("digests/2023/harrowgate-academy.md");
    let text = fs::read_to_string(&digest).expect("a digest");
    fs::write(&digest, text.replace("lending books", "lending laptops")).expect("writable");
    run(&["run"]);
    let after = run(&["feed"]);
    let title = "Reprimand: Harrowgate Academy";
    let id = |xml: &str| {
        // The first title and identifier are the feed's own.
        let at = texts(xml, "title").iter().position(|found| found == title).expect(title);
        (at, texts(xml, "id")[at].clone(), texts(xml, "updated")[at].clone())
    };
    let ((old_place, old_id, old), (place, new_id, new)) = (id(&before), id(&after));
    assert_eq!(old_id, new_id);
    assert!(old_place > 1 && old == "2023-05-23T00:00:00Z", "{before}");
    assert!(place == 1 && new > old && texts(&after, "updated")[0] == new, "{after}");
    run(&["run", "--rebuild"]);
    assert_eq!(run(&["feed"]), after);
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    let (corpus, indexes) = (copied_corpus(), TempDir::new().expect("a folder"));
    let digest = corpus.path().join("digests/2023/harrowgate-academy.md");
    let text = fs::read_to_string(&digest).expect("a digest");
    let text = text.replace("HGA", "<H&A>").replace("Fingerprints at", "A & \\u0007 <b> \\\" at");
    fs::write(&digest, text).expect("writable");
    casebook_on(corpus.path(), indexes.path()).args(["run", "--quiet"]).assert().success();
    let mut command = casebook_on(corpus.path(), indexes.path());
    let xml =
        stdout_of(command.args(["feed", "a&b <i>", "--sector", "education", "--title", "a < b"]));
    assert!(texts(&xml, "summary").len() == 1 && xml.contains("A &amp;  &lt;b&gt;"), "{xml}");
    assert!(!xml.contains('\u{7}') && xml.contains("<title>a &lt; b</title>"), "{xml}");
}

#[test]
fn a_feed_without_a_case_is_written_all_the_same() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("none.xml");
    let said = stderr_of(command().args(["--organisation", "nobody", "-o"]).arg(&path), 1);
    assert!(said.contains("No case matches yet"), "{said}");
    let xml = fs::read_to_string(path).expect("a feed");
    assert_eq!((texts(&xml, "entry").len(), texts(&xml, "updated").len()), (0, 1));
}

#[test]
fn the_newest_come_first_and_the_rest_is_counted() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.xml");
    let said = stderr_of(command().args(["--limit", "2", "-o"]).arg(&path), 0);
    assert!(said.contains("2 entries, the newest of 4, written to"), "{said}");
    let xml = fs::read_to_string(&path).expect("a feed");
    let mut updated = texts(&xml, "updated").split_off(1);
    assert_eq!(updated.len(), 2);
    updated.reverse();
    assert!(updated.is_sorted(), "{updated:?}");
    let said = stderr_of(command().args(["-o"]).arg(&path), 2);
    assert!(said.contains("is there already") && said.contains("--force"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("untouched"), xml);
    let _ = stderr_of(command().args(["--force", "-o"]).arg(&path), 0);
    assert_ne!(fs::read_to_string(&path).expect("replaced"), xml);
}

const SAVED: &str = "[[feed]]\nname = \"schools\"\ntitle = \"Schools\"\nquery = \"impact assessment\"\n\
    filters = { sector = [\"education\"], since = 2020, without-individuals = true }\n\n\
    [[feed]]\nname = \"fines\"\ntitle = \"Fines\"\nfilters = { amount-min = \"1k\" }\n";

/// `feed --all` with that file of saved queries into that folder.
fn all(saved: &str, folder: &Path) -> Command {
    let file = folder.join("feeds.toml");
    fs::write(&file, saved).expect("writable");
    let mut command = command();
    command.arg("--all").arg("--saved").arg(file).arg("-o").arg(folder.join("out"));
    command
}

#[test]
fn every_saved_query_becomes_a_feed() {
    let folder = TempDir::new().expect("a folder");
    let said = stderr_of(&mut all(SAVED, folder.path()), 0);
    assert!(said.contains("out/schools.xml") && said.contains("out/fines.xml"), "{said}");
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).expect(name);
    let schools = read("schools.xml");
    assert_eq!(texts(&schools, "title")[..2], ["Schools", "Reprimand: Harrowgate Academy"]);
    assert!(texts(&read("fines.xml"), "title").len() > 1);
    // A query that is mended keeps the identity of its feed.
    let mended = SAVED.replace("impact assessment", "fingerprints");
    let _ = stderr_of(all(&mended, folder.path()).arg("--force"), 0);
    assert_eq!(texts(&read("schools.xml"), "id")[0], texts(&schools, "id")[0]);
    assert_ne!(read("schools.xml"), schools);
    // Settings name the file too.
    let settings = folder.path().join("casebook.toml");
    let named = folder.path().join("feeds.toml");
    fs::write(&settings, format!("feeds = {:?}\n", named.to_str().expect("UTF-8")))
        .expect("writable");
    let mut command = command();
    command.args(["--all", "--force", "-o"]).arg(folder.path().join("out"));
    let _ = stderr_of(command.arg("--config").arg(settings), 0);
}

#[test]
fn a_broken_file_of_saved_queries_is_refused_by_line_before_anything_is_written() {
    let folder = TempDir::new().expect("a folder");
    for (from, to, hint) in [
        (
            "\"education\"",
            "\"educatoin\"",
            "line 1, feed `schools`: unknown sector `educatoin`; did you mean `education`?",
        ),
        (
            "amount-min",
            "amount-mni",
            "line 7, feed `fines`: unexpected argument '--amount-mni' found",
        ),
        ("\"1k\"", "\"much\"", "it must be a sum in pounds"),
        ("\"1k\"", "1.5", "the filter `amount-min` must be a text, a number, true, or a list"),
        ("since = 2020", "since = 2020, until = 2019", "--since 2020 is after --until 2019"),
        ("name = \"fines\"", "name = \"schools\"", "line 7: the name `schools` is there twice"),
        ("name = \"fines\"", "name = \"../fines\"", "must be of small letters"),
        ("title = \"Fines\"", "title = \" \"", "line 7: the feed `fines` needs a title"),
        ("title = \"Fines\"\n", "", "line 7: missing field `title`"),
        ("query =", "qeury =", "line 4: unknown field `qeury`"),
        ("query = \"impact", "query = impact", "feeds.toml, line 4"),
        (SAVED, "", "holds no saved query"),
    ] {
        let said = stderr_of(&mut all(&SAVED.replace(from, to), folder.path()), 2);
        assert!(said.contains(hint), "{hint}: {said}");
        assert!(!folder.path().join("out").exists(), "{said}");
    }
}

#[test]
fn wrong_use_is_explained() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("file"), "").expect("writable");
    let inside = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (none, under_file, here) = (inside("none.toml"), inside("file/out"), inside(""));
    fs::write(inside("feeds.toml"), SAVED).expect("writable");
    let saved = inside("feeds.toml");
    for (arguments, hint) in [
        (&["--category", "missing-dpai"][..], "did you mean `missing-dpia`?"),
        (&["--since", "2025", "--until", "2024"], "is after"),
        (&["--all"], "--output"),
        (&["--saved", "feeds.toml"], "--all"),
        (&["words", "--all", "-o", "out"], "cannot be used with"),
        (&["--all", "--saved", &none, "-o", "out"], "there is no file"),
        (
            &["--all", "--saved", &saved, "--sector", "education", "-o", "out"],
            "leave other filters out",
        ),
        (&["--all", "--saved", &saved, "-o", &under_file], "cannot make the folder"),
        (&["-o", &here], "is a folder; name a file"),
        (&["-o", "no/such/folder/f.xml"], "there is no folder no/such/folder"),
        (&["--address", "feed.xml"], "`feed.xml` is no web address"),
        (&["--limit", "0"], "invalid value '0'"),
    ] {
        let said = stderr_of(command().args(arguments), 2);
        assert!(said.contains(hint), "{hint}: {said}");
    }
}
