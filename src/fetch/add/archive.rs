//! ZIP archives: every entry as if it were a file, within limits that hold for what is really
//! unpacked, not for what the archive says of itself.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

use super::{Adding, Own, visible};
use crate::{
    fetch::StoreError,
    read::{LARGEST_FILE, ReadError},
};

/// The most entries of an archive.
const MOST_ENTRIES: usize = 10_000;

/// The most bytes that are unpacked from one archive.
const MOST_BYTES: usize = 2 << 30;

/// How a ZIP archive begins; the second is that of an empty one.
const SIGNATURES: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Entries that only office documents and books have.
const OFFICE: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// Whether bytes are a ZIP archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature))
}

/// Whether a file is a ZIP archive.
pub fn is_archive(path: &Path) -> bool {
    let mut head = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && is_zip(&head)
}

impl Adding<'_> {
    /// Adds the entries of an archive; one that cannot be unpacked does not stop the others.
    pub(super) fn archive(&mut self, path: &Path, name: &str) -> Result<(), StoreError> {
        let mut archive = match open(path) {
            Ok(archive) => archive,
            Err(reason) => return self.refuse(path, &reason),
        };
        let mut left = MOST_BYTES;
        for index in 0..archive.len() {
            if left == 0 {
                let reason = format!(
                    "more than {MOST_BYTES} bytes come out of it; the rest was left out: unpack it \
                     yourself and add the folder"
                );
                return self.refuse(path, &reason);
            }
            let Some((entry, result)) = unpacked(&mut archive, index, left) else { continue };
            let path = path.join(entry.trim_start_matches('/'));
            match result {
                Ok(bytes) => {
                    left = left.saturating_sub(bytes.len());
                    let name = format!("{name}/{entry}");
                    self.bytes(Own { path: path.display().to_string(), name, bytes })?;
                }
                Err(reason) => {
                    left = left.saturating_sub(LARGEST_FILE);
                    self.refuse(&path, &reason)?;
                }
            }
        }
        Ok(())
    }
}

fn open(path: &Path) -> Result<ZipArchive<File>, String> {
    let file = File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
    let archive = ZipArchive::new(file)
        .map_err(|error| format!("the archive is damaged ({error}); make or fetch it again"))?;
    if archive.len() > MOST_ENTRIES {
        return Err(format!(
            "the archive has {} entries, more than the {MOST_ENTRIES} that are added at once; split it",
            archive.len()
        ));
    }
    if OFFICE.iter().any(|entry| archive.index_for_name(entry).is_some()) {
        return Err(
            "it is an office document, which casebook does not read; save it as PDF or text"
                .to_owned(),
        );
    }
    Ok(archive)
}

/// The name of an entry and its bytes, or why there are none; nothing for what is left out.
fn unpacked(
    archive: &mut ZipArchive<File>,
    index: usize,
    left: usize,
) -> Option<(String, Result<Vec<u8>, String>)> {
    let entry = archive.by_index_data(index).ok()?;
    let name = visible(&String::from_utf8_lossy(entry.name_raw()));
    let is_hidden =
        name.split('/').any(|part| part.starts_with('.') && ![".", ".."].contains(&part));
    if entry.is_dir() || is_hidden || name.starts_with("__MACOSX/") {
        return None;
    }
    if entry.is_symlink() {
        return Some((name, Err("it is a link, not a file".to_owned())));
    }
    if entry.encrypted() {
        let reason = "it is encrypted; unpack the archive with its password and add the folder";
        return Some((name, Err(reason.to_owned())));
    }
    let bytes = archive.by_index(index).map_err(|error| in_words(&error));
    let bytes = bytes.and_then(|entry| inflated(entry, left.min(LARGEST_FILE)));
    Some((name, bytes))
}

/// The bytes of an entry, read no further than one beyond the cap.
fn inflated(entry: ZipFile<'_, File>, cap: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    entry
        .take(cap as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error: io::Error| format!("it cannot be unpacked ({error})"))?;
    if bytes.len() > cap {
        return Err(if cap == LARGEST_FILE {
            ReadError::TooLarge(bytes.len()).to_string()
        } else {
            format!("with it more than {MOST_BYTES} bytes would come out of the archive")
        });
    }
    Ok(bytes)
}

fn in_words(error: &ZipError) -> String {
    match error {
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            format!("it is packed in a way that casebook does not unpack ({error})")
        }
        _ => format!("it cannot be unpacked ({error})"),
    }
}
