//! A native table on a slide.

use super::{
    place::Place,
    slide::Shapes,
    xml::{Looks, emu, escaped, filled, paragraphs},
};
use crate::slides::{
    deck::{Paragraph, Run, Table},
    fit::{
        frame::{CELL_Y, Frame},
        table_geometry,
    },
};

impl Shapes<'_> {
    /// A table, in a place for tables if the layout has one.
    pub fn table(&mut self, place: Option<&Place>, table: &Table) {
        let frame = self.stage.frames.table;
        let (widths, heights) = table_geometry(table, frame);
        let grid: String =
            widths.iter().map(|width| format!("<a:gridCol w=\"{}\"/>", emu(*width))).collect();
        let header: Vec<Paragraph> =
            table.header.iter().map(|name| Paragraph::of(vec![Run::bold(name.clone())])).collect();
        let rows = std::iter::once(&header).chain(&table.rows).zip(&heights).enumerate();
        let rows: String =
            rows.map(|(place, (row, height))| self.row(row, *height, place == 0)).collect();
        let described = format!("Table with the columns {}", table.header.join(", "));
        let graphic = format!(
            "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/>\
             <a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData>"
        );
        let frame = Frame { h: heights.iter().sum(), ..frame };
        self.graphic(place, "Table", &described, frame, &graphic);
    }

    /// A table or chart, with what it shows for those who do not see it.
    pub fn graphic(
        &mut self,
        place: Option<&Place>,
        name: &str,
        described: &str,
        frame: Frame,
        graphic: &str,
    ) {
        let place = place.map(|place| format!("<p:ph {}/>", place.attributes)).unwrap_or_default();
        let (id, described) = (self.id(), escaped(described));
        let (x, y, w, h) = (emu(frame.x), emu(frame.y), emu(frame.w), emu(frame.h));
        self.xml.push_str(&format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{described}\"/>\
             <p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr>{place}</p:nvPr>\
             </p:nvGraphicFramePr><p:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></p:xfrm><a:graphic>\
             {graphic}</a:graphic></p:graphicFrame>"
        ));
    }

    fn row(&mut self, row: &[Paragraph], height: u32, is_header: bool) -> String {
        let cells: String = row.iter().map(|cell| self.cell(cell, is_header)).collect();
        format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(height))
    }

    fn cell(&mut self, cell: &Paragraph, is_header: bool) -> String {
        let plain_links = self.stage.plain_cell_links;
        let size = Some(self.stage.frames.table.size);
        let (colour, ground) = match is_header {
            true => ("bg1", filled(self.stage.strong)),
            false if self.stage.filled => ("tx1", filled("bg1")),
            false => ("tx1", "<a:noFill/>".to_owned()),
        };
        let looks = Looks { size, plain_links, colour: Some(colour), ..Looks::default() };
        let text = paragraphs(std::slice::from_ref(cell), looks, self.relations);
        let edge = |side: &str, line: &str| format!("<a:{side} w=\"9525\">{line}</a:{side}>");
        let (none, line) =
            ("<a:noFill/>", filled(if self.stage.filled { "tx1" } else { "accent6" }));
        let margin = emu(CELL_Y);
        let edges = [edge("lnL", none), edge("lnR", none), edge("lnT", &line), edge("lnB", &line)];
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody><a:tcPr marT=\"{margin}\" marB=\"{margin}\">{}{ground}</a:tcPr></a:tc>",
            edges.concat()
        )
    }
}
