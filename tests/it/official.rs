//! Official texts lead, join the case that they belong to, and conflicts are reported.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook_on, copied_corpus, stdout_of};

/// A corpus and its indexes.
struct Place {
    corpus: TempDir,
    indexes: TempDir,
}

impl Place {
    fn of(corpus: TempDir) -> Self {
        Self { corpus, indexes: TempDir::new().expect("a folder") }
    }

    fn empty() -> Self {
        Self::of(TempDir::new().expect("a folder"))
    }

    fn with(self, name: &str, text: &str) -> Self {
        let path = self.corpus.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(path, text).expect("writable");
        self
    }

    /// What a run prints and what it says on standard error.
    fn run(&self) -> (String, String) {
        let mut command = casebook_on(self.corpus.path(), self.indexes.path());
        let output = command.args(["run", "--quiet"]).assert().success().get_output().clone();
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    }

    fn case(&self, slug: &str) -> Value {
        let mut command = casebook_on(self.corpus.path(), self.indexes.path());
        serde_json::from_str(&stdout_of(command.args(["show", slug, "--json"]))).expect("JSON")
    }

    fn slugs(&self) -> Vec<String> {
        let mut command = casebook_on(self.corpus.path(), self.indexes.path());
        let table = stdout_of(command.args(["search", "", "--csv"]));
        let mut slugs: Vec<String> =
            table.lines().skip(1).filter_map(|l| Some(l.split(',').next()?.to_owned())).collect();
        slugs.sort();
        slugs
    }
}

fn kinds(case: &Value) -> Vec<&str> {
    let documents = case["documents"].as_array().expect("documents");
    documents.iter().filter_map(|document| document["kind"].as_str()).collect()
}

/// A page of the register in the present layout.
fn page(slug: &str, title: &str, facts: &str, file: &str) -> String {
    let facts = facts.split('|').filter_map(|fact| fact.split_once(": "));
    let facts: String = facts
        .map(|(label, value)| format!("<li><span>{label}</span> <strong>{value}</strong></li>"))
        .collect();
    format!(
        "<!DOCTYPE html><html><head><title>{title} | ICO</title><meta property=\"og:url\" \
         content=\"https://ico.org.uk/action-weve-taken/enforcement/{slug}/\" /></head><body>\
         <main id=\"main-content\"><h1>{title}</h1><ul>{facts}</ul><div class=\"rich-text\">\
         <div class=\"prose\"><p>We took action against {title}.</p></div></div>\
         <further-Reading x-href=\"{file}\" x-title=\"Notice\" x-size=\"1000\"></further-Reading>\
         </main></body></html>"
    )
}

const LETTER: &str = "REPRIMAND\n\nTO: MARLOW DISTRICT COUNCIL\n\nReasons\n\n\
    1.1 The council did not train the staff who handle subject access requests.\n\n\
    1.2 310 individuals were affected.\n\nDated the 27 day of February 2024\n";

