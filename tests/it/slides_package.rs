//! Decks as PPTX packages: every part has its type, every relation its target, on our own master and on
//! those of houses.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use casebook::slides::{
    Deck, Master, fitted,
    outline::{Topic, case_deck, several},
    pptx,
};
use quick_xml::{Reader as XmlReader, events::Event};

use crate::{slides::Shelf, support::root};

/// Parts by name.
pub fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let count = zip.len();
    let read = |place| {
        let mut part = zip.by_index(place).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        (part.name().expect("a name").into_owned(), String::from_utf8_lossy(&bytes).into_owned())
    };
    (0..count).map(read).collect()
}

/// The values of an attribute in well-formed XML, where no other attribute excludes its element.
fn values(xml: &str, attribute: &str, unless: &str) -> Vec<String> {
    let mut reader = XmlReader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return found,
            Event::Start(element) | Event::Empty(element) => {
                let element: &str = element.as_ref();
                let text = element.to_owned();
                let value = text.split_once(&format!(" {attribute}=\"")).map(|(_, rest)| rest);
                let value = value.and_then(|rest| rest.split_once('"')).map(|(value, _)| value);
                found.extend(value.filter(|_| !text.contains(unless)).map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// The template of tests with that name.
pub fn house(name: &str) -> Vec<u8> {
    let path = root().join("tests/fixtures/templates").join(name);
    std::fs::read(path).expect("a template")
}

/// Fails unless types and relations of a deck are whole.
fn assert_sound(deck: &Deck, master: &Master) {
    let parts = parts(pptx(deck, master).expect("bytes"));
    let names: BTreeSet<String> = parts.iter().map(|(name, _)| format!("/{name}")).collect();
    for (name, xml) in &parts {
        if name == "[Content_Types].xml" {
            let typed: BTreeSet<String> = values(xml, "PartName", "no such").into_iter().collect();
            let ends = values(xml, "Extension", "no such");
            let by_end = |name: &str| {
                ends.iter().any(|end| end != "xml" && name.ends_with(&format!(".{end}")))
            };
            let is_part = |name: &&String| !by_end(name) && !name.ends_with("_Types].xml");
            assert_eq!(typed, names.iter().filter(is_part).cloned().collect());
        } else if name.ends_with(".rels") {
            for target in values(xml, "Target", "TargetMode") {
                let target = format!("/{}", target.trim_start_matches('/'));
                assert!(names.contains(&target), "{name} leads to {target}");
            }
        } else if name.ends_with(".xml") {
            let ids = values(xml, "r:id", "no such");
            let (folder, file) = name.rsplit_once('/').expect("a folder");
            let relations = format!("{folder}/_rels/{file}.rels");
            let relations = parts.iter().find(|(name, _)| *name == relations);
            let known = relations.map(|(_, xml)| values(xml, "Id", "no such")).unwrap_or_default();
            assert!(ids.iter().all(|id| known.contains(id)), "{name}: {ids:?}");
        }
    }
}

#[test]
fn every_part_has_its_type_and_every_relation_its_target() {
    let house = Master::of_template(house("dark.potx")).expect("a template");
    let masters = [Master::own(), house];
    let shelf = Shelf::shipped();
    let dates = (2019..2024).filter_map(|year| format!("{year}-02-03").parse().ok()).collect();
    let topic = Topic { title: "Two & <more>".to_owned(), found: 9, dates };
    let mut decks = 0;
    shelf.each(false, |material| {
        decks += 1;
        for master in masters.iter().take(if decks % 8 == 0 { 2 } else { 1 }) {
            assert_sound(&fitted(case_deck(material), master.frames()), master);
            if decks <= 16 {
                let deck = several(&topic, &[*material, *material]);
                assert_sound(&fitted(deck, master.frames()), master);
            }
        }
    });
}
