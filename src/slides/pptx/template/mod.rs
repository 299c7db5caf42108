//! A house's own template: its masters, layouts, theme, pictures and fonts are kept as they are; its
//! example slides and all that names them are left behind.

mod choose;
mod colour;
mod error;
mod layout;
mod letters;
mod sample;
mod source;

use std::{borrow::Cow, collections::BTreeMap};

use roxmltree::Document;

pub use error::TemplateError;

use super::{
    package::{Part, related, relations_of},
    place::Stage,
    xml::escaped,
};
use choose::{Choice, choose};
use layout::child;
use source::{Link, Source, damaged, parsed};

/// What a presentation refers to that is kept; the rest belongs to slides or to the way they are shown.
const KEPT: [&str; 6] =
    ["slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles", "font"];

/// A template, read once for any number of decks.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What slides need to know.
    pub stage: Stage,
    /// The master of its notes, if it has one.
    pub notes: Option<String>,
    /// Parts with their types.
    kept: BTreeMap<String, (Option<String>, Vec<u8>)>,
    /// Types by ending.
    pub defaults: Vec<(String, String)>,
    /// The main part up to the masters of notes, up to the list of slides, and after it.
    frame: [String; 3],
    /// Relations of the main part.
    links: String,
}

impl Template {
    /// Reads a `.potx` or `.pptx`.
    ///
    /// # Errors
    /// What is no such file, is encrypted, damaged or too large, or has no layout for text.
    pub fn read(bytes: Vec<u8>) -> Result<Self, TemplateError> {
        let mut source = Source::open(bytes)?;
        let main = source.needed(&source.main.clone())?;
        let tree = parsed(&source.main, &main)?;
        let page = page(&tree)?;
        let choice =
            choose(&layout::sheets(&mut source, &tree)?, &used(&mut source, &tree)?, page)?;
        let (strong, links_stand_out) = colours(&mut source, &choice.master)?;
        let links = source.links(&source.main.clone())?;
        let links: Vec<Link> = links.into_iter().filter(|l| KEPT.contains(&l.role())).collect();
        let mut kept = BTreeMap::new();
        for link in links.iter().filter(|link| !link.is_outside) {
            keep(&mut source, &link.target, &mut kept)?;
        }
        let notes = links.iter().find(|link| link.role() == "notesMaster");
        Ok(Self {
            stage: stage(choice, strong, links_stand_out),
            notes: notes.map(|link| link.target.clone()),
            frame: frame(&tree, &main),
            links: links.iter().map(written).collect(),
            defaults: std::mem::take(&mut source.defaults),
            kept,
        })
    }

    /// The parts that are kept.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.kept.iter().map(|(name, (kind, bytes))| Part {
            name: Cow::Borrowed(name),
            kind: kind.as_deref().map(Cow::Borrowed),
            content: Cow::Borrowed(bytes),
            relations: Vec::new(),
        })
    }

    /// The main part with these lists of masters of notes and of slides, and its relations with those given.
    pub fn presentation(&self, notes: &str, slides: &str, links: &str) -> (String, String) {
        let [start, middle, end] = &self.frame;
        let links = related(&[&self.links, links].concat());
        ([start, notes, middle, slides, end].concat(), links)
    }

    /// A name for a part that is not yet taken: `ppt/theme/theme3.xml`.
    pub fn free(&self, start: &str, end: &str) -> String {
        let mut names = (1..).map(|number| format!("{start}{number}{end}"));
        names.find(|name| !self.kept.contains_key(name)).unwrap_or_default()
    }
}

fn stage(choice: Choice, strong: &'static str, links_stand_out: bool) -> Stage {
    let Choice { opening, text, table, frames, is_coloured, .. } = choice;
    let (quote, chart) = (text.clone(), table.clone());
    Stage {
        frames,
        opening,
        text,
        quote,
        table,
        chart,
        strong,
        filled: true,
        plain_links: is_coloured || !links_stand_out,
        plain_cell_links: !links_stand_out,
    }
}

