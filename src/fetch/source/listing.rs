//! The listing of enforcement action as a page, and pages that link to actions.
//!
//! The present listing is filled by a script and holds no links; that of 2015 to 2024 does, and so
//! do the pages of lessons.

use super::{Discovering, Discovery, Source, kind_of};
use crate::{
    fetch::{Client, Expect, Found, Listed, Request, Settings, SourceName, canonical, is_welsh},
    read::html,
};

/// The listing page and the pages of lessons.
#[derive(Debug, Clone, Copy)]
pub struct Listing;

impl Source for Listing {
    fn name(&self) -> SourceName {
        SourceName::Listing
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let mut discovery = Discovery::default();
            let paths = client.settings().paths.clone();
            for path in std::iter::once(&paths.enforcement).chain(&paths.lessons) {
                let address = client.settings().on_site(path);
                match client.content(&Request::get(address, Expect::Html)).await {
                    Ok(answer) => {
                        let page = String::from_utf8_lossy(&answer.bytes);
                        discovery.items.extend(items(&page, &answer.address, client.settings()));
                    }
                    Err(error) if error.is_missing() => {
                        discovery.notes.push(error.to_string());
                    }
                    Err(error) => return Err(error),
                }
            }
            if discovery.items.is_empty() {
                discovery
                    .notes
                    .push("no links, as is usual for listings filled by script".to_owned());
            }
            Ok(discovery)
        })
    }
}

/// The actions to which a page links.
fn items(page: &str, base: &str, settings: &Settings) -> Vec<Found> {
    let items = html::listing(page, base).items.into_iter().filter_map(|item| {
        let address = canonical(&item.address, base)?;
        let kind = kind_of(&address, settings).filter(|_| !is_welsh(&address, &item.title))?;
        let listed = Listed::of(&item.title, item.facts);
        Some(Found { listed, ..Found::new(address, kind, SourceName::Listing) })
    });
    items.collect()
}
