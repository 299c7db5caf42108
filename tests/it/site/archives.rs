//! The archives on the same port: Wayback, Common Crawl, and the closed door of the UKGWA.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::dates::Day;
use super::pages;
use super::register::ARCHIVED;
use super::scenario::{ArchivedFrom, Scenario};
use super::server::{Reply, Request, fingerprint};

const CRAWL: &str = "CC-MAIN-2026-21";
/// When that crawl came by: 12 May 2026.
const CRAWLED: Day = Day(20_585);
/// A crawl that has nothing.
const EMPTY_CRAWL: &str = "CC-MAIN-2026-17";
const WARC: &str = "crawl-data/CC-MAIN-2026-21/segments/1778900000000.1/warc/\
                    CC-MAIN-20260512040000-20260512070000-00042.warc.gz";
const FIELDS: [&str; 7] =
    ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"];

/// One capture of one address.
struct Capture {
    day: Day,
    address: String,
    status: u16,
    mime: &'static str,
    body: Vec<u8>,
}

/// The answer of an archive; `None` if the path is not an archive's.
pub(super) fn reply(scenario: &Scenario, own: &str, request: &Request) -> Option<Reply> {
    let path = request.path();
    Some(match path {
        "/cdx/search/cdx" => cdx(scenario, own, request),
        "/collinfo.json" => crawls(own),
        _ if path.starts_with("/web/") => replay(scenario, own, &request.target)?,
        _ if path.starts_with("/ukgwa/") => {
            Reply::new(405, "text/html", pages::error(405)).header("x-amzn-waf-action", "captcha")
        }
        _ if path == format!("/{EMPTY_CRAWL}-index") => no_captures(),
        _ if path == format!("/{CRAWL}-index") => crawl_index(scenario, own, request),
        _ if path == format!("/{WARC}") => {
            let members = warc(scenario, own).into_iter().flat_map(|(_, member)| member);
            Reply::new(200, "application/octet-stream", members.collect::<Vec<_>>()).ranged(request)
        }
        _ => return None,
    })
}

fn origin<'a>(scenario: &Scenario, own: &'a str) -> &'a str {
    match scenario.archived_from {
        ArchivedFrom::Own => own,
        ArchivedFrom::Ico => "https://ico.org.uk",
    }
}

/// Of the page: a first version, a second, and a 404; of its PDF: one. In order of address.
fn captures(scenario: &Scenario, own: &str) -> Vec<Capture> {
    let origin = origin(scenario, own);
    let capture = |days, path: &str, status, mime, body| {
        let (day, address) = (Day(ARCHIVED.date.0 + days), format!("{origin}{path}"));
        Capture { day, address, status, mime, body }
    };
    let page = pages::archived(scenario, origin, &ARCHIVED);
    let second = page.replace("</main>", "<p>The council has since done this.</p>\n</main>");
    let path = ARCHIVED.path();
    let document = &ARCHIVED.documents()[0];
    let pdf = pages::document(scenario, &ARCHIVED, document);
    vec![
        capture(20, &path, 200, "text/html", page.into_bytes()),
        capture(220, &path, 200, "text/html", second.into_bytes()),
        capture(540, &path, 404, "text/html", pages::error(404).into_bytes()),
        capture(21, &document.path, 200, "application/pdf", pdf),
    ]
}

impl Capture {
    fn urlkey(&self) -> String {
        let (host, path) = host_and_path(&self.address);
        match host {
            "ico.org.uk" => format!("uk,org,ico){path}"),
            host => format!("{host}){path}"),
        }
    }

    /// 32 characters like a digest in base 32; not a SHA-1.
    fn digest(&self) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let print = fingerprint(&self.body);
        (0..32).map(|n| char::from(alphabet[(print.rotate_left(n * 5) % 32) as usize])).collect()
    }

    /// A field by the name that the Wayback or Common Crawl gives it.
    fn field(&self, name: &str) -> String {
        match name {
            "urlkey" => self.urlkey(),
            "timestamp" => self.day.stamp(),
            "original" | "url" => self.address.clone(),
            "mimetype" | "mime" | "mime-detected" => self.mime.to_owned(),
            "statuscode" | "status" => self.status.to_string(),
            "digest" => self.digest(),
            "length" => self.body.len().to_string(),
            _ => String::new(),
        }
    }

    /// Whether `field:value`, `!field:value` or Common Crawl's `=field:value` lets it through.
    fn passes(&self, filter: &str) -> bool {
        let (wanted, filter) =
            filter.strip_prefix('!').map_or((true, filter), |rest| (false, rest));
        let (name, value) = filter.split_once(':').unwrap_or((filter, ""));
        (self.field(name.trim_start_matches(['=', '~'])) == value.replace('\\', "")) == wanted
    }

    /// Whether the query's `url` (exact, or a prefix) is this address, whatever its scheme.
    fn is_at(&self, url: &str, own: &str, prefix: bool) -> bool {
        let (host, path) = host_and_path(url);
        let (_, own_path) = host_and_path(&self.address);
        let known = ["ico.org.uk", "www.ico.org.uk", host_and_path(own).0].contains(&host);
        match url.strip_suffix('*').map(|_| path.trim_end_matches('*')) {
            Some(start) => known && own_path.starts_with(start),
            None if prefix => known && own_path.starts_with(path),
            None => known && own_path == path,
        }
    }
}

