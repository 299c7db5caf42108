//! The log as a file: appended to line by line, a torn last line cut off.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::Path,
};

use super::{Event, StoreError};

/// The log, held by one fetch.
#[derive(Debug)]
pub struct Log {
    file: File,
}

impl Log {
    /// Opens the log for appending and holds it; half a line at its end, left by a kill, goes.
    pub fn open(path: &Path) -> Result<Self, TryLockError> {
        let options = || File::options().create(true).read(true).append(true).open(path);
        let file = options().map_err(TryLockError::Error)?;
        file.try_lock()?;
        let cut = || -> io::Result<()> {
            let bytes = fs::read(path)?;
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            if whole < bytes.len() { file.set_len(whole as u64) } else { Ok(()) }
        };
        cut().map_err(TryLockError::Error)?;
        Ok(Self { file })
    }

    /// Writes one line and brings it to the disk.
    pub fn append(&mut self, event: &Event) -> io::Result<()> {
        let mut line = serde_json::to_vec(event)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }
}

/// The events of a log; a last line without its end does not count.
pub fn read(path: &Path) -> Result<Vec<Event>, StoreError> {
    let name = || path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StoreError::Unreadable { path: name(), source }),
    };
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    let lines = bytes[..whole].split(|byte| *byte == b'\n').enumerate();
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(index, line)| {
            serde_json::from_slice(line).map_err(|source| StoreError::Damaged {
                path: name(),
                line: index + 1,
                source,
            })
        })
        .collect()
}
