//! The search API behind the site's listings.
//!
//! One order alone can leave holes (pages that come empty in the middle), so both are walked to the
//! last page and united; what the API says it has is compared with what came. No search term is ever
//! sent: the site refuses those.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;

use super::{Discovering, Discovery, Source, kind_of, shrunk, too_few};
use crate::{
    fetch::{
        Client, Expect, FetchError, Found, ItemKind, Listed, Request, Settings, SourceName,
        canonical, is_welsh,
    },
    model::ListedFacts,
    read::html,
};

/// The search API.
#[derive(Debug, Clone, Copy)]
pub struct SearchApi;

/// Pages that are asked for at most, whatever the API says.
const MOST_PAGES: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    results: Vec<Row>,
    #[serde(default)]
    pagination: Pagination,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Pagination {
    total_results: Option<usize>,
    total_pages: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(default)]
    title: String,
    url: String,
    created_date_time: Option<String>,
    filter_item_meta_data: Option<String>,
}

/// One listing of the API, united over both orders.
#[derive(Default)]
struct Walk {
    items: Vec<Found>,
    /// The addresses below the listing, Welsh twins too: what the API counts.
    listed: BTreeSet<String>,
    stated: Option<usize>,
    empty_pages: usize,
}

impl Source for SearchApi {
    fn name(&self) -> SourceName {
        SourceName::SearchApi
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let mut discovery = Discovery::default();
            let roots = client.settings().roots.clone();
            let mut walk = walk(client, roots.enforcement).await?;
            if walk.items.is_empty() {
                walk = repaired(client, roots.enforcement, &mut discovery).await?;
            }
            let (found, stated) = (walk.listed.len(), walk.stated);
            if let Some(stated) = stated.filter(|stated| *stated > found) {
                discovery.shortfalls.push(format!(
                    "the API says it has {stated} enforcement pages, {found} came in both orders \
                     ({} pages came empty)",
                    walk.empty_pages
                ));
            }
            discovery.stated = stated;
            discovery.items = walk.items;
            discovery.items.extend(self::walk(client, roots.audits).await?.items);
            Ok(discovery)
        })
    }

    fn faults(&self, found: &Discovery, before: Option<usize>, settings: &Settings) -> Vec<String> {
        let due = settings.expectations.filled;
        let actions: Vec<&Found> =
            found.items.iter().filter(|item| item.kind == ItemKind::Action).collect();
        let share = |filled: &dyn Fn(&Listed) -> bool| {
            let count = actions.iter().filter(|item| filled(&item.listed)).count();
            count as f64 / actions.len().max(1) as f64
        };
        let fields: [(&str, f64); 3] = [
            ("a title", share(&|listed| listed.title.is_some())),
            ("a date", share(&|listed| listed.date.is_some())),
            ("a type", share(&|listed| !listed.action_types.is_empty())),
        ];
        let poor = fields.into_iter().filter(|(_, share)| *share < due && !actions.is_empty());
        let poor = poor.map(|(field, share)| {
            format!(
                "only {:.0} % of the items have {field}: the API's form has changed",
                share * 100.0
            )
        });
        poor.chain(too_few(found, settings)).chain(shrunk(found, before, settings)).collect()
    }
}

impl SearchApi {
    /// The newest entries, by one request.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub async fn first_page(self, client: &mut Client) -> Result<Vec<Found>, FetchError> {
        let page = page(client, client.settings().roots.enforcement, "newest", 1).await?;
        let settings = client.settings();
        Ok(page.results.into_iter().filter_map(|row| found(row, settings)).collect())
    }
}

/// Reads the listing's number from its page, for the case that the one in the settings is old.
async fn repaired(
    client: &mut Client,
    known: u64,
    discovery: &mut Discovery,
) -> Result<Walk, FetchError> {
    let address = client.settings().on_site(&client.settings().paths.enforcement);
    let page = client.content(&Request::get(address, Expect::Html)).await?;
    let listing = html::listing(&String::from_utf8_lossy(&page.bytes), &page.address);
    match listing.node_id.and_then(|node| node.trim().parse().ok()) {
        Some(root) if root != known => {
            discovery.notes.push(format!(
                "the listing's number is now {root}, not {known}; set fetch.roots.enforcement"
            ));
            walk(client, root).await
        }
        _ => Ok(Walk::default()),
    }
}

async fn walk(client: &mut Client, root: u64) -> Result<Walk, FetchError> {
    let mut walk = Walk::default();
    for order in ["newest", "oldest"] {
        let mut number = 1;
        let mut last = 1;
        while number <= last.min(MOST_PAGES) {
            let page = page(client, root, order, number).await?;
            let Pagination { total_results, total_pages } = page.pagination;
            last = last.max(total_pages.unwrap_or(last));
            walk.stated = walk.stated.max(total_results);
            walk.empty_pages += usize::from(page.results.is_empty());
            // Without a count of pages, go on as long as pages come filled.
            if total_pages.is_none() && !page.results.is_empty() {
                last = number + 1;
            }
            let settings = client.settings();
            for row in page.results {
                walk.listed.extend(listed(&row, settings));
                walk.items.extend(found(row, settings));
            }
            number += 1;
        }
    }
    Ok(walk)
}

async fn page(
    client: &mut Client,
    root: u64,
    order: &str,
    number: usize,
) -> Result<Page, FetchError> {
    let settings = client.settings();
    let address = settings.on_site(&settings.paths.api);
    let body = json!({"filters": [], "pageNumber": number, "order": order, "rootPageId": root});
    let answer = client.content(&Request::post(address.clone(), body)).await?;
    serde_json::from_slice(&answer.bytes).map_err(|error| FetchError::Content {
        address,
        fault: format!("the answer of the search API has another form ({error})"),
    })
}

/// The address of a row, if it belongs to the listing; promoted cards do not.
fn listed(row: &Row, settings: &Settings) -> Option<String> {
    let address = canonical(&row.url, &settings.on_site("/"))?;
    kind_of(&address, settings).map(|_| address)
}

/// A row as an item; promoted cards of other parts of the site and Welsh twins are none.
fn found(row: Row, settings: &Settings) -> Option<Found> {
    let address = listed(&row, settings)?;
    let kind = kind_of(&address, settings).filter(|_| !is_welsh(&address, &row.title))?;
    let facts = row.filter_item_meta_data.as_deref().and_then(ListedFacts::parse);
    let listed = Listed { changed: row.created_date_time, ..Listed::of(&row.title, facts) };
    Some(Found { listed, ..Found::new(address, kind, SourceName::SearchApi) })
}
