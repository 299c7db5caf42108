//! Text, runs and boxes as DrawingML.

use super::package::Relation;
use crate::slides::{
    deck::{Paragraph, Run},
    fit::frame::Frame,
};

/// What every part begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of a part of a presentation.
pub const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// English Metric Units in a point.
const EMU: u32 = 12_700;

/// Points as English Metric Units.
pub const fn emu(points: u32) -> u32 {
    points * EMU
}

/// Text in which nothing is markup, without the characters that XML cannot hold.
pub fn escaped(text: &str) -> String {
    let is_allowed = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    let allowed: String = text.chars().filter(is_allowed).collect();
    quick_xml::escape::escape(allowed).into_owned()
}

/// Where a shape stands.
pub fn transform(frame: Frame) -> String {
    let Frame { x, y, w, h, .. } = frame;
    let (x, y, w, h) = (emu(x), emu(y), emu(w), emu(h));
    format!("<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>")
}

/// Paragraphs; web addresses join the relations of the part. Text in a place without lists says
/// nothing about them.
pub fn paragraphs(text: &[Paragraph], lists: bool, relations: &mut Vec<Relation>) -> String {
    if text.is_empty() {
        return "<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>".to_owned();
    }
    text.iter().map(|paragraph| self::paragraph(paragraph, lists, relations)).collect()
}

fn paragraph(paragraph: &Paragraph, lists: bool, relations: &mut Vec<Relation>) -> String {
    let runs: String = paragraph.runs.iter().map(|one| run(one, relations)).collect();
    // The master makes list items of all text, so that a template's own marks apply.
    let properties = match (lists && !paragraph.bullet, paragraph.aside) {
        (true, _) => "<a:pPr marL=\"0\" indent=\"0\"><a:buNone/></a:pPr>",
        (false, true) => "<a:pPr lvl=\"1\"/>",
        (false, false) => "",
    };
    format!("<a:p>{properties}{runs}</a:p>")
}

fn run(run: &Run, relations: &mut Vec<Relation>) -> String {
    if run.text.is_empty() {
        return String::new();
    }
    let bold = if run.bold { " b=\"1\"" } else { "" };
    let link = run.link.as_ref().map(|address| {
        let relation = Relation::Web(address.clone());
        let place = relations.iter().position(|known| *known == relation);
        let place = place.unwrap_or_else(|| {
            relations.push(relation);
            relations.len() - 1
        });
        format!("<a:hlinkClick r:id=\"rId{}\"/>", place + 1)
    });
    let link = link.unwrap_or_default();
    let lines = run.text.split('\n').map(|line| match line {
        "" => String::new(),
        line => format!(
            "<a:r><a:rPr lang=\"en-GB\"{bold} dirty=\"0\">{link}</a:rPr><a:t>{}</a:t></a:r>",
            escaped(line)
        ),
    });
    lines.collect::<Vec<_>>().join("<a:br><a:rPr lang=\"en-GB\"/></a:br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup_and_no_character_breaks_the_file() {
        assert_eq!(escaped("a < b & \"c\"\u{b}\0"), "a &lt; b &amp; &quot;c&quot;");
    }

    #[test]
    fn an_address_is_one_relation_however_often_it_is_linked() {
        let mut relations = vec![Relation::Web("https://a.example/".to_owned())];
        let link = |address| Paragraph::of(vec![Run::link("here", address)]);
        let text = [link("https://b.example/"), link("https://b.example/"), link("javascript:x")];
        let xml = paragraphs(&text, false, &mut relations);
        assert_eq!(relations.len(), 2);
        assert_eq!(xml.matches("r:id=\"rId2\"").count(), 2);
        assert!(!xml.contains("javascript"));
    }
}
