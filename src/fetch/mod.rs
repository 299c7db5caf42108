//! Fetches what the regulator publishes: politely, checked, and kept for good.
//!
//! [`Source`]s find addresses, a [`Plan`] chooses of them, the [`Client`] asks for them one at a time,
//! the [`Store`] keeps every version with its provenance, and the [`Report`] tells what was found by
//! whom and what could not be looked at. "Nothing new" and "could not look" are different results.

mod add;
mod address;
mod archived;
mod client;
mod content;
mod doctor;
mod found;
mod harvest;
mod plan;
mod report;
mod request;
mod robots;
mod settings;
mod source;
mod store;
mod warc;
mod warc_record;

pub use add::{AddReport, AddedFile, Adding, RefusedFile, SCHEME as ADDED_SCHEME};
pub use address::{AddressError, AddressRule, canonical, is_welsh};
pub use client::Client;
pub use doctor::{Check, Verdict, examine};
pub use found::{ArchiveCopy, Found, ItemKind, Listed, SourceName};
pub use harvest::{Harvest, HarvestError, Progress};
pub use plan::{Plan, Wanted};
pub use report::{Problem, Report, SourceReport, SourceState};
pub use request::{Answer, Expect, FetchError, Reply, Request, Validators};
pub use settings::{Archives, Expectations, Paths, Roots, Settings};
pub use source::{
    CommonCrawl, Discovering, Discovery, Listing, OwnList, SearchApi, Sitemap, Source, Wayback,
    kind_of,
};
pub use store::{Event, FOLDER as STORE_FOLDER, Item, Kept, Look, Provenance, Store, StoreError};
pub use warc::{WarcReport, write_warc};
