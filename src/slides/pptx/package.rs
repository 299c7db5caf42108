//! The parts of an Office Open XML file, their types and their relations.

use std::{
    borrow::Cow,
    io::{self, Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::xml::{DECLARATION, escaped};

/// The namespace of relation types.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const APPLICATION: &str = "application/vnd.openxmlformats-";

/// A part and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its path in the file: `ppt/slides/slide1.xml`.
    pub name: Cow<'a, str>,
    /// Its type; none where that of its ending holds.
    pub kind: Option<Cow<'a, str>>,
    /// Its bytes.
    pub content: Cow<'a, [u8]>,
    /// What it refers to: the first is `rId1`.
    pub relations: Vec<Relation>,
}

impl Part<'_> {
    /// A part of XML, which comes without declaration. Its type is given without what all have in
    /// common: `officedocument.presentationml.slide+xml`.
    pub fn xml(name: &str, kind: &str, xml: &str, relations: Vec<Relation>) -> Self {
        Self {
            name: name.to_owned().into(),
            kind: Some(format!("{APPLICATION}{kind}").into()),
            content: [DECLARATION, xml].concat().into_bytes().into(),
            relations,
        }
    }

    /// A part of other bytes.
    pub fn binary(name: &str, kind: &str, bytes: Vec<u8>) -> Self {
        let kind = Some(format!("{APPLICATION}{kind}").into());
        Self { name: name.to_owned().into(), kind, content: bytes.into(), relations: Vec::new() }
    }
}

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// Another part, by kind (`slideLayout`) and path.
    Part(&'static str, String),
    /// A web address.
    Web(String),
}

/// The relations of the whole file: kind of relation and path of the part.
const ROOTS: [(&str, &str); 3] = [
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "ppt/presentation.xml",
    ),
    (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        "docProps/app.xml",
    ),
];

/// The file with these parts; the same parts give the same bytes. Defaults are types by the ending of
/// names.
///
/// # Errors
/// A part of more than 4 GB.
pub fn zipped(parts: &[Part<'_>], defaults: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| -> io::Result<()> {
        zip.start_file(name, options(name))?;
        zip.write_all(content)
    };
    add("[Content_Types].xml", content_types(parts, defaults).as_bytes())?;
    add("_rels/.rels", root_relations().as_bytes())?;
    for part in parts {
        add(&part.name, &part.content)?;
        if !part.relations.is_empty() {
            add(&relations_of(&part.name), relations(&part.relations).as_bytes())?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

/// Pictures and fonts are compressed already.
fn options(name: &str) -> SimpleFileOptions {
    let method = match name.ends_with(".xml") || name.ends_with(".rels") {
        true => CompressionMethod::Deflated,
        false => CompressionMethod::Stored,
    };
    SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default())
}

/// The part that holds the relations of a part.
pub fn relations_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_owned()
}

fn content_types(parts: &[Part<'_>], defaults: &[(String, String)]) -> String {
    let typed = parts.iter().filter_map(|part| Some((&part.name, part.kind.as_ref()?)));
    let overrides = typed
        .map(|(name, kind)| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    let defaults = defaults.iter().map(|(ending, kind)| {
        let (ending, kind) = (escaped(ending), escaped(kind));
        format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>")
    });
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{APPLICATION}package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}</Types>",
        defaults.chain(overrides).collect::<String>()
    )
}

fn root_relations() -> String {
    let each = ROOTS.iter().enumerate().map(|(place, (kind, target))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", place + 1)
    });
    related(&each.collect::<String>())
}

fn relations(relations: &[Relation]) -> String {
    let each = relations.iter().enumerate();
    related(
        &each.map(|(place, one)| relation(&format!("rId{}", place + 1), one)).collect::<String>(),
    )
}

/// A relation of that name.
pub fn relation(id: &str, relation: &Relation) -> String {
    match relation {
        Relation::Part(kind, target) => {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{target}\"/>")
        }
        Relation::Web(address) => format!(
            "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" \
             TargetMode=\"External\"/>",
            escaped(address)
        ),
    }
}

/// Relations as a part.
pub fn related(relations: &str) -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"
    )
}
