//! A deck as PPTX: text in the places of a slide master, native tables and charts, pages of notes.
//!
//! Slides say what stands in which place; master, layouts and theme say how it looks, so that another
//! master applies to it. The same deck gives the same bytes.

mod chart;
mod master;
mod package;
mod place;
mod slide;
mod table;
mod template;
mod theme;
mod xml;

use std::io;

use super::{
    deck::{Deck, Slide},
    fit::frame::{Frames, HEIGHT, WIDTH},
};
use master::{LAYOUTS, layout_name};
use package::{Part, Relation, relation, relations_of, zipped};
use place::Stage;
use template::Template;
pub use template::TemplateError;
use xml::{NAMESPACES, emu, escaped};

/// The slide master on which a deck is put.
#[derive(Debug, Clone, PartialEq)]
pub struct Master(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Own(Box<Stage>),
    House(Box<Template>),
}

impl Master {
    /// The master that comes with casebook: 16:9, dark on white.
    #[must_use]
    pub fn own() -> Self {
        Self(Kind::Own(Box::new(master::stage())))
    }

    /// The master of a house's own `.potx` or `.pptx`.
    ///
    /// # Errors
    /// What is no such file, is encrypted, damaged or too large, or has no layout for text.
    pub fn of_template(bytes: Vec<u8>) -> Result<Self, TemplateError> {
        Template::read(bytes).map(|template| Self(Kind::House(Box::new(template))))
    }

    /// Where text stands on its slides.
    #[must_use]
    pub fn frames(&self) -> &Frames {
        &self.stage().frames
    }

    fn stage(&self) -> &Stage {
        match &self.0 {
            Kind::Own(stage) => stage,
            Kind::House(template) => &template.stage,
        }
    }
}

const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const NOTES_MASTER: &str = "ppt/notesMasters/notesMaster1.xml";

/// The deck as the bytes of a PPTX file.
///
/// # Errors
/// A deck of more than 4 GB.
pub fn pptx(deck: &Deck, master: &Master) -> io::Result<Vec<u8>> {
    let (mut parts, defaults, notes) = match &master.0 {
        Kind::Own(_) => (own(deck), &[][..], NOTES_MASTER),
        Kind::House(template) => {
            let notes = template.notes.as_deref().unwrap_or(NOTES_MASTER);
            (house(deck, template), &template.defaults[..], notes)
        }
    };
    for (place, slide) in deck.slides.iter().enumerate() {
        parts.extend(slide_and_notes(slide, place + 1, master.stage(), notes)?);
    }
    parts.extend(properties(deck));
    zipped(&parts, defaults)
}

const PRESENTATION: &str = "officedocument.presentationml.presentation.main+xml";

/// The main part, master, layouts and theme of our own.
fn own(deck: &Deck) -> Vec<Part<'static>> {
    let mut relations = vec![
        Relation::Part("slideMaster", MASTER.to_owned()),
        Relation::Part("notesMaster", NOTES_MASTER.to_owned()),
        Relation::Part("theme", theme_name(1)),
    ];
    relations.extend(VIEWS.map(|(kind, part, _)| Relation::Part(kind, part.to_owned())));
    let first = relations.len() + 1;
    let numbers = 1..=deck.slides.len();
    relations.extend(numbers.map(|number| Relation::Part("slide", slide_name(number))));
    let slides = slide_list(deck, |number| format!("rId{}", first + number - 1));
    let (wide, high) = (emu(WIDTH), emu(HEIGHT));
    let xml = format!(
        "<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
         {}{slides}\
         <p:sldSz cx=\"{wide}\" cy=\"{high}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle>\
         <a:defPPr><a:defRPr lang=\"en-GB\"/></a:defPPr></p:defaultTextStyle></p:presentation>",
        notes_list("rId2")
    );
    let mut parts = vec![Part::xml("ppt/presentation.xml", PRESENTATION, &xml, relations)];
    parts.extend(masters());
    parts.extend(notes_master(theme_name(2)));
    parts
}

fn slide_list(deck: &Deck, id: impl Fn(usize) -> String) -> String {
    let ids = (1..=deck.slides.len())
        .map(|number| format!("<p:sldId id=\"{}\" r:id=\"{}\"/>", 255 + number, id(number)));
    format!("<p:sldIdLst {NAMESPACES}>{}</p:sldIdLst>", ids.collect::<String>())
}

fn notes_list(id: &str) -> String {
    format!(
        "<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id=\"{id}\"/></p:notesMasterIdLst>"
    )
}

