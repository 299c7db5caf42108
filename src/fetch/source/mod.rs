//! The ways to find things: one source a file, each optional, each checked for plausibility.

mod api;
mod common_crawl;
mod listing;
mod own_list;
mod sitemap;
mod wayback;

use std::{future::Future, pin::Pin};

use url::Url;

use super::{
    AddressError, ArchiveCopy, Client, FetchError, Found, ItemKind, Settings, SourceName,
    canonical, is_welsh,
};

pub use api::SearchApi;
pub use common_crawl::CommonCrawl;
pub use listing::Listing;
pub use own_list::OwnList;
pub use sitemap::Sitemap;
pub use wayback::Wayback;

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
    /// Copies of documents by their addresses; they are of use once a page links to them.
    pub copies: Vec<(String, ArchiveCopy)>,
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

/// The captures of an archive, sorted into pages of the register and documents.
#[derive(Debug)]
struct Captures {
    by: SourceName,
    discovery: Discovery,
}

impl Captures {
    fn new(by: SourceName) -> Self {
        Self { by, discovery: Discovery::default() }
    }

    /// Adds a capture, if it is of a page or document of the site that is wanted.
    fn add(&mut self, original: &str, copy: ArchiveCopy, settings: &Settings) {
        let address = canonical(original, &settings.on_site("/"));
        let Some(address) = address.filter(|a| !a.contains('?') && !is_welsh(a, "")) else {
            return;
        };
        if let Some(kind) = kind_of(&address, settings) {
            let found = Found::new(address, kind, self.by);
            self.discovery.items.push(Found { copy: Some(copy), ..found });
        } else if is_document(&address, settings) {
            self.discovery.copies.push((address, copy));
        }
    }
}

fn is_document(address: &str, settings: &Settings) -> bool {
    let path = address.strip_prefix(settings.site.as_str()).unwrap_or_default();
    settings.paths.documents.iter().any(|folder| path.starts_with(folder.as_str()))
}

/// An address with these pairs as its query.
fn with_query(address: &str, pairs: &[(&str, &str)]) -> Result<String, FetchError> {
    let url = Url::parse_with_params(address, pairs);
    Ok(url.map_err(|_| AddressError::Malformed(address.to_owned()))?.into())
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
