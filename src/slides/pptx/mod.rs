//! A deck as PPTX: text in the places of a slide master, native tables, pages of notes.
//!
//! Slides say what stands in which place; master, layouts and theme say how it looks, so that another
//! master applies to it. The same deck gives the same bytes.

mod master;
mod package;
mod slide;
mod theme;
mod xml;

use std::io;

use super::{
    deck::{Deck, Slide},
    fit::frame::{HEIGHT, WIDTH},
};
use package::{Part, Relation, zipped};
use xml::{NAMESPACES, emu, escaped};

const LAYOUTS: usize = 4;
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const NOTES_MASTER: &str = "ppt/notesMasters/notesMaster1.xml";

/// The deck as the bytes of a PPTX file.
///
/// # Errors
/// A deck of more than 4 GB.
pub fn pptx(deck: &Deck) -> io::Result<Vec<u8>> {
    let mut parts = vec![presentation(deck)];
    parts.extend(masters());
    for (place, slide) in deck.slides.iter().enumerate() {
        parts.extend(slide_and_notes(slide, place + 1));
    }
    parts.extend(properties(deck));
    zipped(&parts)
}

fn part(name: &str, kind: &'static str, xml: String, relations: Vec<Relation>) -> Part {
    Part { name: name.to_owned(), kind, xml, relations }
}

fn presentation(deck: &Deck) -> Part {
    let slides = 1..=deck.slides.len();
    let ids: String = slides
        .clone()
        .map(|number| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 255 + number, number + 4))
        .collect();
    let mut relations = vec![
        Relation::Part("slideMaster", MASTER.to_owned()),
        Relation::Part("notesMaster", NOTES_MASTER.to_owned()),
        Relation::Part("theme", theme_name(1)),
        Relation::Part("presProps", "ppt/presProps.xml".to_owned()),
    ];
    relations.extend(slides.map(|number| Relation::Part("slide", slide_name(number))));
    let (wide, high) = (emu(WIDTH), emu(HEIGHT));
    let xml = format!(
        "<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
         <p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst>\
         <p:sldSz cx=\"{wide}\" cy=\"{high}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle>\
         <a:defPPr><a:defRPr lang=\"en-GB\"/></a:defPPr></p:defaultTextStyle></p:presentation>"
    );
    part("ppt/presentation.xml", PRESENTATION, xml, relations)
}

const PRESENTATION: &str = "officedocument.presentationml.presentation.main+xml";

fn theme_name(number: usize) -> String {
    format!("ppt/theme/theme{number}.xml")
}

fn slide_name(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

fn layout_name(number: usize) -> String {
    format!("ppt/slideLayouts/slideLayout{number}.xml")
}

fn masters() -> Vec<Part> {
    let mut relations: Vec<Relation> =
        (1..=LAYOUTS).map(|number| Relation::Part("slideLayout", layout_name(number))).collect();
    relations.push(Relation::Part("theme", theme_name(1)));
    let master = master::slide_master(LAYOUTS);
    let mut parts =
        vec![part(MASTER, "officedocument.presentationml.slideMaster+xml", master, relations)];
    for (place, xml) in master::layouts().into_iter().enumerate() {
        let relations = vec![Relation::Part("slideMaster", MASTER.to_owned())];
        let kind = "officedocument.presentationml.slideLayout+xml";
        parts.push(part(&layout_name(place + 1), kind, xml, relations));
    }
    let relations = vec![Relation::Part("theme", theme_name(2))];
    let kind = "officedocument.presentationml.notesMaster+xml";
    parts.push(part(NOTES_MASTER, kind, master::notes_master(), relations));
    let theme =
        |number| part(&theme_name(number), "officedocument.theme+xml", theme::theme(), Vec::new());
    parts.extend([theme(1), theme(2)]);
    parts
}

fn slide_and_notes(slide: &Slide, number: usize) -> [Part; 2] {
    let (name, notes_name) =
        (slide_name(number), format!("ppt/notesSlides/notesSlide{number}.xml"));
    let mut relations = vec![
        Relation::Part("slideLayout", layout_name(slide::layout_of(&slide.body))),
        Relation::Part("notesSlide", notes_name.clone()),
    ];
    let xml = slide::slide(slide, number, &mut relations);
    let mut of_notes = vec![
        Relation::Part("notesMaster", NOTES_MASTER.to_owned()),
        Relation::Part("slide", name.clone()),
    ];
    let notes = slide::notes(slide, &mut of_notes);
    [
        part(&name, "officedocument.presentationml.slide+xml", xml, relations),
        part(&notes_name, "officedocument.presentationml.notesSlide+xml", notes, of_notes),
    ]
}

/// Title, language and program; no date, so that the same deck gives the same bytes.
fn properties(deck: &Deck) -> [Part; 3] {
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>casebook</dc:creator>\
         <dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(&deck.title)
    );
    let app = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
               <Application>casebook</Application></Properties>";
    let view = format!("<p:presentationPr {NAMESPACES}/>");
    [
        part("ppt/presProps.xml", "officedocument.presentationml.presProps+xml", view, Vec::new()),
        part("docProps/core.xml", "package.core-properties+xml", core, Vec::new()),
        part(
            "docProps/app.xml",
            "officedocument.extended-properties+xml",
            app.to_owned(),
            Vec::new(),
        ),
    ]
}
