//! The parts of the user's file, read one by one within limits.

use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};

use roxmltree::{Document, Node};
use zip::{ZipArchive, result::ZipError};

use super::{super::package::relations_of, error::TemplateError};

/// The most bytes that are unpacked; real templates have a tenth of it.
const MOST_BYTES: u64 = 100_000_000;
/// How compound files begin: Office files before 2007, and those encrypted since.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A package.
pub struct Source {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    room: u64,
    /// Types by ending.
    pub defaults: Vec<(String, String)>,
    /// Types by part.
    overrides: HashMap<String, String>,
    /// The main part.
    pub main: String,
}

/// What a part refers to.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its name within the part.
    pub id: String,
    /// The whole type.
    pub kind: String,
    /// A path from the root of the package, or an address.
    pub target: String,
    /// Whether it leads out of the package.
    pub is_outside: bool,
}

impl Link {
    /// The last word of the type: `slideLayout`.
    pub fn role(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}

impl Source {
    /// Opens a presentation or template.
    pub fn open(bytes: Vec<u8>) -> Result<Self, TemplateError> {
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(foreign(&bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let (defaults, overrides, main) = Default::default();
        let mut source = Self { archive, room: MOST_BYTES, defaults, overrides, main };
        let Some(types) = source.text("[Content_Types].xml")? else {
            return Err(TemplateError::Other(match source.text("mimetype")?.as_deref() {
                Some(kind) if kind.starts_with("application/vnd.oasis") => "an OpenDocument file",
                _ => "a ZIP archive",
            }));
        };
        source.read_types(&parsed("[Content_Types].xml", &types)?);
        source.main = source.main_part()?;
        Ok(source)
    }

    fn read_types(&mut self, types: &Document<'_>) {
        let value = |node: &Node<'_, '_>, name| node.attribute(name).unwrap_or_default().to_owned();
        for node in types.root_element().children() {
            let kind = value(&node, "ContentType");
            match node.tag_name().name() {
                "Default" => self.defaults.push((value(&node, "Extension").to_lowercase(), kind)),
                "Override" => {
                    let name = value(&node, "PartName");
                    self.overrides.insert(name.trim_start_matches('/').to_owned(), kind);
                }
                _ => {}
            }
        }
        self.defaults.retain(|(ending, _)| !matches!(ending.as_str(), "rels" | "xml"));
    }

    /// The part that the package is about, if that is a presentation.
    fn main_part(&mut self) -> Result<String, TemplateError> {
        let roots = self.links("")?;
        let is_strict = |link: &Link| link.kind.starts_with("http://purl.oclc.org/");
        let main = roots.into_iter().find(|link| link.role() == "officeDocument");
        let main = main.ok_or_else(|| damaged("it does not say what its main part is"))?;
        let kind = self.kind(&main.target).unwrap_or_default();
        match () {
            () if kind.contains("wordprocessingml") || kind.contains("ms-word") => {
                Err(TemplateError::Other("a Word document"))
            }
            () if kind.contains("spreadsheetml") || kind.contains("ms-excel") => {
                Err(TemplateError::Other("an Excel workbook"))
            }
            () if !kind.contains("presentation") && !kind.contains("powerpoint") => {
                Err(TemplateError::Other("another kind of Office file"))
            }
            () if is_strict(&main) => Err(TemplateError::Strict),
            () => Ok(main.target),
        }
    }

    /// The type of a part that has one of its own.
    pub fn kind(&self, part: &str) -> Option<&str> {
        self.overrides.get(part).map(String::as_str)
    }

    /// A part's bytes, if it is there.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, TemplateError> {
        let file = match self.archive.by_name(part) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.room + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(&format!("{part}: {error}")))?;
        self.room =
            self.room.checked_sub(bytes.len() as u64).ok_or(TemplateError::TooLarge(MOST_BYTES))?;
        Ok(Some(bytes))
    }

    /// A part as text.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, TemplateError> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        let text =
            String::from_utf8(bytes).map_err(|_| damaged(&format!("{part} is not UTF-8")))?;
        Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
    }

    /// A part of XML that must be there.
    pub fn needed(&mut self, part: &str) -> Result<String, TemplateError> {
        self.text(part)?.ok_or_else(|| damaged(&format!("its part {part} is missing")))
    }

    /// What a part refers to; of the whole package where the name is empty.
    pub fn links(&mut self, part: &str) -> Result<Vec<Link>, TemplateError> {
        let name = relations_of(part);
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let relations = parsed(&name, &text)?;
        let all = relations.root_element().children().filter(Node::is_element);
        Ok(all.filter_map(|node| link(part, &node)).collect())
    }
}

fn link(part: &str, node: &Node<'_, '_>) -> Option<Link> {
    let target = node.attribute("Target")?;
    let is_outside = node.attribute("TargetMode") == Some("External");
    Some(Link {
        id: node.attribute("Id")?.to_owned(),
        kind: node.attribute("Type")?.to_owned(),
        target: if is_outside { target.to_owned() } else { resolved(part, target) },
        is_outside,
    })
}

/// A target from the root of the package.
fn resolved(part: &str, target: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// XML as a tree.
pub fn parsed<'a>(part: &str, text: &'a str) -> Result<Document<'a>, TemplateError> {
    Document::parse(text).map_err(|error| damaged(&format!("{part} is not sound XML ({error})")))
}

pub fn damaged(what: &(impl ToString + ?Sized)) -> TemplateError {
    TemplateError::Damaged(what.to_string())
}

/// What bytes are that are no package.
fn foreign(bytes: &[u8]) -> TemplateError {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes {
        _ if bytes.starts_with(COMPOUND) => {
            let is_encrypted = bytes.windows(wide.len()).any(|window| window == wide);
            if is_encrypted { TemplateError::Encrypted } else { TemplateError::Old }
        }
        [] => TemplateError::Other("an empty file"),
        _ if bytes.starts_with(b"%PDF") => TemplateError::Other("a PDF"),
        _ if bytes.starts_with(b"PK\x05\x06") => TemplateError::Other("an empty ZIP archive"),
        _ => TemplateError::Other("another kind of file"),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_read_from_the_folder_of_their_part() {
        let layout = "ppt/slideLayouts/slideLayout1.xml";
        assert_eq!(resolved(layout, "../media/logo.png"), "ppt/media/logo.png");
        assert_eq!(resolved(layout, "/ppt/theme/theme1.xml"), "ppt/theme/theme1.xml");
        assert_eq!(resolved("", "ppt/presentation.xml"), "ppt/presentation.xml");
        assert_eq!(resolved(layout, "../../../../secret"), "secret");
    }
}