fn host_and_path(address: &str) -> (&str, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

/// The captures that a query's `url`, `matchType` and `filter`s ask for.
fn matching(scenario: &Scenario, own: &str, query: &[(String, String)]) -> Vec<Capture> {
    let value = |name| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let url = value("url").unwrap_or_default();
    let prefix = value("matchType").is_some_and(|kind| kind != "exact");
    let filters: Vec<_> = query.iter().filter(|(key, _)| key == "filter").collect();
    captures(scenario, own)
        .into_iter()
        .filter(|capture| capture.is_at(url, own, prefix))
        .filter(|capture| filters.iter().all(|(_, filter)| capture.passes(filter)))
        .collect()
}

/// Wayback CDX in JSON: a header row, rows, and on request `[]` and a resume key.
fn cdx(scenario: &Scenario, own: &str, request: &Request) -> Reply {
    let query = request.query();
    let value = |name| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut found = matching(scenario, own, &query);
    if value("collapse") == Some("urlkey") {
        found.dedup_by_key(|capture| capture.urlkey());
    }
    let fields = value("fl").map_or(FIELDS.to_vec(), |fields| fields.split(',').collect());
    let from = value("resumeKey").and_then(|key| key.strip_prefix("after-")?.parse().ok());
    let from: usize = from.unwrap_or(0);
    let limit: usize = value("limit").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let limit = limit.min(scenario.cdx_rows);
    let row =
        |capture: &Capture| json!(fields.iter().map(|f| capture.field(f)).collect::<Vec<_>>());
    let mut rows: Vec<Value> = found.iter().skip(from).take(limit).map(row).collect();
    if !rows.is_empty() {
        rows.insert(0, json!(fields));
    }
    if value("showResumeKey") == Some("true") && from + limit < found.len() {
        rows.extend([json!([]), json!([format!("after-{}", from + limit)])]);
    }
    Reply::new(200, "application/json", json!(rows).to_string())
}

/// `/web/{timestamp}id_/{address}`: the capture, or a redirect to the nearest of that address.
fn replay(scenario: &Scenario, own: &str, target: &str) -> Option<Reply> {
    let (stamp, address) = target.strip_prefix("/web/")?.split_once('/')?;
    let wanted: i64 = stamp.strip_suffix("id_")?.parse().ok()?;
    let away = |capture: &Capture| (capture.day.stamp().parse().unwrap_or(0) - wanted).abs();
    let of_address = captures(scenario, own).into_iter().filter(|c| c.address == address);
    let nearest = of_address.min_by_key(away)?;
    if away(&nearest) != 0 {
        let to = format!("{own}/web/{}id_/{address}", nearest.day.stamp());
        return Some(Reply::redirect(302, &to));
    }
    let moment = nearest.day.http();
    let reply = Reply::new(nearest.status, nearest.mime, nearest.body);
    Some(reply.header("Memento-Datetime", moment))
}

fn crawls(own: &str) -> Reply {
    let crawl = |id: &str| json!({"id": id, "name": id, "cdx-api": format!("{own}/{id}-index")});
    Reply::new(200, "application/json", json!([crawl(CRAWL), crawl(EMPTY_CRAWL)]).to_string())
}

fn no_captures() -> Reply {
    Reply::new(404, "application/json", json!({"message": "No Captures found"}).to_string())
}

/// Common Crawl's index: a JSON object a line.
fn crawl_index(scenario: &Scenario, own: &str, request: &Request) -> Reply {
    let query = request.query();
    let mut offset = 0;
    let mut lines = String::new();
    let wanted: Vec<String> =
        matching(scenario, own, &query).iter().map(|capture| capture.field("digest")).collect();
    for (capture, member) in warc(scenario, own) {
        if let Some(capture) = capture.filter(|capture| wanted.contains(&capture.digest())) {
            lines += &index_line(&capture, offset, member.len());
        }
        offset += member.len();
    }
    match lines.is_empty() {
        true => no_captures(),
        false => Reply::new(200, "text/x-ndjson", lines),
    }
}

fn index_line(capture: &Capture, offset: usize, length: usize) -> String {
    let names = ["urlkey", "timestamp", "url", "mime", "mime-detected", "status", "digest"];
    let mut line: serde_json::Map<String, Value> =
        names.iter().map(|name| (name.to_string(), json!(capture.field(name)))).collect();
    line.insert("length".into(), json!(length.to_string()));
    line.insert("offset".into(), json!(offset.to_string()));
    line.insert("filename".into(), json!(WARC));
    format!("{}\n", Value::Object(line))
}

/// The WARC file's gzip members: its own description, then what Common Crawl saw.
fn warc(scenario: &Scenario, own: &str) -> Vec<(Option<Capture>, Vec<u8>)> {
    let about = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let mut members = vec![(None, zipped(about.as_bytes()))];
    let seen = captures(scenario, own).into_iter().filter(|capture| capture.status == 200).skip(1);
    for capture in seen.map(|capture| Capture { day: CRAWLED, ..capture }) {
        let member = zipped(&record(&capture));
        members.push((Some(capture), member));
    }
    members
}

fn record(capture: &Capture) -> Vec<u8> {
    let (mime, length) = (capture.mime, capture.body.len());
    let http =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\r\n");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {}Z\r\nWARC-Target-URI: {}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        capture.day.iso(),
        capture.address,
        http.len() + length
    );
    [head.as_bytes(), http.as_bytes(), &capture.body, b"\r\n\r\n"].concat()
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes);
    written.and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}
