//! The ways to find things: one source a file, each optional, each checked for plausibility.

mod api;
mod listing;
mod own_list;
mod sitemap;

use std::{future::Future, pin::Pin};

use super::{Client, FetchError, Found, ItemKind, Settings, SourceName};

pub use api::SearchApi;
pub use listing::Listing;
pub use own_list::OwnList;
pub use sitemap::Sitemap;

/// The future of a discovery.
pub type Discovering<'a> = Pin<Box<dyn Future<Output = Result<Discovery, FetchError>> + 'a>>;

/// A way to find the addresses of what is published.
pub trait Source {
    /// Its name.
    fn name(&self) -> SourceName;

    /// Finds all that it can; half an answer is told as such in [`Discovery::shortfalls`].
    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a>;

    /// What is implausible about a discovery, given what the run before found.
    fn faults(&self, found: &Discovery, before: Option<usize>, settings: &Settings) -> Vec<String> {
        shrunk(found, before, settings).into_iter().collect()
    }
}

/// What a source has found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Discovery {
    /// The items, each address once or more.
    pub items: Vec<Found>,
    /// What the source itself says it has of enforcement pages.
    pub stated: Option<usize>,
    /// What is known to be missing, a sentence each.
    pub shortfalls: Vec<String>,
    /// What is worth telling, but nothing missing.
    pub notes: Vec<String>,
}

impl Discovery {
    /// The number of different enforcement pages.
    #[must_use]
    pub fn actions(&self) -> usize {
        let actions = self.items.iter().filter(|item| item.kind == ItemKind::Action);
        let mut addresses: Vec<&str> = actions.map(|item| item.address.as_str()).collect();
        addresses.sort_unstable();
        addresses.dedup();
        addresses.len()
    }
}

/// Fewer items than the run before found, by more than settings allow.
fn shrunk(found: &Discovery, before: Option<usize>, settings: &Settings) -> Option<String> {
    let (now, before) = (found.actions(), before?);
    let least = before as f64 * settings.expectations.again;
    ((now as f64) < least).then(|| {
        format!("only {now} enforcement pages, after {before} in the run before; nothing is taken for removed")
    })
}

/// Fewer items than a healthy source has.
fn too_few(found: &Discovery, settings: &Settings) -> Option<String> {
    let (now, least) = (found.actions(), settings.expectations.enforcement);
    (now < least).then(|| format!("only {now} enforcement pages, where at least {least} are due"))
}

/// What an address on the site is, by its path; nothing for what is not wanted.
#[must_use]
pub fn kind_of(address: &str, settings: &Settings) -> Option<ItemKind> {
    let path = address.strip_prefix(settings.site.as_str())?;
    let paths = &settings.paths;
    let below = |folder: &str| path.starts_with(folder) && path.len() > folder.len();
    let unwanted = ["/thanks/", "/thank-you/", "/search/", "-draft/"];
    if below(&paths.enforcement) {
        Some(ItemKind::Action)
    } else if below(&paths.audits) {
        Some(ItemKind::Audit)
    } else if paths.guidance.iter().any(|folder| path.starts_with(folder.as_str()))
        && !unwanted.iter().any(|end| path.ends_with(end))
    {
        Some(ItemKind::Guidance)
    } else {
        None
    }
}
