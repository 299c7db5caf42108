//! Where the regulator publishes, and how politely it is asked.

use std::{collections::BTreeSet, time::Duration};

use serde::{Deserialize, Serialize};

use super::address::host_of;

/// Settings of fetching: the table `[fetch]` of `casebook.toml`.
///
/// Names, hosts and paths are settings because the regulator may be renamed and its site may move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The regulator's site, without a slash at the end.
    pub site: String,
    /// Further hosts from which documents may come.
    pub hosts: Vec<String>,
    /// An address or web page at which the site's owner can reach you; part of the user agent.
    pub contact: Option<String>,
    /// Seconds between two requests to one host; a longer `Crawl-delay` of the host goes before.
    pub gap_seconds: f64,
    /// Seconds to wait before each of the repeated attempts; their number is the number of retries.
    pub wait_seconds: Vec<f64>,
    /// Seconds after which a request without an answer is given up.
    pub timeout_seconds: f64,
    /// Bytes of the largest page, listing or API answer, after decompression.
    pub largest_page: usize,
    /// Bytes of the largest document, after decompression.
    pub largest_document: usize,
    /// Bytes of the largest sitemap, after decompression.
    pub largest_sitemap: usize,
    /// Paths on the site.
    pub paths: Paths,
    /// Numbers by which the search API knows the listings.
    pub roots: Roots,
    /// What a source must yield at least; less fails loudly.
    pub expectations: Expectations,
    /// The archives.
    pub archives: Archives,
    /// Allows plain HTTP to this machine itself (loopback), for tests and mirrors; never elsewhere.
    pub trust_loopback: bool,
}

/// Paths on the site, each with its slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paths {
    /// The search API, asked by POST.
    pub api: String,
    /// The sitemap.
    pub sitemap: String,
    /// The listing of enforcement action; its pages lie below.
    pub enforcement: String,
    /// The listing of audits; its pages lie below.
    pub audits: String,
    /// Folders of guidance.
    pub guidance: Vec<String>,
    /// Folders of documents, for which archives are asked.
    pub documents: Vec<String>,
    /// Pages that link to actions.
    pub lessons: Vec<String>,
}

/// Numbers (`rootPageId`) of the listings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Roots {
    /// Enforcement action.
    pub enforcement: u64,
    /// Audits and overview reports.
    pub audits: u64,
}

/// The least that a healthy source yields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expectations {
    /// Enforcement pages in the search API and in the sitemap.
    pub enforcement: usize,
    /// Share of the API's items that have a date, a type and a title, from 0 to 1.
    pub filled: f64,
    /// Share of what a source found in the run before that it must find again, from 0 to 1.
    pub again: f64,
}

/// Where the archives answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Archives {
    /// The Wayback Machine.
    pub wayback: String,
    /// The index of Common Crawl.
    pub common_crawl_index: String,
    /// The data of Common Crawl.
    pub common_crawl_data: String,
    /// How many of the newest crawls of Common Crawl are asked.
    pub crawls: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site: "https://ico.org.uk".to_owned(),
            hosts: vec![],
            contact: None,
            gap_seconds: 6.0,
            wait_seconds: vec![30.0, 120.0],
            timeout_seconds: 120.0,
            largest_page: 8 << 20,
            largest_document: 50 << 20,
            largest_sitemap: 64 << 20,
            paths: Paths::default(),
            roots: Roots::default(),
            expectations: Expectations::default(),
            archives: Archives::default(),
            trust_loopback: false,
        }
    }
}

impl Default for Paths {
    fn default() -> Self {
        let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        Self {
            api: "/api/search".to_owned(),
            sitemap: "/sitemap.xml".to_owned(),
            enforcement: "/action-weve-taken/enforcement/".to_owned(),
            audits: "/action-weve-taken/audits-and-overview-reports/".to_owned(),
            guidance: owned(&[
                "/for-organisations/uk-gdpr-guidance-and-resources/",
                "/for-organisations/direct-marketing-and-privacy-and-electronic-communications/",
                "/for-organisations/law-enforcement/",
            ]),
            documents: owned(&["/media2/", "/media/action-weve-taken/"]),
            lessons: owned(&["/action-weve-taken/lessons-learned-from-reprimands"]),
        }
    }
}

impl Default for Roots {
    fn default() -> Self {
        Self { enforcement: 17222, audits: 17223 }
    }
}

impl Default for Expectations {
    fn default() -> Self {
        Self { enforcement: 150, filled: 0.9, again: 0.8 }
    }
}

impl Default for Archives {
    fn default() -> Self {
        Self {
            wayback: "https://web.archive.org".to_owned(),
            common_crawl_index: "https://index.commoncrawl.org".to_owned(),
            common_crawl_data: "https://data.commoncrawl.org".to_owned(),
            crawls: 3,
        }
    }
}

impl Settings {
    /// How casebook names itself to a site.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let contact = self.contact.as_deref().map(|c| format!("; {c}")).unwrap_or_default();
        format!("{AGENT}/{} (research on enforcement{contact})", env!("CARGO_PKG_VERSION"))
    }

    /// An address on the site.
    #[must_use]
    pub fn on_site(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// The hosts that are archives only, and not the site as well.
    #[must_use]
    pub fn hosts_of_archives(&self) -> BTreeSet<String> {
        let Archives { wayback, common_crawl_index, common_crawl_data, .. } = &self.archives;
        let addresses = [wayback, common_crawl_index, common_crawl_data];
        let site = host_of(&self.site);
        let hosts = addresses.into_iter().filter_map(|address| host_of(address));
        hosts.filter(|host| Some(host) != site.as_ref()).collect()
    }

    /// Time between two requests to one host.
    #[must_use]
    pub fn gap(&self) -> Duration {
        seconds(self.gap_seconds)
    }
}

/// The name to which rules in robots.txt can be addressed.
pub const AGENT: &str = "casebook";

/// A duration; nothing for a negative or absurd number.
pub fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or_default()
}
