//! What a test asks the site to be like. Everything may be changed while it runs.

use std::collections::HashMap;

use super::dates::Day;

/// The site's state; the default is a healthy site.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What `/robots.txt` says.
    pub robots: Robots,
    /// How `POST /api/search` answers.
    pub api: Api,
    /// Whether page 2 of the register is empty in both orders of the API, as happens in life.
    pub holes: bool,
    /// How the listing page is laid out.
    pub listing: Listing,
    /// Addresses in `/sitemap.xml`, padded with decision notices up to this many.
    pub sitemap_addresses: usize,
    /// How `/sitemap.xml` is compressed.
    pub sitemap_gzip: SitemapGzip,
    /// Whether pages and PDFs carry `ETag` and `Last-Modified` and honour conditions.
    pub validators: bool,
    /// Slugs taken off the site: in no listing, page and documents 404.
    pub vanished: Vec<&'static str>,
    /// Bytes for the document of a slug, in place of the generated PDF.
    pub pdfs: Vec<(String, Vec<u8>)>,
    /// Misbehaviour by path, without query; a final slash makes no difference.
    pub faults: HashMap<String, Fault>,
    /// Whose addresses the archives hold.
    pub archived_from: ArchivedFrom,
    /// The most rows the Wayback CDX gives at once, whatever `limit` asks.
    pub cdx_rows: usize,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            robots: Robots::CrawlDelay(0.0),
            api: Api::Healthy,
            holes: true,
            listing: Listing::Current,
            sitemap_addresses: 300,
            sitemap_gzip: SitemapGzip::Plain,
            validators: true,
            vanished: Vec::new(),
            pdfs: Vec::new(),
            faults: HashMap::new(),
            archived_from: ArchivedFrom::Own,
            cdx_rows: 2,
        }
    }
}

impl Scenario {
    /// The same scenario with a fault at a path.
    pub fn fault(mut self, path: impl Into<String>, fault: Fault) -> Self {
        self.faults.insert(path.into(), fault);
        self
    }

    pub(super) fn fault_at(&mut self, path: &str) -> Option<&mut Fault> {
        self.faults.iter_mut().find(|(key, _)| same_path(key, path)).map(|(_, fault)| fault)
    }

    /// The path whose content is served at `path`: another one if that has moved here.
    pub(super) fn origin_of(&self, path: &str) -> String {
        let moved_here = |fault: &Fault| matches!(fault, Fault::Moved(to) if same_path(to, path));
        let origin = self.faults.iter().find(|(_, fault)| moved_here(fault));
        origin.map_or(path, |(key, _)| key).to_owned()
    }

    pub(super) fn is_changed(&self, path: &str) -> bool {
        self.faults.iter().any(|(key, f)| same_path(key, path) && matches!(f, Fault::Changed))
    }

    /// When a page was last published: later than `first` once it has changed.
    pub(super) fn updated(&self, path: &str, first: Day) -> Day {
        if self.is_changed(path) { Day(first.0 + 40) } else { first }
    }
}

pub(super) fn same_path(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// What `/robots.txt` says.
#[derive(Clone, Debug)]
pub enum Robots {
    /// Everything but `/private/` allowed, at this many seconds apart.
    CrawlDelay(f64),
    /// Nothing allowed.
    DisallowAll,
    /// 404.
    Missing,
    /// 500.
    Broken,
    /// This text.
    Text(String),
}

/// How `POST /api/search` answers.
#[derive(Clone, Debug)]
pub enum Api {
    /// As it should.
    Healthy,
    /// 403 with an HTML body.
    Forbidden,
    /// 429 with `Retry-After` in seconds, `times` times; then healthy.
    TooManyRequests { times: u32, retry_after: u64 },
    /// An HTML page with status 200 and `text/html`.
    Html,
    /// Only the first five rows, totals to match.
    Shrunk,
    /// Root 17222 holds nothing; the listing page's `data-node-id`, 18444, holds the register.
    OtherRoot,
    /// JSON that breaks off half way, though the lengths agree.
    CutShort,
    /// No `pagination` in the answer.
    NoTotals,
}

/// How the listing page is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Filled by JavaScript: no links to items.
    Current,
    /// 2015 to 2024: all items linked.
    Links,
}

/// How `/sitemap.xml` is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitemapGzip {
    /// Not at all.
    Plain,
    /// In transit: `Content-Encoding: gzip`, whether asked for or not.
    Encoded,
    /// The file itself: `Content-Type: application/gzip`, no encoding.
    File,
}

/// Whose addresses the archives hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchivedFrom {
    /// The stand-in's own.
    Own,
    /// `https://ico.org.uk`.
    Ico,
}

/// Misbehaviour of one path.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 302 to `https://example.org/`.
    RedirectOffHost,
    /// 302 to itself, with and without `?again=1` in turn.
    RedirectLoop,
    /// 301 to this path, where the content now is.
    Moved(String),
    /// This status (404 or 410) with a page that says so.
    Gone(u16),
    /// This status with an HTML body.
    Status(u16),
    /// 429 with `Retry-After` in seconds, `times` times; then fine.
    TooManyRequests { times: u32, retry_after: u64 },
    /// 503, `times` times; then fine.
    ServerError { times: u32 },
    /// Half of what `Content-Length` promises, then the connection closes.
    Truncated,
    /// Headers, then a byte every 200 ms.
    Slow,
    /// An HTML page with status 200, whatever is due.
    WrongType,
    /// A small gzip body that inflates to 200 MiB.
    GzipBomb,
    /// A new version of the page or document, its ETag, date and listing entries too.
    Changed,
    /// The body without `Content-Length`, ended by the close.
    LengthAbsent,
    /// Status 200 and no bytes.
    Empty,
    /// The connection closes without an answer.
    Closed,
}
