//! Which request gets which answer.

use super::archives;
use super::dates::Day;
use super::faults;
use super::register;
use super::scenario::{Robots, Scenario, same_path};
use super::server::{Reply, Request};
use super::{api, pages, sitemap};

pub(super) fn answer(scenario: &mut Scenario, own: &str, request: &Request) -> Reply {
    let path = request.path();
    if let Some(reply) = faults::instead(scenario, request) {
        return reply;
    }
    let origin = scenario.origin_of(path);
    let reply = match origin.as_str() {
        "/robots.txt" => robots(&scenario.robots),
        "/sitemap.xml" => sitemap::reply(scenario, own),
        "/api/search" => api::search(scenario, request),
        origin => archives::reply(scenario, own, request)
            .or_else(|| published(scenario, own, origin, request))
            .unwrap_or_else(|| missing(404)),
    };
    faults::spoilt(scenario, path, reply)
}

/// A page or document of the site, with validators if the scenario has them.
fn published(scenario: &Scenario, own: &str, path: &str, request: &Request) -> Option<Reply> {
    let page = pages::at(scenario, own, path)
        .map(|(html, day)| (Reply::new(200, "text/html; charset=utf-8", html), day));
    let document = || {
        let (bytes, day) = document(scenario, path)?;
        Some((Reply::new(200, "application/pdf", bytes), day))
    };
    let (reply, day) = page.or_else(document)?;
    let reply = if scenario.validators { reply.validated(day.http(), request) } else { reply };
    Some(reply.ranged(request))
}

fn document(scenario: &Scenario, path: &str) -> Option<(Vec<u8>, Day)> {
    let there = |slug: &str| !scenario.vanished.contains(&slug);
    register::live().filter(|item| there(&item.slug)).find_map(|item| {
        let document = item.documents().into_iter().find(|file| same_path(&file.path, path))?;
        let updated = scenario.updated(&document.path, item.published());
        Some((pages::document(scenario, item, &document), updated))
    })
}

fn robots(robots: &Robots) -> Reply {
    let text = match robots {
        Robots::CrawlDelay(seconds) => {
            format!("User-agent: *\nCrawl-delay: {seconds}\nDisallow: /private/\n")
        }
        Robots::DisallowAll => "User-agent: *\nDisallow: /\n".to_owned(),
        Robots::Missing => return missing(404),
        Robots::Broken => return missing(500),
        Robots::Text(text) => text.clone(),
    };
    Reply::new(200, "text/plain", text)
}

fn missing(status: u16) -> Reply {
    Reply::new(status, "text/html; charset=utf-8", pages::error(status))
}
