//! A user's own list of addresses, one a line; lines that begin with # are comments.

use super::{Discovering, Discovery, Source, kind_of};
use crate::fetch::{Client, Found, ItemKind, SourceName, canonical};

/// The addresses of a list.
#[derive(Debug, Clone)]
pub struct OwnList {
    /// The text of the list.
    pub text: String,
}

impl Source for OwnList {
    fn name(&self) -> SourceName {
        SourceName::OwnList
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let settings = client.settings();
            let mut discovery = Discovery::default();
            let lines = self.text.lines().map(str::trim).enumerate();
            for (index, line) in
                lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            {
                match canonical(line, &settings.on_site("/")) {
                    Some(address) => {
                        let kind =
                            kind_of(&address, settings).unwrap_or_else(|| by_ending(&address));
                        discovery.items.push(Found::new(address, kind, SourceName::OwnList));
                    }
                    None => discovery
                        .shortfalls
                        .push(format!("line {}: `{line}` is no address", index + 1)),
                }
            }
            Ok(discovery)
        })
    }
}

/// A document if the address ends like a file, or else a page of guidance.
fn by_ending(address: &str) -> ItemKind {
    let is_file = address.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file { ItemKind::Document } else { ItemKind::Guidance }
}
