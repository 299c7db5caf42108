//! A slide and its page of notes.

use super::{
    master::{
        ABOVE, GRID, HEADING, IMAGE_PLACE, LAW, OPENING, PAGE, Place, STATEMENT, SUBTITLE, TEXT,
        tree,
    },
    package::Relation,
    xml::{NAMESPACES, emu, escaped, paragraphs},
};
use crate::slides::{
    deck::{Body, Paragraph, Run, Slide, Table},
    fit::{
        frame::{CELL_Y, TABLE},
        table_geometry,
    },
};

/// The number of the layout that a slide has.
pub const fn layout_of(body: &Body) -> usize {
    match body {
        Body::Opening(_) => 1,
        Body::Text(_) => 2,
        Body::Quote { .. } => 3,
        Body::Table { .. } => 4,
    }
}

/// A slide as XML: heading first, number last, as it is read aloud.
pub fn slide(slide: &Slide, number: usize, relations: &mut Vec<Relation>) -> String {
    let heading = [Paragraph::plain(slide.title.clone())];
    let mut shapes = Shapes { xml: String::new(), next: 2, relations };
    match &slide.body {
        Body::Opening(text) => {
            shapes.text(OPENING, &heading, false);
            shapes.text(SUBTITLE, text, false);
        }
        Body::Text(text) => {
            shapes.text(HEADING, &heading, false);
            shapes.text(TEXT, text, true);
        }
        Body::Quote { quote, below } => {
            shapes.text(HEADING, &heading, false);
            shapes.text(STATEMENT, quote, false);
            shapes.text(LAW, below, false);
        }
        Body::Table { lead, table } => {
            shapes.text(HEADING, &heading, false);
            shapes.text(ABOVE, lead, false);
            shapes.table(table);
        }
    }
    if !matches!(slide.body, Body::Opening(_)) {
        shapes.number(number);
    }
    format!(
        "<p:sld {NAMESPACES}><p:cSld>{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        tree(&shapes.xml)
    )
}

struct Shapes<'r> {
    xml: String,
    next: u32,
    relations: &'r mut Vec<Relation>,
}

impl Shapes<'_> {
    /// Text in a place of the layout, with all its looks from there. Empty places are left out.
    fn text(&mut self, place: Place, text: &[Paragraph], lists: bool) {
        if text.is_empty() {
            return;
        }
        let inner = paragraphs(text, lists, self.relations);
        self.placed(place, &inner);
    }

    fn number(&mut self, number: usize) {
        let field = format!(
            "<a:p><a:fld id=\"{{6F1E1C0A-0D3B-4C57-9D5C-0A51C3B0CA5E}}\" type=\"slidenum\">\
             <a:rPr lang=\"en-GB\"/><a:t>{number}</a:t></a:fld></a:p>"
        );
        self.placed(PAGE, &field);
    }

    fn placed(&mut self, place: Place, inner: &str) {
        let Place { name, attributes, .. } = place;
        let id = self.id();
        self.xml.push_str(&format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>\
             <p:nvPr><p:ph {attributes}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{inner}</p:txBody></p:sp>"
        ));
    }

    fn table(&mut self, table: &Table) {
        let (widths, heights) = table_geometry(table);
        let grid: String =
            widths.iter().map(|width| format!("<a:gridCol w=\"{}\"/>", emu(*width))).collect();
        let header: Vec<Paragraph> =
            table.header.iter().map(|name| Paragraph::of(vec![Run::bold(name.clone())])).collect();
        let rows = std::iter::once(&header).chain(&table.rows).zip(&heights).enumerate();
        let rows: String =
            rows.map(|(place, (row, height))| self.row(row, *height, place == 0)).collect();
        let described = escaped(&format!("Table with the columns {}", table.header.join(", ")));
        let (id, Place { attributes, name, .. }) = (self.id(), GRID);
        let (x, y, w, h) = (emu(TABLE.x), emu(TABLE.y), emu(TABLE.w), emu(heights.iter().sum()));
        self.xml.push_str(&format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{described}\"/>\
             <p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr><p:ph {attributes}/></p:nvPr>\
             </p:nvGraphicFramePr><p:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></p:xfrm><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/>\
             <a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        ));
    }

    fn row(&mut self, row: &[Paragraph], height: u32, is_header: bool) -> String {
        let cells: String = row.iter().map(|cell| self.cell(cell, is_header)).collect();
        format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(height))
    }

    fn cell(&mut self, cell: &Paragraph, is_header: bool) -> String {
        let text = paragraphs(std::slice::from_ref(cell), false, self.relations);
        let (colour, fill) = match is_header {
            true => ("bg1", "<a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill>"),
            false => ("tx1", "<a:noFill/>"),
        };
        let looks = format!(
            " sz=\"{}00\" dirty=\"0\"><a:solidFill><a:schemeClr val=\"{colour}\"/></a:solidFill>",
            TABLE.size
        );
        // A link has the theme's own colour for links.
        let text = text.replace(" dirty=\"0\">", &looks);
        let edge = |side: &str, line: &str| format!("<a:{side} w=\"9525\">{line}</a:{side}>");
        let none = "<a:noFill/>";
        let line = "<a:solidFill><a:schemeClr val=\"accent6\"/></a:solidFill>";
        let margin = emu(CELL_Y);
        let edges = [edge("lnL", none), edge("lnR", none), edge("lnT", line), edge("lnB", line)];
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody><a:tcPr marT=\"{margin}\" marB=\"{margin}\">{}{fill}</a:tcPr></a:tc>",
            edges.concat()
        )
    }

    const fn id(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

/// A page of notes as XML.
pub fn notes(slide: &Slide, relations: &mut Vec<Relation>) -> String {
    let text = paragraphs(&slide.notes, false, relations);
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
