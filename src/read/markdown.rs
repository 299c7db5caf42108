//! Digests and guidance notes: Markdown under front matter.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{
    ReadError,
    assemble::{Block, BlockKind, assemble},
    front_matter::{self, FrontMatter, Header},
};
use crate::model::{Document, DocumentKind};

/// Reads Markdown with front matter.
pub fn read(path: &str, text: &str) -> Result<Document, ReadError> {
    let FrontMatter { header, body, body_line } = front_matter::parse(text)?;
    let blocks = blocks(body, body_line);
    Ok(match header {
        Header::Digest(facts) => assemble(path, DocumentKind::Digest, *facts, &blocks),
        Header::Guidance { facts, categories } => {
            Document { categories, ..assemble(path, DocumentKind::Guidance, *facts, &blocks) }
        }
    })
}

/// Headings, paragraphs and list items as plain words.
fn blocks(body: &str, first_line: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = LineCounter { text: body, at: 0, line: first_line };
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                blocks.extend(open.replace(Block::heading("", lines.line_of(range.start))));
            }
            Event::Start(Tag::Paragraph | Tag::Item) => {
                blocks.extend(open.replace(Block::paragraph("", lines.line_of(range.start))));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = &mut open {
                    block.text.push(' ');
                }
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item) => {
                blocks.extend(open.take());
            }
            _ => {}
        }
    }
    blocks.extend(open);
    blocks.retain(|block| block.kind == BlockKind::Heading || !block.text.trim().is_empty());
    blocks
}

/// Line numbers for offsets that only grow, in one pass over the text.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, offset: usize) -> u32 {
        self.line += self.text[self.at..offset.max(self.at)].matches('\n').count();
        self.at = offset.max(self.at);
        u32::try_from(self.line).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off_and_lines_are_kept() {
        let body = "## What happened\n\nThe *trust*\nlost [a file](https://x.example).\n\n- First\n- Second\n";
        assert_eq!(
            blocks(body, 10),
            [
                Block::heading("What happened", 10),
                Block::paragraph("The trust lost a file.", 12),
                Block::paragraph("First", 15),
                Block::paragraph("Second", 16),
            ]
        );
    }
}
