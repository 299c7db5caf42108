//! About five requests that say which ways to the site work on this machine.

use serde::Serialize;

use super::{
    Client, Expect, FetchError, Found, ItemKind, Request, SearchApi, Settings, Sitemap, Source,
    canonical,
};
use crate::{model::ActionType, read};

/// What one of the checks showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was tried.
    pub name: &'static str,
    /// How it went.
    pub verdict: Verdict,
    /// What was seen, and what to do if that is not well.
    pub detail: String,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It works.
    Works,
    /// It does not, but the site answers.
    Fails,
    /// The site keeps us out.
    Blocked,
}

/// Looks at robots.txt, the search API, the sitemap, one page of the register and one document.
pub async fn examine(client: &mut Client) -> Vec<Check> {
    let api = SearchApi.first_page(client).await;
    let robots = robots(client, &api);
    let sitemap = Sitemap.discover(client).await;
    let page = example(api.as_deref().ok(), sitemap.as_ref().ok().map(|found| &*found.items));
    let mut checks = vec![
        robots,
        check("search API", &api, |items| format!("{} entries on its first page", items.len())),
        check("sitemap", &sitemap, |found| format!("{} register pages", found.actions())),
    ];
    match page {
        Some(page) => checks.extend(examine_page(client, &page).await),
        None => checks.push(Check {
            name: "register page",
            verdict: Verdict::Fails,
            detail:
                "no way led to one; give addresses of your own with `casebook fetch --list FILE`"
                    .to_owned(),
        }),
    }
    checks
}

/// The request for robots.txt went before the first one to the API.
fn robots(client: &Client, api: &Result<Vec<Found>, FetchError>) -> Check {
    let gap = client.gap(&client.settings().site).as_secs_f64();
    match api {
        Err(error @ (FetchError::Stopped { .. } | FetchError::Disallowed(_))) => {
            Check { name: "robots.txt", verdict: Verdict::Blocked, detail: error.to_string() }
        }
        _ => Check {
            name: "robots.txt",
            verdict: Verdict::Works,
            detail: format!("allows what is wanted; one request every {gap} s"),
        },
    }
}

fn check<T>(
    name: &'static str,
    result: &Result<T, FetchError>,
    detail: impl Fn(&T) -> String,
) -> Check {
    match result {
        Ok(found) => Check { name, verdict: Verdict::Works, detail: detail(found) },
        Err(error) => {
            let verdict = if error.is_block() { Verdict::Blocked } else { Verdict::Fails };
            Check { name, verdict, detail: error.to_string() }
        }
    }
}

/// A reprimand, or else any page of the register.
fn example(api: Option<&[Found]>, sitemap: Option<&[Found]>) -> Option<String> {
    let all = || api.into_iter().chain(sitemap).flatten();
    let is_reprimand = |found: &&Found| found.listed.action_types.contains(&ActionType::Reprimand);
    let is_action = |found: &&Found| found.kind == ItemKind::Action;
    all().find(is_reprimand).or_else(|| all().find(is_action)).map(|found| found.address.clone())
}

async fn examine_page(client: &mut Client, address: &str) -> Vec<Check> {
    let result = client.content(&Request::get(address, Expect::Page)).await;
    let document = result.as_ref().ok().and_then(|answer| {
        let html = String::from_utf8_lossy(&answer.bytes);
        canonical(&read::html::links(&html, address).documents.first()?.address, address)
    });
    let page = check("register page", &result, |answer| matched(&answer.bytes, client.settings()));
    let Some(document) = document else {
        let detail = "the page links to no document: the layout may have changed".to_owned();
        return vec![page, Check { name: "document", verdict: Verdict::Fails, detail }];
    };
    let result = client.content(&Request::get(document, Expect::Document)).await;
    vec![page, check("document", &result, |answer| format!("{} bytes", answer.bytes.len()))]
}

/// Which of the facts of a page were found.
fn matched(bytes: &[u8], settings: &Settings) -> String {
    let Ok(document) = read::read(&settings.site, bytes) else {
        return "it cannot be read".to_owned();
    };
    let facts = &document.stated;
    let found = [
        ("title", facts.organisation.is_some()),
        ("date", facts.date.is_some()),
        ("type", !facts.action_types.is_empty()),
        ("sector", facts.sector.is_some()),
        ("document", facts.pdf_url.is_some()),
        ("text", !document.sentences.is_empty()),
    ];
    let of = |wanted: bool| -> Vec<&str> {
        found.iter().filter(|(_, there)| *there == wanted).map(|(name, _)| *name).collect()
    };
    match of(false).as_slice() {
        [] => format!("found {}", of(true).join(", ")),
        missing => format!("found {}; not found: {}", of(true).join(", "), missing.join(", ")),
    }
}
