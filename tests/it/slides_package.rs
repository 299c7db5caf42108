//! Decks as PPTX packages: every part has its type, every relation its target, on our own master and on
//! those of houses.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use casebook::slides::{
    Body, Chart, Deck, Master, Paragraph, Run, Slide, Table, fitted,
    outline::{Topic, case_deck, several},
    pptx,
};
use quick_xml::{Reader as XmlReader, Writer, events::Event};

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

/// One slide of each kind.
fn small_deck() -> Deck {
    let slide = |title: &str, body| Slide {
        title: title.to_owned(),
        body,
        notes: vec![Paragraph::plain("From the notice, page 3.")],
    };
    let lead = || vec![Paragraph::plain("What failed, and how it ended.")];
    let quoted = vec![Run::plain("“"), Run::verbatim("The academy did not ask."), Run::plain("”")];
    let link =
        Run::link("UK GDPR Art 35(1)", "https://www.legislation.gov.uk/eur/2016/679/article/35");
    let row = vec![Paragraph::of(vec![link.clone()]), Paragraph::plain("Reprimand")];
    let table = Table {
        header: vec!["Law".to_owned(), "Outcome".to_owned()],
        widths: vec![1, 2],
        rows: vec![row],
    };
    let chart = Chart {
        names: "Year".to_owned(),
        numbers: "Cases".to_owned(),
        bars: vec![("2023".to_owned(), 2), ("2024".to_owned(), 0)],
    };
    let quote = vec![Paragraph::of(quoted), Paragraph::aside("— official notice, page 3")];
    let below = vec![Paragraph::of(vec![Run::bold("Law: "), link])];
    let text = vec![Paragraph::item(vec![Run::plain("Ask first.")]), Paragraph::plain("Then act.")];
    let slides = vec![
        slide("Harrowgate Academy", Body::Opening(vec![Paragraph::plain("Reprimand, 2024")])),
        slide("What you can learn", Body::Text(text)),
        slide("No adequate impact assessment", Body::Quote { quote, below }),
        slide("The cases compared", Body::Table { lead: lead(), table }),
        slide("The cases by year", Body::Chart { lead: lead(), chart }),
    ];
    Deck { title: "Harrowgate Academy".to_owned(), slides }
}

/// XML with an element a line.
fn pretty(xml: &str) -> String {
    let mut reader = XmlReader::from_str(xml);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => break,
            event => writer.write_event(event).expect("memory"),
        }
    }
    String::from_utf8(writer.into_inner()).expect("UTF-8")
}

/// Slides and charts of a deck, one after the other.
fn slides_of(deck: &Deck, master: &Master) -> String {
    let parts = parts(pptx(deck, master).expect("bytes"));
    let shown = |name: &str| {
        name.ends_with(".xml")
            && ["ppt/slides/", "ppt/charts/"].iter().any(|folder| name.starts_with(folder))
    };
    let shown = parts.iter().filter(|(name, _)| shown(name));
    shown.map(|(name, xml)| format!("# {name}\n{}\n", pretty(xml))).collect()
}

#[test]
fn slides_of_every_kind_on_our_own_master() {
    insta::assert_snapshot!(slides_of(&small_deck(), &Master::own()));
}

#[test]
fn a_statement_and_a_table_on_a_dark_master() {
    let master = Master::of_template(house("dark.potx")).expect("a template");
    let whole = small_deck();
    let deck = Deck { slides: whole.slides[2..4].to_vec(), ..whole };
    insta::assert_snapshot!(slides_of(&deck, &master));
}
