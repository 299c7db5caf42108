//! The layouts of a template with their placeholders, as they look once the master has filled in the rest.

use roxmltree::{Document, Node};

use super::{
    error::TemplateError,
    letters::{self, EMU, Fonts, Letters, number},
    sample,
    source::{Link, Source, damaged, parsed},
};
use crate::slides::pptx::xml::{NAMESPACES, escaped};

/// A layout.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The part that holds it.
    pub part: String,
    /// The part of its master.
    pub master: String,
    /// Its name.
    pub name: String,
    /// Its type; empty where none is given.
    pub kind: String,
    /// Its placeholders, in their order.
    pub holders: Vec<Holder>,
}

/// A placeholder.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// What it is for.
    pub role: Role,
    /// How slides refer to it.
    pub attributes: String,
    /// Its box: left, top, right and bottom in points.
    pub area: [f64; 4],
    /// How text is set in it.
    pub letters: Letters,
    /// A style that slides must state, since the template has it in its sample text only.
    pub style: Option<String>,
}

/// What a placeholder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The heading.
    Title,
    /// The text below the title of a deck.
    Subtitle,
    /// Text, lists, tables, charts.
    Text,
    /// The number of the slide.
    Number,
    /// Date and footer.
    Furniture,
    /// Pictures and other things.
    Other,
}

impl Role {
    fn of(kind: &str) -> Self {
        match kind {
            "title" | "ctrTitle" => Self::Title,
            "subTitle" => Self::Subtitle,
            "body" | "obj" | "" => Self::Text,
            "sldNum" => Self::Number,
            "dt" | "ftr" | "hdr" => Self::Furniture,
            _ => Self::Other,
        }
    }

    /// The same in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Text => "text",
            Self::Number => "slide number",
            Self::Furniture => "date or footer",
            Self::Other => "picture or other object",
        }
    }

    /// What a placeholder of a layout inherits from on the master.
    const fn parent(self) -> Self {
        match self {
            Self::Subtitle => Self::Text,
            role => role,
        }
    }

    const fn style(self) -> &'static str {
        match self {
            Self::Title => "titleStyle",
            Self::Subtitle | Self::Text => "bodyStyle",
            _ => "otherStyle",
        }
    }
}

/// The child of that name.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The descendant by these steps.
pub fn walk<'a, 'i>(node: Node<'a, 'i>, steps: &[&str]) -> Option<Node<'a, 'i>> {
    steps.iter().try_fold(node, |node, step| child(node, step))
}

/// The values of `r:id` of the items of a list.
pub fn ids(list: Option<Node<'_, '_>>) -> Vec<String> {
    let id = |item: Node<'_, '_>| {
        let id = item.attributes().find(|one| one.name() == "id" && one.namespace().is_some())?;
        Some(id.value().to_owned())
    };
    list.into_iter().flat_map(|list| list.children().filter_map(id).collect::<Vec<_>>()).collect()
}

/// Every layout, by the order of the masters.
pub fn sheets(source: &mut Source, main: &Document<'_>) -> Result<Vec<Sheet>, TemplateError> {
    let links = source.links(&source.main.clone())?;
    let defaults = walk(main.root_element(), &["defaultTextStyle", "lvl1pPr"]);
    let mut sheets = Vec::new();
    for id in ids(child(main.root_element(), "sldMasterIdLst")) {
        let master = target(&links, &id)?;
        let text = source.needed(master)?;
        let tree = parsed(master, &text)?;
        let links = source.links(master)?;
        let fonts = fonts(source, &links)?;
        let parents = shapes(&tree);
        for id in ids(child(tree.root_element(), "sldLayoutIdLst")) {
            let part = target(&links, &id)?;
            let text = source.needed(part)?;
            let layout = parsed(part, &text)?;
            let look = |shape| holder(shape, &parents, &tree, defaults, &fonts);
            let root = layout.root_element();
            let name = child(root, "cSld").and_then(|slide| slide.attribute("name"));
            sheets.push(Sheet {
                part: part.to_owned(),
                master: master.to_owned(),
                name: name.unwrap_or("without a name").to_owned(),
                kind: root.attribute("type").unwrap_or_default().to_owned(),
                holders: shapes(&layout).into_iter().filter_map(look).collect(),
            });
        }
    }
    Ok(sheets)
}

