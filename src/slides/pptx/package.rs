//! The parts of an Office Open XML file, their types and their relations.

use std::io::{self, Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::xml::{DECLARATION, escaped};

/// The namespace of relation types.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const APPLICATION: &str = "application/vnd.openxmlformats-";

/// A part and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its path in the file: `ppt/slides/slide1.xml`.
    pub name: String,
    /// Its type, without what all have in common: `officedocument.presentationml.slide+xml`.
    pub kind: &'static str,
    /// Its XML without declaration.
    pub xml: String,
    /// What it refers to: the first is `rId1`.
    pub relations: Vec<Relation>,
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

/// The file with these parts; the same parts give the same bytes.
///
/// # Errors
/// A part of more than 4 GB.
pub fn zipped(parts: &[Part]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut add = |name: &str, xml: &str| -> io::Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(DECLARATION.as_bytes())?;
        zip.write_all(xml.as_bytes())
    };
    add("[Content_Types].xml", &content_types(parts))?;
    add("_rels/.rels", &root_relations())?;
    for part in parts {
        add(&part.name, &part.xml)?;
        if !part.relations.is_empty() {
            let (folder, file) = part.name.rsplit_once('/').unwrap_or(("", &part.name));
            add(&format!("{folder}/_rels/{file}.rels"), &relations(&part.relations))?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types(parts: &[Part]) -> String {
    let overrides: String = parts
        .iter()
        .map(|part| {
            let (name, kind) = (&part.name, part.kind);
            format!("<Override PartName=\"/{name}\" ContentType=\"{APPLICATION}{kind}\"/>")
        })
        .collect();
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{APPLICATION}package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{overrides}</Types>"
    )
}

fn root_relations() -> String {
    let each = ROOTS.iter().enumerate().map(|(place, (kind, target))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", place + 1)
    });
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>",
        each.collect::<String>()
    )
}

fn relations(relations: &[Relation]) -> String {
    let each = relations.iter().enumerate().map(|(place, relation)| {
        let id = place + 1;
        match relation {
            Relation::Part(kind, target) => format!(
                "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{target}\"/>"
            ),
            Relation::Web(address) => format!(
                "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" \
                 TargetMode=\"External\"/>",
                escaped(address)
            ),
        }
    });
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>",
        each.collect::<String>()
    )
}
