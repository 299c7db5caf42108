//! `casebook slides --template`: decks on the masters of houses, and files that cannot be templates.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::Path,
};

use casebook::slides::{Master, fits, fitted, outline::case_deck};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    slides::Shelf,
    slides_package::{house, parts},
    support::{casebook_on, fixture, small, stderr_of, stdout_of},
};

/// A deck of a case on a template.
fn deck_on(template: &Path) -> Vec<(String, String)> {
    let folder = TempDir::new().expect("a folder");
    let deck = folder.path().join("deck.pptx");
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["slides", "harrowgate-academy", "--template"]).arg(template);
    stdout_of(command.arg("-o").arg(&deck));
    parts(fs::read(deck).expect("a deck"))
}

fn part<'a>(parts: &'a [(String, String)], name: &str) -> &'a str {
    let found = parts.iter().find(|(known, _)| known == name);
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

/// What the program says of a file that is no template.
fn refused(bytes: &[u8]) -> String {
    let folder = TempDir::new().expect("a folder");
    let template = folder.path().join("house.potx");
    fs::write(&template, bytes).expect("writable");
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["slides", "harrowgate-academy", "--template"]).arg(&template);
    let said = stderr_of(command.arg("-o").arg(folder.path().join("deck.pptx")), 2);
    assert!(said.contains("house.potx as a template: it"), "{said}");
    said
}

/// A ZIP archive of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a ZIP file").into_inner()
}

/// A template with the text of its parts changed.
fn changed(name: &str, change: impl Fn(&str, &str) -> String) -> Vec<u8> {
    let parts = parts(house(name));
    let changed: Vec<(String, String)> =
        parts.iter().map(|(name, text)| (name.clone(), change(name, text))).collect();
    let files: Vec<(&str, &[u8])> =
        changed.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&files)
}

#[test]
fn a_deck_stands_on_the_houses_master_without_its_example_slides() {
    let parts = deck_on(&fixture("templates/dark.potx"));
    let theme = part(&parts, "ppt/theme/theme1.xml");
    assert!(theme.contains("DejaVu Serif"), "{theme}");
    assert!(!parts.iter().any(|(_, text)| text.contains("EXAMPLE")));
    let types = part(&parts, "[Content_Types].xml");
    assert!(types.contains("presentation.main+xml") && !types.contains("template.main"), "{types}");
    // No layout has a type here, so placeholders tell which is which.
    let layout_of = |slide: &str| {
        let relations = part(&parts, &format!("ppt/slides/_rels/{slide}.xml.rels"));
        let layout = relations.split('"').find(|target| target.contains("slideLayouts/"));
        part(&parts, layout.expect("a layout").trim_start_matches('/')).to_owned()
    };
    assert!(layout_of("slide1").contains("type=\"subTitle\""));
    assert!(layout_of("slide3").contains("name=\"Harrowgate 1\""));
    let slide = part(&parts, "ppt/slides/slide3.xml");
    assert!(
        slide.contains("<p:ph type=\"title\"/>") && slide.contains("<p:ph idx=\"1\"/>"),
        "{slide}"
    );
    // The template has a master of notes, so ours is not added.
    let masters = parts.iter().filter(|(name, _)| name.starts_with("ppt/notesMasters/notesMaster"));
    assert_eq!(masters.count(), 1);
    assert_eq!(deck_on(&fixture("templates/dark.potx")), parts);
}

#[test]
fn nothing_is_set_smaller_than_18_points_and_notes_get_a_master() {
    let parts = deck_on(&fixture("templates/small.pptx"));
    let text = part(&parts, "ppt/slides/slide3.xml");
    assert!(text.contains(" sz=\"1800\"") && !text.contains(" sz=\"14"), "{text}");
    let notes = part(&parts, "ppt/notesMasters/_rels/notesMaster1.xml.rels");
    assert!(notes.contains("/ppt/theme/theme2.xml"), "{notes}");
    assert!(part(&parts, "ppt/theme/theme2.xml").contains("name=\"casebook\""));
}

#[test]
fn a_deck_of_casebooks_own_serves_as_a_template() {
    let folder = TempDir::new().expect("a folder");
    let deck = folder.path().join("own.pptx");
    let mut command = casebook_on(&fixture("corpus"), small());
    stdout_of(command.args(["slides", "harrowgate-academy", "-o"]).arg(&deck));
    let own = parts(fs::read(&deck).expect("a deck"));
    let again = deck_on(&deck);
    let theme = "ppt/theme/theme1.xml";
    assert_eq!(part(&again, theme), part(&own, theme));
    let slides = |parts: &[(String, String)]| {
        parts.iter().filter(|(name, _)| name.starts_with("ppt/slides/slide")).count()
    };
    assert!(slides(&again) >= slides(&own));
}

