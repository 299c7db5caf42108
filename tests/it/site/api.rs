//! `POST /api/search`.

use serde_json::{Value, json};

use super::pages;
use super::register::{AUDIT_REPORTS, Item, ONLY_IN_SITEMAP, REGISTER};
use super::scenario::{Api, Scenario};
use super::server::{Reply, Request};

const PAGE: usize = 25;
/// The empty page. With 51 items, `newest` lacks items 25 to 49 and `oldest` 1 to 25 (counted
/// from the newest), so that together they lack one.
const HOLE: usize = 2;
const _: () = assert!(ONLY_IN_SITEMAP == PAGE);

pub(super) fn search(scenario: &mut Scenario, request: &Request) -> Reply {
    if request.method != "POST" {
        return html(405);
    }
    match &mut scenario.api {
        Api::Forbidden => return html(403),
        Api::Html => return html(200),
        Api::TooManyRequests { times, retry_after } if *times > 0 => {
            *times -= 1;
            return html(429).header("Retry-After", *retry_after);
        }
        _ => {}
    }
    let Ok(query) = serde_json::from_slice::<Value>(&request.body) else { return html(400) };
    let term = |key: &str| query[key].as_str().is_some_and(|term| !term.is_empty());
    if term("term") || term("searchTerm") {
        return html(403);
    }
    let mut text = results(scenario, &query).to_string();
    if matches!(scenario.api, Api::CutShort) {
        text.truncate(text.floor_char_boundary(text.len() / 2));
    }
    Reply::new(200, "application/json; charset=utf-8", text)
}

fn html(status: u16) -> Reply {
    Reply::new(status, "text/html; charset=utf-8", pages::error(status))
}

fn results(scenario: &Scenario, query: &Value) -> Value {
    let all = root(scenario, query["rootPageId"].as_u64());
    let wanted = wanted_types(query);
    let mut items: Vec<&Item> = all.iter().filter(|item| wanted.matches(item)).collect();
    let oldest = query["order"] == "oldest";
    if oldest {
        items.reverse();
    }
    if matches!(scenario.api, Api::Shrunk) {
        items.truncate(5);
    }
    let page = query["pageNumber"].as_u64().unwrap_or(1).max(1) as usize;
    let there = |item: &&&Item| !scenario.vanished.contains(&item.slug.as_str());
    let empty = scenario.holes && page == HOLE && items.len() == REGISTER.len();
    let shown = items.iter().skip((page - 1) * PAGE).take(if empty { 0 } else { PAGE });
    let mut rows: Vec<Value> = shown.filter(there).map(|item| row(scenario, item)).collect();
    if page == 1 && !oldest && all.len() == REGISTER.len() && wanted.0.is_empty() {
        rows.insert(0, promoted());
    }
    let total = items.iter().filter(there).count();
    let mut answer = json!({"results": rows});
    if !matches!(scenario.api, Api::NoTotals) {
        answer["pagination"] =
            json!({"totalResults": total, "totalPages": items.len().div_ceil(PAGE)});
    }
    answer
}

fn root(scenario: &Scenario, id: Option<u64>) -> &'static [Item] {
    match (id, &scenario.api) {
        (Some(18_444), Api::OtherRoot) => &REGISTER,
        (Some(17_222), Api::OtherRoot) => &[],
        (Some(17_222), _) => &REGISTER,
        (Some(17_223), _) => &AUDIT_REPORTS,
        _ => &[],
    }
}

/// The `entype` filter: slugs of types, none for all.
struct Types(Vec<String>);

impl Types {
    fn matches(&self, item: &Item) -> bool {
        let slug = |kind: &str| kind.to_lowercase().replace(' ', "-");
        self.0.is_empty() || item.types.iter().any(|kind| self.0.contains(&slug(kind)))
    }
}

fn wanted_types(query: &Value) -> Types {
    let filters = query["filters"].as_array().into_iter().flatten();
    let values = filters.filter(|filter| filter["key"] == "entype");
    let values = values.filter_map(|filter| filter["values"].as_array()).flatten();
    Types(values.filter_map(Value::as_str).map(str::to_owned).collect())
}

fn row(scenario: &Scenario, item: &Item) -> Value {
    let path = item.path();
    let described = if item.described { item.failure } else { "" };
    json!({
        "id": item.id,
        "title": item.title,
        "createdDateTime": scenario.updated(&path, item.published()).iso() + ".967Z",
        "url": path,
        "description": described,
        "filterItemMetaData": item.metadata(),
    })
}

/// A card outside the register's prefix, which the totals do not count.
fn promoted() -> Value {
    json!({
        "id": 90_001,
        "title": "Our strategy for the year",
        "url": "/about-the-ico/our-information/our-strategies-and-plans/strategy-2026/",
        "description": "What we plan to do.",
        "createdDateTime": "2026-01-12T09:00:00.5Z",
        "filterItemMetaData": "12 January 2026",
    })
}