#[test]
fn a_notice_leads_the_page_and_the_digest() {
    let place =
        Place::of(copied_corpus()).with("fetched/marlow-district-council-reprimand.txt", LETTER);
    let (_, said) = place.run();
    assert_eq!(said, "", "nothing is in conflict");
    let case = place.case("marlow-district-council");
    assert_eq!(kinds(&case), ["text", "register-page", "digest"]);
    assert_eq!((&case["date"], &case["date_kind"]), (&"2024-02-27".into(), &"notice".into()));
    assert_eq!(case["organisation"], "Marlow District Council", "the register's spelling");
    assert_eq!(case["sector"], "local-government");
    assert_eq!(case["findings"][0]["document"], "fetched/marlow-district-council-reprimand.txt");
    let shown = stdout_of(
        casebook_on(place.corpus.path(), place.indexes.path())
            .args(["show", "marlow-district-council"]),
    );
    for line in [
        "Read here from the official page: fetched/marlow-district-council.html",
        "https://ico.org.uk/action-weve-taken/enforcement/2024/02/marlow-district-council/",
        "Read here from the digest: digests/2024/marlow-district-council.md",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
}

fn digest(organisation: &str, fields: &str) -> String {
    format!(
        "+++\norganisation = \"{organisation}\"\ntitle = \"A case\"\ndate = \"2024-05-03\"\n\
         date_kind = \"register\"\nactions = [\"monetary-penalty\", \"enforcement-notice\"]\n\
         sector = \"marketing\"\n{fields}\nconfidence = \"high\"\nsources = []\n+++\n\n\
         ## What went wrong\n\nThe firm made unsolicited marketing calls.\n"
    )
}

const FACTS: &str = "Date: 3 May 2024|Type: Monetary penalties|Sector: Marketing";

#[test]
fn a_page_at_its_old_address_joins_by_the_number_of_its_notice() {
    let known = "pdf_url = \"https://ico.org.uk/media2/migrated/4030454/fennimore-penalty.pdf\"";
    let old = page(
        "fennimore",
        "Fennimore Ltd",
        FACTS,
        "/media/action-weve-taken/mpns/4030454/fennimore-penalty.pdf",
    );
    let place = Place::empty()
        .with("digests/fennimore-2024.md", &digest("Fennimore", known))
        .with("old.html", &old);
    assert_eq!(place.run().1, "");
    assert_eq!(place.slugs(), ["fennimore-2024"], "the digest's name stays");
    let case = place.case("fennimore-2024");
    assert_eq!(kinds(&case), ["register-page", "digest"]);
    assert_eq!(case["organisation"], "Fennimore Ltd");
    assert_eq!(
        case["also_pdf_urls"][0],
        "https://ico.org.uk/media2/migrated/4030454/fennimore-penalty.pdf"
    );
}

#[test]
fn one_file_name_of_two_bodies_is_a_conflict_and_stays_one() {
    let known = "pdf_url = \"https://ico.org.uk/media2/aaaa1111/calls-penalty.pdf\"";
    let place = Place::empty().with("digests/fennimore.md", &digest("Fennimore Ltd", known)).with(
        "other.html",
        &page("quillbrook", "Quillbrook Ltd", FACTS, "/media2/bbbb2222/calls-penalty.pdf"),
    );
    let expected =
        "conflict: other.html: it has the file name of a notice of fennimore, but another body";
    let (_, said) = place.run();
    assert!(said.starts_with(expected), "{said}");
    let (again, said) = place.run();
    assert!(again.contains("Nothing has changed") && said.starts_with(expected), "{again}{said}");
    assert_eq!(place.slugs(), ["fennimore", "quillbrook"]);
}

#[test]
fn a_document_between_two_cases_joins_by_its_page() {
    let page_of = "page_url = \"https://ico.org.uk/action-weve-taken/enforcement/fennimore/\"";
    let file_of = "pdf_url = \"https://ico.org.uk/media2/bbbb2222/quillbrook.pdf\"";
    let place = Place::empty()
        .with("digests/fennimore.md", &digest("Fennimore Ltd", page_of))
        .with("digests/quillbrook.md", &digest("Quillbrook Ltd", file_of))
        .with(
            "page.html",
            &page("fennimore", "Fennimore Ltd", FACTS, "/media2/bbbb2222/quillbrook.pdf"),
        );
    let (_, said) = place.run();
    let expected = "conflict: page.html: it has the register page of fennimore, \
                    but the address of the notice of quillbrook; it joined fennimore\n";
    assert_eq!(said, expected);
    assert_eq!(kinds(&place.case("fennimore")), ["register-page", "digest"]);
    assert_eq!(kinds(&place.case("quillbrook")), ["digest"]);
}

#[test]
fn a_date_far_from_the_registers_is_not_believed() {
    let letter =
        "PENALTY NOTICE\n\nTO: Fennimore Ltd\n\nThe firm made calls.\n\nDated 3 May 2021\n";
    let known = format!("pdf_sha256 = \"{}\"", casebook::hash::sha256(letter.as_bytes()));
    let place = Place::empty()
        .with("digests/fennimore.md", &digest("Fennimore", &known))
        .with("a.txt", letter);
    let (_, said) = place.run();
    assert!(
        said.contains("conflict: fennimore: the notice seems to be dated 2021-05-03"),
        "{said}"
    );
    let case = place.case("fennimore");
    assert_eq!((&case["date"], &case["date_kind"]), (&"2024-05-03".into(), &"register".into()));
    assert_eq!(kinds(&case), ["text", "digest"]);
}

#[test]
fn a_notice_without_a_date_is_not_guessed_into_a_case() {
    let letter = "PENALTY NOTICE\n\nTO: Fennimore Ltd\n\nThe firm made calls.\n";
    let place =
        Place::empty().with("digests/fennimore.md", &digest("Fennimore", "")).with("a.txt", letter);
    let (_, said) = place.run();
    assert!(said.contains("not clearly of the same date"), "{said}");
    assert_eq!(place.slugs(), ["fennimore", "fennimore-2"]);
    let dated = Place::empty()
        .with("digests/fennimore.md", &digest("Fennimore", ""))
        .with("a.txt", &format!("{letter}\nDated 3 May 2024\n"));
    assert_eq!(dated.run().1, "");
    assert_eq!(dated.slugs(), ["fennimore"]);
}

#[test]
fn twins_are_one_case_where_a_digest_says_so() {
    let penalty =
        page("2024/05/fennimore-mpn", "Fennimore Ltd", FACTS, "/media2/aaaa1111/fennimore-mpn.pdf");
    let facts = FACTS.replace("Monetary penalties", "Enforcement notices");
    let notice =
        page("2024/05/fennimore-en", "Fennimore Ltd", &facts, "/media2/bbbb2222/fennimore-en.pdf");
    let apart = Place::empty().with("mpn.html", &penalty).with("en.html", &notice);
    assert_eq!(apart.run().1, "");
    assert_eq!(apart.slugs().len(), 2);
    let pages = "page_url = \"https://ico.org.uk/action-weve-taken/enforcement/2024/05/fennimore-mpn/\"\n\
                 also_page_urls = [\"https://ico.org.uk/action-weve-taken/enforcement/2024/05/fennimore-en/\"]";
    let joined = apart.with("digests/fennimore.md", &digest("Fennimore", pages));
    assert_eq!(joined.run().1, "");
    assert_eq!(joined.slugs(), ["fennimore"]);
    let case = joined.case("fennimore");
    assert_eq!(kinds(&case), ["register-page", "register-page", "digest"]);
    assert_eq!(case["action_types"].as_array().map(Vec::len), Some(2));
}

#[test]
fn guidance_joins_the_list_and_audits_and_lists_are_no_cases() {
    let guidance = page("x", "Consent", "", "")
        .replace("/action-weve-taken/enforcement/x/", "/for-organisations/guide/consent/");
    let audit = page("x", "Fennimore Ltd", FACTS, "")
        .replace("/enforcement/x/", "/audits-and-overview-reports/2024/fennimore/");
    let place =
        Place::of(copied_corpus()).with("fetched/g.html", &guidance).with("fetched/a.html", &audit);
    let (printed, _) = place.run();
    assert!(
        printed.contains("4 cases") && printed.contains("2 guidance notes and pages"),
        "{printed}"
    );
    let list = page("x", "Enforcement action", "", "").replace("/enforcement/x/", "/enforcement/");
    let place = place.with("fetched/list.html", &list);
    let mut command = casebook_on(place.corpus.path(), place.indexes.path());
    let output = command.args(["run", "--quiet"]).assert().code(3).get_output().clone();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("list.html: this page only lists actions"), "{said}");
}
