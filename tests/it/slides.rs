//! `casebook slides`: decks of every shipped case, faithful, whole and within their boxes.

use std::{collections::BTreeSet, fs, path::Path};

use casebook::{
    index::Searcher,
    model::{Case, Document},
    pipeline::{Indexes, scan},
    read::Reader,
    slides::{
        Body, Deck, Frames, Names, Paragraph, anonymous, fits, fitted,
        outline::{Material, Storyteller, case_deck},
    },
    taxonomy::Taxonomy,
};
use tempfile::TempDir;

use crate::support::{
    casebook_on, copied_corpus, fixture, root, shipped, small, stderr_of, stdout_of,
};

fn shown(arguments: &[&str]) -> String {
    let mut command = casebook_on(&fixture("corpus"), small());
    stdout_of(command.arg("slides").args(arguments))
}

fn refused(arguments: &[&str], code: i32) -> String {
    stderr_of(casebook_on(&fixture("corpus"), small()).arg("slides").args(arguments), code)
}

fn written(arguments: &[&str], path: &Path) -> Vec<u8> {
    let mut command = casebook_on(&fixture("corpus"), small());
    stdout_of(command.arg("slides").args(arguments).arg("-o").arg(path));
    fs::read(path).expect("a deck")
}

const LETTER: &str = "REPRIMAND\n\nTO: MARLOW DISTRICT COUNCIL\n\n\
    1.1 The council did not train the staff who handle subject access requests.\n\n\
    1.2 310 individuals were affected.\n\nDated the 27 day of February 2024\n";

#[test]
fn the_canteen_case_as_markdown() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    insta::assert_snapshot!(stdout_of(command.args(["slides", "chelmer-valley-high-school"])));
}

#[test]
fn a_topic_says_what_it_leaves_out() {
    let deck = shown(&["--action", "reprimand", "--limit", "2"]);
    assert!(deck.contains("# Reprimand\n"), "{deck}");
    assert!(deck.contains("3 cases found; 1 left out of this deck."), "{deck}");
    assert!(deck.contains("## The cases compared"), "{deck}");
}

#[test]
fn only_the_regulators_words_stand_in_quotation_marks() {
    let corpus = copied_corpus();
    fs::write(corpus.path().join("fetched/marlow-reprimand.txt"), LETTER).expect("writable");
    let indexes = TempDir::new().expect("a folder");
    let on = || casebook_on(corpus.path(), indexes.path());
    on().args(["run", "--quiet"]).assert().success();
    let official = stdout_of(on().args(["slides", "marlow-district-council"]));
    let quote = "> “The council did not train the staff who handle subject access requests.”\n>\n\
                 > — text, paragraph 1.1, under “REPRIMAND”";
    assert!(official.contains(quote), "{official}");
    fs::remove_file(corpus.path().join("fetched/marlow-reprimand.txt")).expect("a file");
    let said = stderr_of(on().args(["slides", "marlow-district-council"]), 0);
    assert!(said.contains("marlow-reprimand.txt is gone or has changed"), "{said}");
    let digest = shown(&["harrowgate-academy"]);
    assert!(!digest.contains("> “"), "{digest}");
    assert!(digest.contains("casebook's digest, not the ICO's own words"), "{digest}");
}

#[test]
fn a_handout_has_what_the_room_takes_home() {
    let folder = TempDir::new().expect("a folder");
    let page = written(&["harrowgate-academy"], &folder.path().join("page.html"));
    let page = String::from_utf8(page).expect("UTF-8");
    for part in
        ["<h1>Harrowgate Academy</h1>", "What went wrong", "What you can learn", "Not legal advice"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

#[test]
fn a_quiz_asks_before_it_tells() {
    let deck = shown(&["harrowgate-academy", "--quiz"]);
    let place = |text: &str| deck.find(text).unwrap_or_else(|| panic!("no {text} in {deck}"));
    assert!(place("What would you have done?") < place("## No adequate impact assessment"));
}

#[test]
fn a_case_without_findings_makes_a_deck_of_facts() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let deck = stdout_of(command.args(["slides", "direct-clothing-co"]));
    assert!(deck.contains("No failing could be read from the documents at hand"), "{deck}");
    assert!(!deck.contains("## What you can learn"), "{deck}");
}

#[test]
fn the_same_deck_has_the_same_bytes_and_is_not_written_over() {
    let folder = TempDir::new().expect("a folder");
    let (one, other) = (folder.path().join("one.pptx"), folder.path().join("other.pptx"));
    let first = written(&["harrowgate-academy"], &one);
    assert_eq!(first, written(&["Harrowgate Academy"], &other));
    let path = one.to_str().expect("UTF-8");
    let said = refused(&["harrowgate-academy", "-o", path], 2);
    assert!(said.contains("is there already") && said.contains("--force"), "{said}");
    assert_eq!(first, written(&["harrowgate-academy", "--force"], &one));
}

#[test]
fn an_anonymous_deck_tells_of_a_kind_of_body() {
    let deck = shown(&["harrowgate-academy", "--anonymise"]);
    assert!(deck.contains("# A school\n") && !deck.contains("Harrowgate"), "{deck}");
    assert!(deck.contains("make the deck without --anonymise for the reveal"), "{deck}");
    let topic = shown(&["--organisation", "marlow", "--anonymise"]);
    assert!(topic.contains("| Council 1 |") && !topic.contains("arlow"), "{topic}");
}

#[test]
fn the_setting_that_leaves_individuals_out_holds_here_too() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.env("CASEBOOK_WITHOUT_INDIVIDUALS", "true");
    let said = stderr_of(command.args(["slides", "council-worker-prosecution"]), 1);
    assert!(said.contains("it is against a natural person"), "{said}");
}

