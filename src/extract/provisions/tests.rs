use std::sync::LazyLock;

use proptest::prelude::*;

use super::ProvisionFinder;
use crate::{
    extract::Extractor,
    model::{CitedProvision, Provision, ProvisionStatus, Record},
    read,
    taxonomy::Taxonomy,
};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::new(Taxonomy::shipped().expect("the shipped taxonomy")).expect("the shipped cues")
});

fn record(text: &str) -> Record {
    EXTRACTOR.extract(&read::read("notice.txt", text.as_bytes()).expect("plain text"))
}

fn forms(cited: &[CitedProvision]) -> String {
    let forms: Vec<String> = cited.iter().map(|cited| cited.provision.to_string()).collect();
    if forms.is_empty() { "-".to_owned() } else { forms.join("; ") }
}

/// The provisions of a status, in their order.
fn of_status(text: &str, status: ProvisionStatus) -> Vec<String> {
    let cited = record(text).cited.into_iter().filter(|cited| cited.status == status);
    cited.map(|cited| cited.provision.to_string()).collect()
}

#[test]
fn every_spelling_comes_to_one_form() {
    let table = include_str!("../../../tests/fixtures/provisions/spellings.tsv");
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = rows
        .filter_map(|row| {
            let (text, expected) = row.split_once('\t').expect("a spelling, a tab and its forms");
            let found = forms(&record(&format!("He read {text}.")).cited);
            (found != expected).then(|| format!("{text}: {found}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn infringed_is_what_the_regulator_finds() {
    for text in [
        "The Commissioner finds that Marlow District Council infringed Article 33 of the UK GDPR.",
        "The Council is reprimanded for infringements of Article 33 of the UK GDPR.",
        "Article 33 of the UK GDPR was infringed.",
        "This was in breach of Article 33 UK GDPR.",
        "The Council failed to comply with its obligations under Article 33 UK GDPR.",
        "The breach was not reported as required by Article 33 UK GDPR.",
        "The Commissioner issues a reprimand in respect of Article 33 UK GDPR.",
        "The Council gave none of the particulars that Article 33 UK GDPR requires.",
        "Contravention of Article 33 UK GDPR",
        "Provisions infringed: Article 33 UK GDPR.",
        "On Article 33 UK GDPR, it held that the Council sent nothing for two weeks.",
        "As to Article 33 UK GDPR, the ICO found that the form was late, so that the duty was violated.",
        "The form that the clerk filled in did not suffice for Article 33 UK GDPR.",
        "Article 33 UK GDPR was not respected, since the form came after two weeks.",
        "The form was sent beyond the time limit of Article 33 UK GDPR.",
        "This broke Article 33 of the UK GDPR.",
        "The Commissioner's findings relate to Article 33 of the UK GDPR.",
        "The Council should have sent a form (Article 33 UK GDPR) and had not.",
        "The Council did not send a form for two weeks (Article 33 UK GDPR).",
        "Nobody was told without a form, in breach of Article 33 UK GDPR.",
        "In respect of Article 33 UK GDPR, the Council was unable to say when it sent the form.",
        "Article 33 UK GDPR: The Council did not send a form for two weeks.",
        "What the form said was too vague for Article 33 UK GDPR.",
        "The Commissioner received no report under Article 33 UK GDPR until May.",
        "The Council did not inform the Commissioner for a month under Article 33 UK GDPR.",
        "The Council was given a reprimand under Article 33 UK GDPR.",
        "The Council had no valid basis under Article 33 UK GDPR.",
        "The form that the clerk had was ignored (Article 33 UK GDPR).",
        "The clerk thought a form needless; Article 33 UK GDPR left no such choice.",
        "The failures concern Article 33 UK GDPR. The ICO found this article violated.",
    ] {
        assert_eq!(of_status(text, ProvisionStatus::Infringed), ["UK GDPR Art 33"], "{text}");
    }
}

#[test]
fn considered_is_what_was_weighed_and_not_found() {
    for text in [
        "The Commissioner makes no finding under Article 33 of the UK GDPR.",
        "No infringement of Article 33 UK GDPR was found.",
        "The Council did not infringe Article 33 UK GDPR.",
        "The Commissioner provisionally found that the Council infringed Article 33 UK GDPR.",
        "The Commissioner considered whether the Council had infringed Article 33 UK GDPR.",
        "The proposed infringement of Article 33 UK GDPR has been dropped.",
        "The ICO did not consider that Article 33 UK GDPR was infringed.",
        "In the notice of intent the Commissioner proposed to find that Article 33 UK GDPR was infringed.",
        "The notice of intent alleged an infringement of Article 33 UK GDPR, too.",
    ] {
        assert_eq!(of_status(text, ProvisionStatus::Considered), ["UK GDPR Art 33"], "{text}");
    }
}

#[test]
fn cited_is_everything_else() {
    for text in [
        "Article 33 of the UK GDPR requires a report within 72 hours.",
        "The Council reported the breach in accordance with Article 33 UK GDPR.",
        "The Council submitted that it had not been told that Article 33 UK GDPR applied.",
        "A controller that fails to report may contravene Article 33 UK GDPR.",
        "The Commissioner may act if a person has failed to comply with Article 33 UK GDPR.",
        "The infringement led to a notice under section 155 of the DPA 2018.",
        "It is not said whether anybody will be prosecuted under section 170 DPA 2018.",
        "If the Council does not comply, the Commissioner may certify that under section 54 of FOIA.",
        "On Article 33 UK GDPR, it held that the form came in time.",
        "Article 33 UK GDPR: The Council sent a form in time.",
        "The Council sent a form in time (Article 33 UK GDPR).",
    ] {
        assert_eq!(of_status(text, ProvisionStatus::Infringed), [""; 0], "{text}");
        assert_eq!(of_status(text, ProvisionStatus::Cited).len(), 1, "{text}");
    }
}

#[test]
fn only_what_the_wording_governs_is_infringed() {
    let text = "The Council violated Article 5(2) UK GDPR, which refers to Article 5(1)(c), but its \
                report met Article 33, and, since nobody was told, it also contravened Article 34.";
    assert_eq!(of_status(text, ProvisionStatus::Infringed), ["UK GDPR Art 5(2)", "UK GDPR Art 34"]);
}

#[test]
fn an_aside_does_not_end_a_list() {
    let text = "The Council infringed Article 12(3) UK GDPR, which sets the time for answers, and \
                Article 15(1) and (3), which give a right to copies.";
    assert_eq!(
        of_status(text, ProvisionStatus::Infringed),
        ["UK GDPR Art 12(3)", "UK GDPR Art 15(1)", "UK GDPR Art 15(3)"]
    );
}

#[test]
fn the_time_of_the_incident_says_which_regulation_is_meant() {
    let old =
        "The tool dated from May 2017, its licence from June 2018 and its manual from July 2019.";
    for (day, expected) in [("4 March 2020", "GDPR Art 32"), ("4 March 2022", "UK GDPR Art 32")] {
        let text =
            format!("On {day} an attacker copied the files. {old} Article 32 was infringed.");
        assert_eq!(of_status(&text, ProvisionStatus::Infringed), [expected], "{text}");
    }
}

#[test]
fn a_list_after_a_colon_is_infringed() {
    let text = "The Commissioner found the following infringements of the UK GDPR:\n\n\
                (a) Article 35(1), which refers to Article 9;\n\n(b) Article 36 (prior consultation).\n\n\
                The rest of this letter gives the reasons.\n\nIt also says that Article 6 was considered.";
    assert_eq!(
        of_status(text, ProvisionStatus::Infringed),
        ["UK GDPR Art 35(1)", "UK GDPR Art 36"]
    );
}

#[test]
fn a_heading_names_what_was_infringed_under_it() {
    let text = "Reprimand\n\nThis letter is a reprimand under the UK GDPR.\n\n\
                Article 35 - impact assessment\n\nNo impact assessment had been carried out.\n\n\
                Article 33 - report\n\nThe Academy reported in time, and no finding is made.\n";
    assert_eq!(of_status(text, ProvisionStatus::Infringed), ["UK GDPR Art 35"]);
}

#[test]
fn a_query_may_be_brief() {
    let finder = ProvisionFinder::new(EXTRACTOR.taxonomy());
    let find = |query: &str| -> Vec<String> {
        finder.find(query).iter().map(ToString::to_string).collect()
    };
    assert_eq!(find("reg 21 PECR"), ["PECR reg 21"]);
    assert_eq!(find("s40 dpa 2018"), ["DPA 2018 s.40"]);
    assert_eq!(find("article 5 1 f"), ["UK GDPR Art 5(1)(f)", "GDPR Art 5(1)(f)"]);
    assert_eq!(find("art 35(1)"), ["UK GDPR Art 35(1)", "GDPR Art 35(1)"]);
    assert_eq!(find("gdpr 35"), ["UK GDPR Art 35", "GDPR Art 35"]);
    assert_eq!(find("uk gdpr 35(1)"), ["UK GDPR Art 35(1)"]);
    assert_eq!(find("pecr 22"), ["PECR reg 22"]);
    assert_eq!(find("section 55 1998 act"), ["DPA 1998 s.55"]);
    assert_eq!(find("schools 2022 biometric"), [""; 0]);
}

/// Canonical forms that a law can have.
fn canonical() -> impl Strategy<Value = String> {
    let paragraphs = "(\\([1-9]\\)(\\([a-h]\\))?)?";
    prop_oneof![
        ("(UK GDPR|GDPR) Art [1-9][0-9]?", paragraphs),
        ("(DPA 2018|DPA 1998|FOIA|CMA 1990) s\\.[1-9][0-9]?", paragraphs),
        ("(PECR|Fees Regs 2018) reg [1-9][0-9]?[A-B]?", paragraphs),
        ("DPA 2018 Sch [1-9] para [1-9][0-9]?", paragraphs),
        ("DPA 1998 Principle [1-8]", ""),
    ]
    .prop_map(|(law, paragraphs)| law + &paragraphs)
}

proptest! {
    #[test]
    fn no_text_panics(text in "(Art(icle|s\\.)? ?|section |reg |that |paragraph |Sch |S|l|[0-9(),;.–é’]| and | to | of |GDPR|DPA| the Act){0,24}") {
        let text = format!("Infringed: {text}");
        for cited in record(&text).cited {
            prop_assert!(cited.start < cited.end && cited.end <= text.len());
        }
        let _ = ProvisionFinder::new(EXTRACTOR.taxonomy()).find(&text);
    }

    #[test]
    fn spans_lie_inside_their_sentence(text in "(Articles 5\\(1\\)\\(f\\)|, 32| and \\(2\\)| of the UK GDPR|\\. The| section 40 |é|“reg 22” ){1,12}") {
        let document = read::read("notice.txt", format!("He read {text} again.").as_bytes()).expect("plain text");
        for cited in EXTRACTOR.extract(&document).cited {
            prop_assert!(document.text.get(cited.start..cited.end).is_some());
            let inside = document.sentences.iter().any(|s| s.span.start <= cited.start && cited.end <= s.span.end);
            prop_assert!(inside || document.sections.iter().any(|s| s.span.start <= cited.start));
        }
    }

    #[test]
    fn a_printed_form_is_found_again(form in canonical()) {
        let parsed: Provision = form.parse().expect("canonical");
        // The same words in a year in which "GDPR" meant the EU's.
        let cited = record(&format!("In May 2019 he read {form} again.")).cited;
        prop_assert_eq!(forms(&cited), parsed.to_string());
    }
}

#[test]
fn nested_brackets_take_no_longer_than_their_length() {
    for text in [
        "Article 5".to_owned() + &"(1".repeat(100_000),
        "Article 5(".repeat(100_000),
        "(1)".repeat(100_000),
    ] {
        assert!(record(&text).cited.len() <= 100_000);
    }
}
