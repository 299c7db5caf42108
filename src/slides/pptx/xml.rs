//! Text, runs and boxes as DrawingML.

use super::package::Relation;
use crate::slides::{
    deck::{Paragraph, Run},
    fit::frame::{ASIDE, Frame},
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

/// A colour of the theme.
pub fn filled(colour: &str) -> String {
    format!("<a:solidFill><a:schemeClr val=\"{colour}\"/></a:solidFill>")
}

/// Where a shape stands.
pub fn transform(frame: Frame) -> String {
    let Frame { x, y, w, h, .. } = frame;
    let (x, y, w, h) = (emu(x), emu(y), emu(w), emu(h));
    format!("<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>")
}

/// What paragraphs must say about their looks, since their place does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looks {
    /// Whether the place makes list items of all text, so that other text must say that it is none.
    pub lists: bool,
    /// The size of letters in points.
    pub size: Option<u32>,
    /// Space above the first paragraph in points.
    pub gap: Option<u32>,
    /// The theme's colour of text.
    pub colour: Option<&'static str>,
    /// Whether links have it too.
    pub plain_links: bool,
}

/// PowerPoint's own addition: a link in the colour of its text.
const PLAIN_LINK: &str = "<a:extLst><a:ext uri=\"{A12FA001-AC4F-418D-AE19-62706E023703}\">\
     <ahyp:hlinkClr xmlns:ahyp=\"http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor\" val=\"tx\"/>\
     </a:ext></a:extLst>";

/// Paragraphs; web addresses join the relations of the part.
pub fn paragraphs(text: &[Paragraph], looks: Looks, relations: &mut Vec<Relation>) -> String {
    if text.is_empty() {
        return "<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>".to_owned();
    }
    let (first, rest) = (looks, Looks { gap: None, ..looks });
    let each = text.iter().zip(std::iter::once(first).chain(std::iter::repeat(rest)));
    each.map(|(paragraph, looks)| self::paragraph(paragraph, looks, relations)).collect()
}

fn paragraph(paragraph: &Paragraph, looks: Looks, relations: &mut Vec<Relation>) -> String {
    let is_aside_by_size = looks.lists && paragraph.aside;
    let size = if is_aside_by_size { Some(ASIDE) } else { looks.size };
    let runs: String =
        paragraph.runs.iter().map(|one| run(one, Looks { size, ..looks }, relations)).collect();
    let gap =
        looks.gap.map(|points| format!("<a:spcBef><a:spcPts val=\"{points}00\"/></a:spcBef>"));
    let gap = gap.unwrap_or_default();
    // The master makes list items of all text, so that a template's own marks apply.
    let properties = match (looks.lists && !paragraph.bullet, paragraph.aside) {
        (true, _) => format!("<a:pPr marL=\"0\" indent=\"0\">{gap}<a:buNone/></a:pPr>"),
        (false, true) => "<a:pPr lvl=\"1\"/>".to_owned(),
        (false, false) => String::new(),
    };
    format!("<a:p>{properties}{runs}</a:p>")
}

fn run(run: &Run, looks: Looks, relations: &mut Vec<Relation>) -> String {
    if run.text.is_empty() {
        return String::new();
    }
    let bold = if run.bold { " b=\"1\"" } else { "" };
    let size = looks.size.map(|points| format!(" sz=\"{points}00\"")).unwrap_or_default();
    let link = run.link.as_ref().map(|address| {
        let relation = Relation::Web(address.clone());
        let place = relations.iter().position(|known| *known == relation);
        let place = place.unwrap_or_else(|| {
            relations.push(relation);
            relations.len() - 1
        });
        let extra = if looks.plain_links { PLAIN_LINK } else { "" };
        format!("<a:hlinkClick r:id=\"rId{}\">{extra}</a:hlinkClick>", place + 1)
    });
    // A link has the theme's own colour for links.
    let has_own_colour = link.is_some() && !looks.plain_links;
    let colour = if has_own_colour { None } else { looks.colour };
    let fill = colour.map(filled).unwrap_or_default();
    let link = link.unwrap_or_default();
    let lines = run.text.split('\n').map(|line| match line {
        "" => String::new(),
        line => format!(
            "<a:r><a:rPr lang=\"en-GB\"{size}{bold} dirty=\"0\">{fill}{link}</a:rPr><a:t>{}</a:t></a:r>",
            escaped(line)
        ),
    });
    let broken = format!("<a:br><a:rPr lang=\"en-GB\"{size}/></a:br>");
    lines.collect::<Vec<_>>().join(&broken)
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
        let xml = paragraphs(&text, Looks::default(), &mut relations);
        assert_eq!(relations.len(), 2);
        assert_eq!(xml.matches("r:id=\"rId2\"").count(), 2);
        assert!(!xml.contains("javascript"));
    }
}
