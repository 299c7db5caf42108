//! Captures of the Wayback Machine, listed by its CDX server.
//!
//! The newest good capture of an address counts. Equal captures that follow each other come as one
//! row (`collapse=digest`); collapsing by address would leave the oldest capture only.

use super::{Captures, Discovering, Discovery, Source};
use crate::fetch::{ArchiveCopy, Client, Expect, FetchError, Request, Settings, SourceName};

/// The Wayback Machine.
#[derive(Debug, Clone, Copy)]
pub struct Wayback;

/// Rows asked for at a time.
const ROWS: &str = "5000";

/// Answers that are asked for at most, of one folder.
const MOST_ANSWERS: usize = 50;

/// Rows, and the key with which the next answer goes on.
type Rows = (Vec<[String; 2]>, Option<String>);

impl Source for Wayback {
    fn name(&self) -> SourceName {
        SourceName::Wayback
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let mut captures = Captures::new(SourceName::Wayback);
            let paths = client.settings().paths.clone();
            walk(client, &paths.enforcement, "mimetype:text/html", &mut captures).await?;
            for folder in &paths.documents {
                walk(client, folder, "!mimetype:text/html", &mut captures).await?;
            }
            Ok(captures.discovery)
        })
    }

    fn faults(&self, _: &Discovery, _: Option<usize>, _: &Settings) -> Vec<String> {
        Vec::new()
    }
}

/// All captures of the addresses that begin with a folder.
async fn walk(
    client: &mut Client,
    folder: &str,
    filter: &str,
    captures: &mut Captures,
) -> Result<(), FetchError> {
    let mut key = None;
    for _ in 0..MOST_ANSWERS {
        let address = query(client.settings(), folder, filter, key.as_deref())?;
        let answer = client.content(&Request::get(address.clone(), Expect::Json)).await?;
        let (rows, next) = rows(&answer.bytes).ok_or_else(|| FetchError::Content {
            address,
            fault: "the list of captures has another form".to_owned(),
        })?;
        for [timestamp, original] in rows {
            let address =
                format!("{}/web/{timestamp}id_/{original}", client.settings().archives.wayback);
            let copy = ArchiveCopy { timestamp, address, range: None };
            captures.add(&original, copy, client.settings());
        }
        match next {
            Some(next) => key = Some(next),
            None => return Ok(()),
        }
    }
    let shortfall = format!("{folder} has more captures than are asked for");
    captures.discovery.shortfalls.push(shortfall);
    Ok(())
}

fn query(
    settings: &Settings,
    folder: &str,
    filter: &str,
    key: Option<&str>,
) -> Result<String, FetchError> {
    let server = format!("{}/cdx/search/cdx", settings.archives.wayback);
    let folder = settings.on_site(folder);
    let mut pairs = vec![
        ("url", folder.as_str()),
        ("matchType", "prefix"),
        ("output", "json"),
        ("fl", "timestamp,original"),
        ("filter", "statuscode:200"),
        ("filter", filter),
        ("collapse", "digest"),
        ("limit", ROWS),
        ("showResumeKey", "true"),
    ];
    pairs.extend(key.map(|key| ("resumeKey", key)));
    super::with_query(&server, &pairs)
}

/// Reads `[[header], [row], ..., [], [resume key]]`; the last two may be missing.
fn rows(bytes: &[u8]) -> Option<Rows> {
    let mut lines: Vec<Vec<String>> = serde_json::from_slice(bytes).ok()?;
    let key = match lines.iter().position(Vec::is_empty) {
        Some(end) => lines.split_off(end).into_iter().nth(1)?.into_iter().next(),
        None => None,
    };
    let rows = lines.into_iter().skip(1).map(|line| line.try_into().ok());
    Some((rows.collect::<Option<_>>()?, key))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn rows_come_with_the_key_to_the_next() {
        let json =
            br#"[["timestamp","original"],["20240102030405","https://ico.org.uk/a/"],[],["k y"]]"#;
        let row = ["20240102030405".to_owned(), "https://ico.org.uk/a/".to_owned()];
        assert_eq!(rows(json), Some((vec![row], Some("k y".to_owned()))));
        assert_eq!(rows(b"[]"), Some((vec![], None)));
        assert_eq!(rows(br#"[["timestamp"],["2024"]]"#), None);
    }

    #[test]
    fn a_key_is_written_so_that_it_arrives() {
        let asked = query(&Settings::default(), "/media2/", "!mimetype:text/html", Some("a b&c"));
        let asked = Url::parse(&asked.expect("an address")).expect("an address");
        assert!(asked.query_pairs().any(|pair| pair == ("resumeKey".into(), "a b&c".into())));
    }
}