#[test]
fn every_shipped_case_fits_on_every_template() {
    let masters = ["dark.potx", "small.pptx"].map(|name| Master::of_template(house(name)));
    let masters = masters.map(|master| master.expect("a template"));
    Shelf::shipped().each(false, |material| {
        for master in &masters {
            for slide in &fitted(case_deck(material), master.frames()).slides {
                assert!(fits(slide, master.frames()), "{}: {slide:#?}", material.case.case);
            }
        }
    });
}

#[test]
fn other_kinds_of_files_are_named() {
    let office = |kind: &str| {
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Override PartName=\"/main.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
        );
        let roots = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"main.xml\"/></Relationships>";
        zipped(&[("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", roots.as_bytes())])
    };
    let odp = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.presentation")]);
    let kinds: [(&[u8], &str); 7] = [
        (b"%PDF-1.7\n", "it is a PDF, not a PowerPoint template"),
        (b"", "it is an empty file"),
        (b"Dear all", "it is another kind of file"),
        (&office("wordprocessingml.document"), "it is a Word document"),
        (&office("spreadsheetml.sheet"), "it is an Excel workbook"),
        (&odp, "it is an OpenDocument file"),
        (&zipped(&[("a.txt", b"a")]), "it is a ZIP archive"),
    ];
    for (bytes, sentence) in kinds {
        let said = refused(bytes);
        assert!(said.contains(sentence), "{said}");
    }
}

#[test]
fn encrypted_and_old_files_are_told_apart() {
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.resize(512, 0);
    let said = refused(&compound);
    assert!(said.contains("format of PowerPoint before 2007") && said.contains(".potx"), "{said}");
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let said = refused(&compound);
    assert!(said.contains("encrypted with a password; open it in PowerPoint"), "{said}");
}

#[test]
fn damaged_files_are_no_templates() {
    let whole = house("small.pptx");
    let said = refused(&whole[..whole.len() / 2]);
    assert!(said.contains("it is damaged"), "{said}");
    let layouts = |name: &str| name.starts_with("ppt/slideLayouts/slideLayout");
    let broken = |name: &str, text: &str| match layouts(name) {
        true => text[..text.len() / 2].to_owned(),
        false => text.to_owned(),
    };
    let said = refused(&changed("small.pptx", broken));
    assert!(said.contains("slideLayout1.xml is not sound XML"), "{said}");
    let bomb = |name: &str, text: &str| match layouts(name) {
        true => " ".repeat(101_000_000),
        false => text.to_owned(),
    };
    let one = |name: &str, text: &str| match name.ends_with("slideLayout2.xml") {
        true => bomb(name, text),
        false => text.to_owned(),
    };
    let said = refused(&changed("small.pptx", one));
    assert!(said.contains("it unpacks to more than 100 MB"), "{said}");
}

#[test]
fn a_template_without_a_layout_for_text_says_what_there_is() {
    let textless = |_: &str, text: &str| {
        text.replace("<p:ph idx=\"1\"", "<p:ph type=\"pic\" idx=\"1\"")
            .replace("type=\"body\"", "type=\"pic\"")
            .replace("<p:ph sz=\"half\"", "<p:ph type=\"pic\" sz=\"half\"")
            .replace("<p:ph sz=\"quarter\"", "<p:ph type=\"pic\" sz=\"quarter\"")
    };
    let said = refused(&changed("small.pptx", textless));
    assert!(said.contains("it has no layout with a title and a large box for text"), "{said}");
    assert!(said.contains("“Title Only” (title)"), "{said}");
    assert!(said.contains("“Title and Content” (title, picture or other object)"), "{said}");
}

#[test]
fn a_template_is_for_powerpoint_files_only() {
    let template = fixture("templates/small.pptx");
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["slides", "harrowgate-academy", "-o", "deck.md", "--template"]).arg(&template);
    let said = stderr_of(&mut command, 2);
    assert!(said.contains("--template is for PowerPoint files"), "{said}");
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["slides", "harrowgate-academy", "-o", "deck.pptx", "--template", "nowhere.potx"]);
    let said = stderr_of(&mut command, 2);
    assert!(said.contains("cannot read nowhere.potx"), "{said}");
}