/// The part to which a relation leads.
pub fn target<'l>(links: &'l [Link], id: &str) -> Result<&'l str, TemplateError> {
    let link = links.iter().find(|link| link.id == id);
    link.map(|link| link.target.as_str())
        .ok_or_else(|| damaged(&format!("relation {id} is missing")))
}

fn fonts(source: &mut Source, links: &[Link]) -> Result<Fonts, TemplateError> {
    let Some(theme) = links.iter().find(|link| link.role() == "theme") else {
        return Ok(Fonts::default());
    };
    let text = source.needed(&theme.target)?;
    let tree = parsed(&theme.target, &text)?;
    let font = |of: &str| {
        let latin = walk(tree.root_element(), &["themeElements", "fontScheme", of, "latin"]);
        latin.and_then(|latin| latin.attribute("typeface")).unwrap_or_default().to_owned()
    };
    Ok(Fonts { major: font("majorFont"), minor: font("minorFont") })
}

/// The shapes that are placeholders.
fn shapes<'a, 'i>(tree: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
    let shapes = walk(tree.root_element(), &["cSld", "spTree"]);
    let shapes = shapes.into_iter().flat_map(|shapes| shapes.children());
    shapes.filter(|shape| ph(*shape).is_some()).collect()
}

fn ph<'a, 'i>(shape: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    walk(shape, &["nvSpPr", "nvPr", "ph"])
}

fn role(shape: Node<'_, '_>) -> Role {
    let kind = ph(shape).and_then(|ph| ph.attribute("type"));
    Role::of(kind.unwrap_or_default())
}

/// A placeholder, if it has a place. What stands upright is no place for sentences.
fn holder(
    shape: Node<'_, '_>,
    parents: &[Node<'_, '_>],
    master: &Document<'_>,
    defaults: Option<Node<'_, '_>>,
    fonts: &Fonts,
) -> Option<Holder> {
    let own = role(shape);
    let parent = parents.iter().copied().find(|parent| role(*parent) == own.parent());
    let chain: Vec<Node<'_, '_>> = std::iter::once(shape).chain(parent).collect();
    let area = chain.iter().find_map(|shape| area(*shape))?;
    let bodies: Vec<_> = chain.iter().filter_map(|s| walk(*s, &["txBody", "bodyPr"])).collect();
    let is_upright = bodies.iter().find_map(|body| body.attribute("vert"));
    let style = walk(master.root_element(), &["txStyles", own.style(), "lvl1pPr"]);
    let styles = chain.iter().filter_map(|s| walk(*s, &["txBody", "lstStyle", "lvl1pPr"]));
    let styles: Vec<_> = styles.chain(style).chain(defaults).collect();
    let role = if is_upright.is_none_or(|vert| vert == "horz") { own } else { Role::Other };
    let style = if letters::is_stated(&styles) { None } else { sample::style(&chain) };
    let sample = format!("<s {NAMESPACES}>{}</s>", style.as_deref().unwrap_or_default());
    let sample = Document::parse(&sample).ok();
    let sample = sample.as_ref().and_then(|tree| tree.root_element().first_element_child());
    let styles: Vec<_> = sample.into_iter().chain(styles).collect();
    let letters = Letters::read(&styles, &bodies, fonts);
    Some(Holder { role, attributes: attributes(shape), area, letters, style })
}

/// The attributes that tie a slide's placeholder to that of its layout.
fn attributes(shape: Node<'_, '_>) -> String {
    let attribute = |name: &str| {
        let value = ph(shape)?.attribute(name)?;
        Some(format!("{name}=\"{}\"", escaped(value)))
    };
    ["type", "idx"].into_iter().filter_map(attribute).collect::<Vec<_>>().join(" ")
}

fn area(shape: Node<'_, '_>) -> Option<[f64; 4]> {
    let place = walk(shape, &["spPr", "xfrm"])?;
    let value = |of: &str, name: &str| Some(number(child(place, of)?.attribute(name))? / EMU);
    let (x, y) = (value("off", "x")?, value("off", "y")?);
    Some([x, y, x + value("ext", "cx")?, y + value("ext", "cy")?])
}
