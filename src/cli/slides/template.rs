//! The master on which slides are put.

use std::{
    fs::{self, File},
    io::Read as _,
    path::Path,
};

use anyhow::{Context as _, bail};

use super::target::Form;
use crate::slides::Master;

/// The most bytes of a template that are read.
const LARGEST: u64 = 100 << 20;

/// The master of a template, or our own.
///
/// # Errors
/// A template for what has no master, or a file that cannot be one.
pub fn master(path: Option<&Path>, form: Form) -> anyhow::Result<Master> {
    let Some(path) = path else { return Ok(Master::own()) };
    if form != Form::Pptx {
        bail!(
            "--template is for PowerPoint files: end the name after -o with .pptx, or with / for a folder"
        );
    }
    let bytes = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let master = Master::of_template(bytes);
    master.with_context(|| format!("cannot use {} as a template", path.display()))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    if fs::metadata(path)?.is_dir() {
        bail!("it is a folder, not a file");
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        bail!(
            "it is larger than {} MiB; take the example slides and their films out",
            LARGEST >> 20
        );
    }
    Ok(bytes)
}
