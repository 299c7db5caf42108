//! Where decks go, checked before anything is made.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::cli::output::check_new;

/// Where decks go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Markdown on standard output.
    Screen,
    /// One deck in a file.
    File(PathBuf, Form),
    /// A deck for each case in a folder.
    Folder(PathBuf),
}

/// A format, known by the end of a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For PowerPoint, Impress, Keynote.
    Pptx,
    /// For Marp and Pandoc.
    Markdown,
    /// A page to print, of one case.
    Handout,
}

impl Target {
    /// The format of a single deck.
    pub const fn form(&self) -> Form {
        match self {
            Self::Screen => Form::Markdown,
            Self::File(_, form) => *form,
            Self::Folder(_) => Form::Pptx,
        }
    }

    /// The target of that path. A folder is one that exists, or a path that ends with `/`; it is made.
    ///
    /// # Errors
    /// A name of no known format, a deck that is there already, a folder that cannot be made.
    pub fn of(path: Option<&Path>, force: bool) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::Screen) };
        let ends_as_folder = path.to_string_lossy().ends_with(std::path::is_separator);
        if path.is_dir() || ends_as_folder {
            std::fs::create_dir_all(path)
                .with_context(|| format!("cannot make the folder {}", path.display()))?;
            return Ok(Self::Folder(path.to_owned()));
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let form = match ending.as_deref() {
            Some("pptx") => Form::Pptx,
            Some("md" | "markdown") => Form::Markdown,
            Some("html") => Form::Handout,
            _ => bail!(
                "cannot tell the format of {} from its name: end it with .pptx, .md or .html, or with / \
                 for a folder with one deck a case",
                path.display()
            ),
        };
        check_new(path, force)?;
        Ok(Self::File(path.to_owned(), form))
    }
}