/// The main part of a template with the slides of the deck, and all that it keeps.
fn house<'t>(deck: &Deck, template: &'t Template) -> Vec<Part<'t>> {
    let id = |number: usize| format!("casebook{number}");
    let leading = |id: &str, kind, part: &str| relation(id, &Relation::Part(kind, part.to_owned()));
    let slides =
        (1..=deck.slides.len()).map(|number| leading(&id(number), "slide", &slide_name(number)));
    let views = VIEWS.iter().map(|(kind, part, _)| leading(kind, kind, part));
    let mut links: String = slides.chain(views).collect();
    let mut notes = String::new();
    let mut parts: Vec<Part<'t>> = template.parts().collect();
    if template.notes.is_none() {
        notes = notes_list("casebookNotes");
        links.push_str(&leading("casebookNotes", "notesMaster", NOTES_MASTER));
        parts.extend(notes_master(template.free("ppt/theme/theme", ".xml")));
    }
    let (xml, links) = template.presentation(&notes, &slide_list(deck, id), &links);
    let name = "ppt/presentation.xml";
    parts.push(Part::xml(name, PRESENTATION, &xml, Vec::new()));
    parts.push(Part {
        name: relations_of(name).into(),
        kind: None,
        content: links.into_bytes().into(),
        relations: Vec::new(),
    });
    parts
}

fn theme_name(number: usize) -> String {
    format!("ppt/theme/theme{number}.xml")
}

fn slide_name(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

fn theme_part(name: &str) -> Part<'static> {
    Part::xml(name, "officedocument.theme+xml", &theme::theme(), Vec::new())
}

fn masters() -> Vec<Part<'static>> {
    let mut relations: Vec<Relation> =
        (1..=LAYOUTS).map(|number| Relation::Part("slideLayout", layout_name(number))).collect();
    relations.push(Relation::Part("theme", theme_name(1)));
    let kind = "officedocument.presentationml.slideMaster+xml";
    let mut parts = vec![Part::xml(MASTER, kind, &master::slide_master(), relations)];
    for (place, xml) in master::layouts().iter().enumerate() {
        let relations = vec![Relation::Part("slideMaster", MASTER.to_owned())];
        let kind = "officedocument.presentationml.slideLayout+xml";
        parts.push(Part::xml(&layout_name(place + 1), kind, xml, relations));
    }
    parts.push(theme_part(&theme_name(1)));
    parts
}

/// The master of notes, with a theme of that name.
fn notes_master(theme: String) -> [Part<'static>; 2] {
    let its_theme = theme_part(&theme);
    let relations = vec![Relation::Part("theme", theme)];
    let kind = "officedocument.presentationml.notesMaster+xml";
    [Part::xml(NOTES_MASTER, kind, &master::notes_master(), relations), its_theme]
}

/// A slide, its notes, and a chart if it has one.
fn slide_and_notes(
    slide: &Slide,
    number: usize,
    stage: &Stage,
    notes_master: &str,
) -> io::Result<Vec<Part<'static>>> {
    let (name, notes_name) =
        (slide_name(number), format!("ppt/notesSlides/notesSlide{number}.xml"));
    let mut relations = vec![
        Relation::Part("slideLayout", stage.layout(&slide.body).part.clone()),
        Relation::Part("notesSlide", notes_name.clone()),
    ];
    let mut parts = chart::parts(&slide.body, number, stage)?;
    relations.extend(parts.first().map(|chart| Relation::Part("chart", chart.name.to_string())));
    let xml = slide::slide(slide, number, stage, &mut relations);
    let mut of_notes = vec![
        Relation::Part("notesMaster", notes_master.to_owned()),
        Relation::Part("slide", name.clone()),
    ];
    let notes = slide::notes(slide, &mut of_notes);
    let kind = "officedocument.presentationml.slide+xml";
    parts.push(Part::xml(&name, kind, &xml, relations));
    let kind = "officedocument.presentationml.notesSlide+xml";
    parts.push(Part::xml(&notes_name, kind, &notes, of_notes));
    Ok(parts)
}

/// How the deck is shown: kinds of relation, parts and names of their roots.
const VIEWS: [(&str, &str, &str); 2] = [
    ("presProps", "ppt/presProps.xml", "presentationPr"),
    ("viewProps", "ppt/viewProps.xml", "viewPr"),
];

/// Title, language and program; no date, so that the same deck gives the same bytes.
fn properties(deck: &Deck) -> Vec<Part<'static>> {
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>casebook</dc:creator>\
         <dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(&deck.title)
    );
    let app = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
               <Application>casebook</Application></Properties>";
    let views = VIEWS.iter().map(|(kind, part, root)| {
        let xml = format!("<p:{root} {NAMESPACES}/>");
        let kind = format!("officedocument.presentationml.{kind}+xml");
        Part::xml(part, &kind, &xml, Vec::new())
    });
    let mut parts: Vec<Part<'static>> = views.collect();
    parts.push(Part::xml("docProps/core.xml", "package.core-properties+xml", &core, Vec::new()));
    let kind = "officedocument.extended-properties+xml";
    parts.push(Part::xml("docProps/app.xml", kind, app, Vec::new()));
    parts
}
