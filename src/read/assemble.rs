//! Blocks to a document: one text, sections by heading, sentences with offsets.

use crate::model::{Document, DocumentKind, Facts, Section, Sentence};

use super::sentences;

/// A piece of a source between two breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Words with single spaces between them.
    pub text: String,
    /// Line of the source on which it begins, counted from 1.
    pub line: u32,
    /// The number that the source prints before a paragraph ("1.4"), taken out of the text.
    pub paragraph: Option<String>,
    /// The pages on which it stands, each with the byte of the text at which it begins.
    pub pages: Vec<(usize, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Heading,
    Paragraph,
}

impl Block {
    /// A heading.
    pub fn heading(text: &str, line: u32) -> Self {
        Self {
            kind: BlockKind::Heading,
            text: text.to_owned(),
            line,
            paragraph: None,
            pages: Vec::new(),
        }
    }

    /// A paragraph or list item.
    pub fn paragraph(text: &str, line: u32) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            line,
            paragraph: None,
            pages: Vec::new(),
        }
    }
}

impl Block {
    /// Notes that its last words, `added`, stand on a page.
    pub fn reaches(&mut self, page: u32, added: &str) {
        if self.pages.last().is_none_or(|(_, last)| *last != page) {
            let start =
                if self.pages.is_empty() { 0 } else { self.text.len().saturating_sub(added.len()) };
            self.pages.push((start, page));
        }
    }

    /// The page on which a byte of it stands.
    fn page_at(&self, at: usize) -> Option<u32> {
        self.pages.iter().rfind(|(start, _)| *start <= at).map(|(_, page)| *page)
    }
}

/// Joins blocks with blank lines between them.
pub fn assemble(path: &str, kind: DocumentKind, stated: Facts, blocks: &[Block]) -> Document {
    let mut document = Document {
        path: path.to_owned(),
        kind,
        stated,
        categories: Vec::new(),
        text: String::with_capacity(blocks.iter().map(|block| block.text.len() + 2).sum()),
        sections: Vec::new(),
        sentences: Vec::new(),
    };
    for block in blocks.iter().filter(|block| !block.text.is_empty()) {
        push(&mut document, block);
    }
    document
}

fn push(document: &mut Document, block: &Block) {
    if !document.text.is_empty() {
        document.text.push_str("\n\n");
    }
    let start = document.text.len();
    document.text.push_str(&block.text);
    let span = start..document.text.len();
    let is_heading = block.kind == BlockKind::Heading;
    match document.sections.last_mut() {
        Some(section) if !is_heading => section.span.end = span.end,
        _ => {
            let heading = if is_heading { block.text.clone() } else { String::new() };
            document.sections.push(Section { heading, span });
        }
    }
    if !is_heading {
        let section = document.sections.len() - 1;
        document.sentences.extend(sentences::split(&block.text).map(|range| Sentence {
            span: start + range.start..start + range.end,
            section,
            line: block.line,
            page: block.page_at(range.start),
            paragraph: block.paragraph.clone(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_point_into_the_joined_text() {
        let blocks = [
            Block::paragraph("Before any heading.", 1),
            Block::heading("Reasons", 3),
            Block::paragraph("No DPIA was done. Nobody asked the DPO.", 4),
        ];
        let document = assemble("x", DocumentKind::Text, Facts::default(), &blocks);
        let sentences: Vec<_> = document
            .sentences
            .iter()
            .map(|s| (document.heading_of(s), document.sentence_text(s)))
            .collect();
        assert_eq!(
            sentences,
            [
                ("", "Before any heading."),
                ("Reasons", "No DPIA was done."),
                ("Reasons", "Nobody asked the DPO."),
            ]
        );
        assert_eq!(&document.text[document.sections[1].span.clone()][..7], "Reasons");
    }
}
