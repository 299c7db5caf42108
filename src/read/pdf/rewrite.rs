//! A page's content written anew so that hidden text can be told from visible text: every glyph is
//! shown by itself, so that a box can cover part of a line, and a mark stands where a box is painted,
//! so that what was painted before it is known.

use std::collections::HashMap;

use pdfboss_core::{
    Dict, Document, Object, Page, Stream,
    content::{ContentOps, Op, TextItem},
};

use super::paint::{Cover, resource};

/// Begins the names of fonts that no page has: text in them marks a cover.
const MARK: &str = "CasebookCover";

/// The page with its content rewritten.
pub fn rewritten(document: &Document, page: &Page, content: &[u8], covers: &[Cover]) -> Page {
    let mut writer = Writer { document, page, composite: HashMap::new(), out: Vec::new() };
    writer.write(content, covers);
    let stream = Stream { dict: Dict::new(), data: writer.out };
    let mut dict = page.dict().clone();
    dict.insert(pdfboss_core::Name("Contents".to_owned()), Object::Stream(stream));
    let mut copy = Page::from_parts(
        page.index,
        page.media_box,
        page.crop_box,
        page.rotate,
        page.resources.clone(),
        dict,
        page.object_ref(),
    );
    copy.rotate = page.rotate;
    copy
}

/// The number of the cover that a font's name marks.
pub fn marked(font: &str) -> Option<usize> {
    font.strip_prefix(MARK)?.parse().ok()
}

struct Writer<'a> {
    document: &'a Document,
    page: &'a Page,
    /// Fonts by name: whether their codes have two bytes.
    composite: HashMap<String, bool>,
    out: Vec<u8>,
}

impl Writer<'_> {
    fn write(&mut self, content: &[u8], covers: &[Cover]) {
        let mut wide = false;
        let mut saved = Vec::new();
        let mut copied = 0;
        let mut operators = ContentOps::new(content);
        while let Ok(Some((operator, span))) = operators.next_op() {
            let (start, end) = (offset(span.start, content), offset(span.end, content));
            self.out.extend_from_slice(content.get(copied..start).unwrap_or_default());
            self.out.push(b'\n');
            copied = end;
            match operator {
                Op::Save => saved.push(wide),
                Op::Restore => wide = saved.pop().unwrap_or(wide),
                Op::SetFont(ref name, _) => wide = self.is_composite(&name.0),
                _ => {}
            }
            if !self.text(&operator, if wide { 2 } else { 1 }) {
                self.out.extend_from_slice(content.get(start..end).unwrap_or_default());
            }
            self.mark(covers, span.end);
        }
        self.out.extend_from_slice(content.get(copied..).unwrap_or_default());
    }

    fn mark(&mut self, covers: &[Cover], end: u64) {
        for (number, _) in covers.iter().enumerate().filter(|(_, c)| c.painted_at == Some(end)) {
            let mark = format!("\nq BT /{MARK}{number} 1 Tf (x) Tj ET Q\n");
            self.out.extend_from_slice(mark.as_bytes());
        }
    }

    /// Writes an operator that shows text; says whether it was one.
    fn text(&mut self, operator: &Op, width: usize) -> bool {
        match operator {
            Op::ShowText(codes) => self.glyphs(codes, width),
            Op::NextLineShowText(codes) => {
                self.out.extend_from_slice(b" T*");
                self.glyphs(codes, width);
            }
            Op::NextLineShowTextSpaced(words, letters, codes) => {
                self.out.extend_from_slice(format!(" {words} Tw {letters} Tc T*").as_bytes());
                self.glyphs(codes, width);
            }
            Op::ShowTextAdjusted(items) => {
                for item in items {
                    match item {
                        TextItem::Str(codes) => self.glyphs(codes, width),
                        TextItem::Offset(by) => {
                            self.out.extend_from_slice(format!(" [{by}] TJ").as_bytes());
                        }
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn glyphs(&mut self, codes: &[u8], width: usize) {
        for code in codes.chunks(width) {
            let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
            self.out.extend_from_slice(format!(" <{hex}> Tj").as_bytes());
        }
    }

    fn is_composite(&mut self, name: &str) -> bool {
        if let Some(known) = self.composite.get(name) {
            return *known;
        }
        let font = resource(self.document, &self.page.resources, "Font", name);
        let subtype =
            font.as_ref().and_then(Object::as_dict).and_then(|font| font.get_name("Subtype"));
        let found = subtype.is_some_and(|subtype| subtype.0 == "Type0");
        self.composite.insert(name.to_owned(), found);
        found
    }
}

fn offset(at: u64, content: &[u8]) -> usize {
    usize::try_from(at).map_or(content.len(), |at| at.min(content.len()))
}
