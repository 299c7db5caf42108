//! The text of a part of a page as blocks, without furniture.

use std::collections::{HashMap, HashSet};

use scraper::{ElementRef, Node, node::Element};

use crate::read::assemble::Block;

/// Elements that hold no text of the page itself.
const FURNITURE: [&str; 14] = [
    "script", "style", "form", "noscript", "template", "nav", "header", "footer", "aside",
    "button", "iframe", "further-reading", "dl", "h1",
];

/// Elements that begin a block.
const BLOCKS: [&str; 19] = [
    "p", "li", "ul", "ol", "div", "section", "article", "main", "table", "tr", "td", "th", "h2",
    "h3", "h4", "h5", "h6", "blockquote", "figure",
];

/// Headings, paragraphs and list items in their order. The parser keeps no lines, so all blocks
/// count as line 1.
///
/// The fact list of an entry, the navigation and the files to read on are left out.
pub fn blocks(part: ElementRef<'_>) -> Vec<Block> {
    let mut left_out = HashSet::new();
    let mut block_of = HashMap::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = None;
    // Parents come before their children, so that each looks only at its parent.
    for node in part.descendants() {
        let parent = node.parent().map(|parent| parent.id());
        let own = block_of.get(&parent).copied().unwrap_or(node.id());
        match node.value() {
            _ if parent.is_some() && left_out.contains(&parent) => {
                left_out.insert(Some(node.id()));
            }
            Node::Element(element) if node.id() != part.id() && is_furniture(element) => {
                left_out.insert(Some(node.id()));
            }
            Node::Element(element) => {
                let begins = BLOCKS.contains(&element.name());
                block_of.insert(Some(node.id()), if begins { node.id() } else { own });
                if begins || element.name() == "br" {
                    open = None;
                }
                if is_heading(element) {
                    blocks.push(Block::heading("", 1));
                    open = Some(node.id());
                }
            }
            Node::Text(text) => {
                if open != Some(own) && !text.trim().is_empty() {
                    blocks.push(Block::paragraph("", 1));
                    open = Some(own);
                }
                if let Some(block) = blocks.last_mut().filter(|_| open == Some(own)) {
                    block.text.push_str(text);
                }
            }
            _ => {}
        }
    }
    blocks.into_iter().map(single_spaced).filter(|block| !block.text.is_empty()).collect()
}

/// The parts that lie in no other of them; they come in the order of the page.
pub fn outermost<'a>(parts: impl Iterator<Item = ElementRef<'a>>) -> Vec<ElementRef<'a>> {
    let mut inside = HashSet::new();
    let mut kept = Vec::new();
    for part in parts {
        if !inside.contains(&part.id()) {
            inside.extend(part.descendants().map(|node| node.id()));
            kept.push(part);
        }
    }
    kept
}

fn is_heading(element: &Element) -> bool {
    matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_furniture(element: &Element) -> bool {
    let class = |name: &str| element.classes().any(|class| class == name);
    FURNITURE.contains(&element.name())
        || class("print:hidden")
        || class("breadcrumbs")
        || class("breadcrumb")
        || element.attr("data-area-alias") == Some("right")
        || element.attr("data-content-element-type-alias") == Some("relatedDocumentsBlock")
}

fn single_spaced(block: Block) -> Block {
    let text = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Block { text, ..block }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::assemble::BlockKind;
    use scraper::Html;

    fn of(html: &str) -> Vec<(BlockKind, String)> {
        let page = Html::parse_fragment(html);
        blocks(page.root_element()).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn every_word_stands_in_one_block() {
        use BlockKind::{Heading, Paragraph};
        let found = of("loose <b>words</b><h2>Why <i>it</i> matters</h2>\
             <ul><li>First<ul><li>Inner</li></ul>after</li><li><p>Second</p></li></ul><nav>Home</nav>\
             <p>One<br>Two</p><table><tr><td>Cell</td></tr></table><script>var x;</script>");
        let expected = [
            (Paragraph, "loose words"),
            (Heading, "Why it matters"),
            (Paragraph, "First"),
            (Paragraph, "Inner"),
            (Paragraph, "after"),
            (Paragraph, "Second"),
            (Paragraph, "One"),
            (Paragraph, "Two"),
            (Paragraph, "Cell"),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }
}
