//! Looks that a template shows in its sample text only.
//!
//! LibreOffice writes no styles into its templates: the first paragraph of a placeholder has the looks, and
//! nothing inherits them. Slides then state them.

use roxmltree::Node;

use super::layout::{child, walk};

/// What a paragraph may pass on, in the order of the schema.
const PARAGRAPH: [&str; 9] =
    ["lnSpc", "spcBef", "spcAft", "buClr", "buSzPct", "buFont", "buNone", "buAutoNum", "buChar"];

/// The first paragraph of the last of these shapes that has one, as a style of the first level.
pub fn style(shapes: &[Node<'_, '_>]) -> Option<String> {
    shapes.iter().rev().find_map(|shape| of_paragraph(walk(*shape, &["txBody", "p"])?))
}

fn of_paragraph(paragraph: Node<'_, '_>) -> Option<String> {
    let run = walk(paragraph, &["r", "rPr"]).or_else(|| child(paragraph, "endParaRPr"))?;
    run.attribute("sz")?;
    let own = child(paragraph, "pPr");
    let kept = PARAGRAPH.iter().filter_map(|name| raw(child(own?, name)?));
    let of_run = ["solidFill", "latin"].iter().filter_map(|name| raw(child(run, name)?));
    let of_run: String = of_run.collect();
    let attributes =
        own.map(|own| attributes(own, &["marL", "indent", "algn"])).unwrap_or_default();
    let letters = attributes_of_run(run);
    Some(format!(
        "<a:lvl1pPr{attributes}>{}<a:defRPr{letters}>{of_run}</a:defRPr></a:lvl1pPr>",
        kept.collect::<String>()
    ))
}

fn attributes_of_run(run: Node<'_, '_>) -> String {
    attributes(run, &["sz", "b", "i", "cap"])
}

/// Attributes whose values are words or numbers.
fn attributes(node: Node<'_, '_>, names: &[&str]) -> String {
    let one = |name: &&str| {
        let value = node.attribute(*name)?;
        let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        is_plain.then(|| format!(" {name}=\"{value}\""))
    };
    names.iter().filter_map(one).collect()
}

/// An element as it is written, where its names can stand on a slide too.
fn raw<'i>(node: Node<'_, 'i>) -> Option<&'i str> {
    let text = &node.document().input_text()[node.range()];
    let is_drawing =
        node.descendants().filter(Node::is_element).count() == text.matches("<a:").count();
    (is_drawing && !text.contains("r:")).then_some(text)
}