#[test]
fn a_folder_gets_one_deck_a_case() {
    let folder = TempDir::new().expect("a folder");
    let target = format!("{}/new/", folder.path().display());
    shown(&["--query", "", "-o", &target]);
    let decks = fs::read_dir(folder.path().join("new")).expect("a folder");
    let names: BTreeSet<String> =
        decks.filter_map(|deck| deck.ok()?.file_name().into_string().ok()).collect();
    assert!(names.contains("harrowgate-academy.pptx") && names.len() == 4, "{names:?}");
}

#[test]
fn what_cannot_be_made_is_said_in_a_sentence() {
    let said = refused(&["harowgate-academy"], 2);
    assert!(said.contains("did you mean `harrowgate-academy`?"), "{said}");
    let said = refused(&["marlow"], 2);
    assert!(said.contains("`marlow-district-council` or `marlow-district-council-2022`"), "{said}");
    assert!(refused(&[], 2).contains("nothing to make slides of: name cases"));
    assert!(refused(&["--sector", "health"], 1).contains("No case to make slides of"));
    let said = refused(&["harrowgate-academy", "-o", "deck.odp"], 2);
    assert!(said.contains("deck.odp") && said.contains(".pptx, .md or .html"), "{said}");
    let said = refused(&["--query", "", "-o", "page.html"], 2);
    assert!(said.contains("a handout is a page about one case"), "{said}");
    let said = refused(&["harrowgate-academy", "-o", "/nowhere/to/be/found/deck.pptx"], 2);
    assert!(said.contains("cannot write /nowhere/to/be/found/deck.pptx"), "{said}");
    let said = refused(&["harrowgate-academy", "-o", "Cargo.toml/decks/"], 2);
    assert!(said.contains("cannot make the folder"), "{said}");
}

/// All shipped cases with what decks are made from.
pub struct Shelf {
    cases: Vec<(Case, Vec<Document>)>,
    taxonomy: Taxonomy,
    storyteller: Storyteller,
    indexes: Indexes,
}

impl Shelf {
    pub fn shipped() -> Self {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        let indexes = Indexes::open(shipped()).expect("indexes");
        let searcher = Searcher::open(&indexes.search()).expect("an index");
        let files = scan(&root().join("corpus")).expect("a corpus");
        let read = |path: &str| {
            let file = files.iter().find(|file| file.path == path).expect("a file");
            Reader::default().read(path, &file.read().expect("bytes").0).expect("a document")
        };
        let slugs = searcher.slugs().expect("slugs");
        let cases = slugs.iter().map(|slug| {
            let case = searcher.case(slug).expect("an index").expect("a case");
            let documents = case.documents.iter().map(|document| read(&document.path)).collect();
            (case, documents)
        });
        let cases = cases.collect();
        let storyteller = Storyteller::new(&taxonomy).expect("headings");
        Self { cases, taxonomy, storyteller, indexes }
    }

    pub fn each(&self, anonymous: bool, mut check: impl FnMut(&Material<'_>)) {
        let guidance = self.indexes.guidance().expect("guidance");
        for (case, documents) in &self.cases {
            check(&Material {
                case,
                documents,
                similar: &[],
                guidance: &guidance,
                taxonomy: &self.taxonomy,
                storyteller: &self.storyteller,
                anonymous,
                quiz: true,
            });
        }
    }
}

fn all_text(deck: &Deck) -> Vec<&Paragraph> {
    let slides = deck.slides.iter();
    slides.flat_map(|slide| slide.body.paragraphs().into_iter().chain(&slide.notes)).collect()
}

#[test]
fn every_deck_quotes_word_for_word_and_keeps_within_its_boxes() {
    let mut quoted = 0;
    Shelf::shipped().each(false, |material| {
        let deck = fitted(case_deck(material), &Frames::OWN);
        for run in all_text(&deck).iter().flat_map(|paragraph| &paragraph.runs) {
            let stands = |document: &Document| document.text.contains(&run.text);
            let is_true = !run.verbatim || material.documents.iter().any(stands);
            assert!(is_true, "{}: {}", material.case.case, run.text);
            quoted += usize::from(run.verbatim);
        }
        for slide in &deck.slides {
            assert!(fits(slide, &Frames::OWN), "{}: {slide:#?}", material.case.case);
            assert!(!slide.notes.is_empty() || slide.title == "What happened", "{}", slide.title);
        }
        // Every failure found has its slide, with a sentence and its law.
        let quotes = deck.slides.iter().filter(|slide| match &slide.body {
            Body::Quote { quote, below } => !quote.is_empty() && !below.is_empty(),
            _ => false,
        });
        assert!(quotes.count() >= material.case.categories.len(), "{}", material.case.case);
    });
    assert!(quoted > 2000, "{quoted}");
}

#[test]
fn no_name_is_left_in_an_anonymous_deck() {
    Shelf::shipped().each(true, |material| {
        let names = Names::of(material.case, None);
        let deck = anonymous(case_deck(material), std::slice::from_ref(&names));
        let facts = &material.case.facts;
        let titles = deck.slides.iter().map(|slide| slide.title.clone());
        let texts = all_text(&deck).into_iter().map(Paragraph::text);
        for text in titles.chain(texts).chain([deck.title.clone()]) {
            for name in facts.organisation.iter().chain(&facts.also_known_as) {
                let has_it = name.len() > 1 && text.contains(name.as_str());
                assert!(!has_it, "{}: {name} in {text}", material.case.case);
            }
            assert!(!text.contains("ico.org.uk/action"), "{text}");
        }
    });
}
