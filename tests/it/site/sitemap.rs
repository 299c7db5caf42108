//! `/sitemap.xml`: one flat list, written as it is made.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::dates::Day;
use super::guidance::GUIDES;
use super::register::{AUDIT_REPORTS, REGISTER};
use super::scenario::{Scenario, SitemapGzip};
use super::server::{Body, Reply};

pub(super) fn reply(scenario: &Scenario, base: &str) -> Reply {
    let pages = pages(scenario);
    let padding = scenario.sitemap_addresses.saturating_sub(pages.len());
    let base = base.to_owned();
    let plain = move |out: &mut dyn Write| write_urls(out, &base, &pages, padding);
    match scenario.sitemap_gzip {
        SitemapGzip::Plain => Reply::with_body(200, "text/xml", Body::Streamed(Box::new(plain))),
        SitemapGzip::Encoded => {
            Reply::with_body(200, "text/xml", zipped(plain)).header("Content-Encoding", "gzip")
        }
        SitemapGzip::File => Reply::with_body(200, "application/gzip", zipped(plain)),
    }
}

fn zipped(plain: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Body {
    Body::Streamed(Box::new(move |out| {
        let mut encoder = GzEncoder::new(out, Compression::fast());
        plain(&mut encoder)?;
        encoder.finish().map(drop)
    }))
}

/// Path and last change of all that is listed.
fn pages(scenario: &Scenario) -> Vec<(String, Day)> {
    let items = REGISTER.iter().chain(AUDIT_REPORTS.iter());
    let there = items.filter(|item| !scenario.vanished.contains(&item.slug.as_str()));
    let guides = GUIDES.iter().map(|guide| (guide.path(), Day(20_600)));
    let pages = there.map(|item| (item.path(), item.published())).chain(guides);
    pages.map(|(path, day)| (path.clone(), scenario.updated(&path, day))).collect()
}

/// The padding comes half before and half after the pages.
fn write_urls(
    out: &mut dyn Write,
    base: &str,
    pages: &[(String, Day)],
    padding: usize,
) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">")?;
    for number in 0..padding / 2 {
        write_url(out, base, &decision(number), Day(19_800))?;
    }
    for (path, day) in pages {
        write_url(out, base, path, *day)?;
    }
    for number in padding / 2..padding {
        write_url(out, base, &decision(number), Day(20_100))?;
    }
    writeln!(out, "</urlset>")
}

fn write_url(out: &mut dyn Write, base: &str, path: &str, day: Day) -> io::Result<()> {
    let stamp = day.iso();
    writeln!(out, "<url><loc>{base}{path}</loc><lastmod>{stamp}+00:00</lastmod></url>")
}

fn decision(number: usize) -> String {
    format!("/action-weve-taken/decision-notices/2024/40{number:05}/ic-{number:06}/")
}
