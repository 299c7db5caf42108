//! Captures of Common Crawl: an index for each crawl, with the place of each record.

use serde::Deserialize;

use super::{Captures, Discovering, Discovery, Source, with_query};
use crate::fetch::{ArchiveCopy, Client, Expect, FetchError, Request, Settings, SourceName};

/// Common Crawl.
#[derive(Debug, Clone, Copy)]
pub struct CommonCrawl;

#[derive(Debug, Deserialize)]
struct Crawl {
    #[serde(rename = "cdx-api")]
    index: String,
}

/// A line of an index; its numbers are written as texts.
#[derive(Debug, Deserialize)]
struct Line {
    timestamp: String,
    url: String,
    filename: String,
    offset: String,
    length: String,
    /// Why the record is cut, if it is.
    truncated: Option<String>,
}

impl Source for CommonCrawl {
    fn name(&self) -> SourceName {
        SourceName::CommonCrawl
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let mut captures = Captures::new(SourceName::CommonCrawl);
            let paths = client.settings().paths.clone();
            for crawl in crawls(client).await? {
                for folder in std::iter::once(&paths.enforcement).chain(&paths.documents) {
                    let text = index(client, &crawl, folder).await?;
                    read(&text, client.settings(), &mut captures);
                }
            }
            Ok(captures.discovery)
        })
    }

    fn faults(&self, _: &Discovery, _: Option<usize>, _: &Settings) -> Vec<String> {
        Vec::new()
    }
}

/// The newest crawls; the list begins with the newest.
async fn crawls(client: &mut Client) -> Result<Vec<Crawl>, FetchError> {
    let archives = client.settings().archives.clone();
    let address = format!("{}/collinfo.json", archives.common_crawl_index);
    let answer = client.content(&Request::get(address.clone(), Expect::Json)).await?;
    let crawls: Result<Vec<Crawl>, _> = serde_json::from_slice(&answer.bytes);
    let crawls = crawls.map_err(|error| FetchError::Content {
        address,
        fault: format!("the list of crawls has another form ({error})"),
    })?;
    Ok(crawls.into_iter().take(archives.crawls).collect())
}

/// The lines of an index for a folder; none is what a 404 means here.
async fn index(client: &mut Client, crawl: &Crawl, folder: &str) -> Result<String, FetchError> {
    let wanted = format!("{}*", client.settings().on_site(folder));
    let pairs = [("url", wanted.as_str()), ("output", "json"), ("filter", "=status:200")];
    let address = with_query(&crawl.index, &pairs)?;
    match client.content(&Request::get(address, Expect::Bytes)).await {
        Ok(answer) => Ok(String::from_utf8_lossy(&answer.bytes).into_owned()),
        Err(error) if error.is_missing() => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// Adds the captures of an index; a cut record is of no use.
fn read(text: &str, settings: &Settings, captures: &mut Captures) {
    let mut unreadable = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Line>(line).ok().and_then(|line| copy(line, settings)) {
            Some((_, _, true)) => {}
            Some((original, copy, false)) => captures.add(&original, copy, settings),
            None => unreadable += 1,
        }
    }
    if unreadable > 0 {
        let shortfall = format!("unreadable lines of an index: {unreadable}");
        captures.discovery.shortfalls.push(shortfall);
    }
}

/// The address captured, the copy, and whether that is cut.
fn copy(line: Line, settings: &Settings) -> Option<(String, ArchiveCopy, bool)> {
    let (offset, length): (u64, u64) = (line.offset.parse().ok()?, line.length.parse().ok()?);
    let address = format!("{}/{}", settings.archives.common_crawl_data, line.filename);
    let range = Some((offset, offset.checked_add(length)?.checked_sub(1)?));
    let copy = ArchiveCopy { timestamp: line.timestamp, address, range };
    Some((line.url, copy, line.truncated.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_where_a_record_lies() {
        let line = |more: &str| {
            format!(
                r#"{{"timestamp":"20260512040000","url":"https://ico.org.uk/action-weve-taken/enforcement/a/","filename":"w.gz","offset":"10","length":"5"{more}}}"#
            )
        };
        let mut captures = Captures::new(SourceName::CommonCrawl);
        let text = [line(""), line(r#","truncated":"length""#), "<html>".to_owned()].join("\n");
        read(&text, &Settings::default(), &mut captures);
        let [found] = captures.discovery.items.as_slice() else { panic!("one: {captures:?}") };
        let copy = found.copy.as_ref().expect("a copy");
        assert_eq!(copy.location(), "https://data.commoncrawl.org/w.gz#bytes=10-14");
        assert_eq!(captures.discovery.shortfalls, ["unreadable lines of an index: 1"]);
    }
}
