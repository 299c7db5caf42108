//! A slide and its page of notes.

use super::{
    master::{IMAGE_PLACE, tree},
    package::Relation,
    place::{Place, Stage},
    xml::{Looks, NAMESPACES, paragraphs, transform},
};
use crate::slides::deck::{Body, Paragraph, Slide};

/// A slide as XML: heading first, number last, as it is read aloud. A chart is the third relation.
pub fn slide(slide: &Slide, number: usize, stage: &Stage, relations: &mut Vec<Relation>) -> String {
    let heading = [Paragraph::plain(slide.title.clone())];
    let layout = stage.layout(&slide.body);
    let mut shapes = Shapes { xml: String::new(), next: 2, stage, relations };
    shapes.text(&layout.heading, &heading);
    match &slide.body {
        Body::Opening(text) | Body::Text(text) => shapes.text(&layout.first, text),
        Body::Quote { quote, below } => match &layout.second {
            Some(law) => {
                shapes.text(&layout.first, quote);
                shapes.text(law, below);
            }
            None => shapes.together(&layout.first, quote, below),
        },
        Body::Table { lead, table } => {
            shapes.text(&layout.first, lead);
            shapes.table(layout.second.as_ref(), table);
        }
        Body::Chart { lead, chart } => {
            shapes.text(&layout.first, lead);
            shapes.chart(layout.second.as_ref(), chart);
        }
    }
    if let Some(place) = &layout.number {
        shapes.number(place, number);
    }
    format!(
        "<p:sld {NAMESPACES}><p:cSld>{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        tree(&shapes.xml)
    )
}

/// The shapes of a slide as they are written.
pub struct Shapes<'r> {
    pub xml: String,
    next: u32,
    pub stage: &'r Stage,
    pub relations: &'r mut Vec<Relation>,
}

impl Shapes<'_> {
    /// Text in a place of the layout, with all its looks from there. Empty places are left out.
    fn text(&mut self, place: &Place, text: &[Paragraph]) {
        if text.is_empty() {
            return;
        }
        let looks = self.looks(place);
        let inner = paragraphs(text, looks, self.relations);
        self.placed(place, &inner);
    }

    /// A statement, and below it in smaller letters what belongs to it.
    fn together(&mut self, place: &Place, quote: &[Paragraph], below: &[Paragraph]) {
        let looks = self.looks(place);
        let mut inner = String::new();
        if !quote.is_empty() {
            inner = paragraphs(quote, looks, self.relations);
        }
        if !below.is_empty() {
            let small = Looks {
                size: Some(self.stage.frames.below.size),
                gap: self.stage.frames.gap,
                ..looks
            };
            inner.push_str(&paragraphs(below, small, self.relations));
        }
        self.placed(place, &inner);
    }

    fn looks(&self, place: &Place) -> Looks {
        let plain_links = self.stage.plain_links;
        Looks { lists: place.lists, size: place.size, plain_links, ..Looks::default() }
    }

    fn number(&mut self, place: &Place, number: usize) {
        let field = format!(
            "<a:p><a:fld id=\"{{6F1E1C0A-0D3B-4C57-9D5C-0A51C3B0CA5E}}\" type=\"slidenum\">\
             <a:rPr lang=\"en-GB\"/><a:t>{number}</a:t></a:fld></a:p>"
        );
        self.placed(place, &field);
    }

    fn placed(&mut self, place: &Place, inner: &str) {
        let Place { name, attributes, frame, style, .. } = place;
        let space = if attributes.is_empty() { "" } else { " " };
        let frame = frame.map(transform).unwrap_or_default();
        // Text that has been fitted is not to be made smaller by a template.
        let body = match (place.lists || place.size.is_some()) && self.stage.filled {
            true => "<a:bodyPr><a:noAutofit/></a:bodyPr>",
            false => "<a:bodyPr/>",
        };
        let id = self.id();
        self.xml.push_str(&format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>\
             <p:nvPr><p:ph{space}{attributes}/></p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr>\
             <p:txBody>{body}<a:lstStyle>{}</a:lstStyle>{inner}</p:txBody></p:sp>",
            style.as_deref().unwrap_or_default()
        ));
    }

    /// The next number of a shape.
    pub const fn id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

/// A page of notes as XML.
pub fn notes(slide: &Slide, relations: &mut Vec<Relation>) -> String {
    let text = paragraphs(&slide.notes, Looks::default(), relations);
    let shapes = format!(
        "{IMAGE_PLACE}<p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr/>\
         <p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
    );
    format!(
        "<p:notes {NAMESPACES}><p:cSld>{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
        tree(&shapes)
    )
}