/// Example slides that are looked at.
const EXAMPLES: usize = 200;

/// The layouts of the example slides, in the order of the slides.
fn used(source: &mut Source, tree: &Document<'_>) -> Result<Vec<String>, TemplateError> {
    let links = source.links(&source.main.clone())?;
    let slides = layout::ids(child(tree.root_element(), "sldIdLst"));
    let mut used = Vec::new();
    for id in slides.iter().take(EXAMPLES) {
        let Ok(slide) = layout::target(&links, id) else { continue };
        let layout = source.links(slide)?.into_iter().find(|link| link.role() == "slideLayout");
        used.extend(layout.map(|layout| layout.target));
    }
    Ok(used)
}

/// Width and height of slides in points.
fn page(tree: &Document<'_>) -> Result<(f64, f64), TemplateError> {
    let size = child(tree.root_element(), "sldSz");
    let side = |name| letters::number(size?.attribute(name)).map(|emu| emu / letters::EMU);
    let sides = side("cx").zip(side("cy"));
    sides.ok_or_else(|| damaged("it does not say how large its slides are"))
}

/// The colour that stands out, and whether that of links does.
fn colours(source: &mut Source, master: &str) -> Result<(&'static str, bool), TemplateError> {
    let links = source.links(master)?;
    let theme = links.iter().find(|link| link.role() == "theme");
    let Some(theme) = theme else { return Ok(("tx1", false)) };
    let (text, theme_text) = (source.needed(master)?, source.needed(&theme.target)?);
    let (master, theme) = (parsed(master, &text)?, parsed(&theme.target, &theme_text)?);
    Ok((colour::strong(&master, &theme), colour::stands_out(&master, &theme, "hlink")))
}

/// Keeps a part and all that it refers to. What leads to an example slide leads to our first one.
fn keep(
    source: &mut Source,
    part: &str,
    kept: &mut BTreeMap<String, (Option<String>, Vec<u8>)>,
) -> Result<(), TemplateError> {
    let mut waiting = vec![part.to_owned()];
    while let Some(part) = waiting.pop() {
        if kept.contains_key(&part) {
            continue;
        }
        let Some(bytes) = source.bytes(&part)? else { continue };
        let mut links = source.links(&part)?;
        for link in links.iter_mut().filter(|link| !link.is_outside) {
            if link.role() == "slide" {
                link.target = super::slide_name(1);
            } else {
                waiting.push(link.target.clone());
            }
        }
        if !links.is_empty() {
            let links: String = links.iter().map(written).collect();
            kept.insert(relations_of(&part), (None, related(&links).into_bytes()));
        }
        let kind = source.kind(&part).map(str::to_owned);
        kept.insert(part, (kind, bytes));
    }
    Ok(())
}

/// A relation as it was, with its target from the root of the package.
fn written(link: &Link) -> String {
    let Link { id, kind, target, is_outside } = link;
    let (id, kind, target) = (escaped(id), escaped(kind), escaped(target));
    let (root, mode) = if *is_outside { ("", " TargetMode=\"External\"") } else { ("/", "") };
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{root}{target}\"{mode}/>")
}

/// The main part without its slides, sections and shows, open where lists are to be filled in.
fn frame(tree: &Document<'_>, text: &str) -> [String; 3] {
    let root = tree.root_element();
    let whole = |name: &str| child(root, name).map_or("", |node| &text[node.range()]);
    let start = root.first_child().map_or(root.range().end, |first| first.range().start);
    let opening = &text[root.range().start..start];
    let name = opening.trim_start_matches('<').split([' ', '>', '\n', '\r', '\t']).next();
    let masters = ["sldMasterIdLst", "notesMasterIdLst"].map(whole).concat();
    let after = ["sldSz", "notesSz", "embeddedFontLst", "defaultTextStyle"].map(whole).concat();
    let end = format!("{after}</{}>", name.unwrap_or_default());
    [format!("{opening}{masters}"), whole("handoutMasterIdLst").to_owned(), end]
}
