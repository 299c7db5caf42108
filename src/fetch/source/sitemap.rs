//! The sitemap: one flat list of some thirty thousand addresses, read as a stream.

use quick_xml::{Reader, events::Event};

use super::{Discovering, Discovery, Source, kind_of, shrunk, too_few};
use crate::fetch::{
    Client, Expect, FetchError, Found, Listed, Request, Settings, SourceName, canonical, is_welsh,
};

/// The sitemap.
#[derive(Debug, Clone, Copy)]
pub struct Sitemap;

impl Source for Sitemap {
    fn name(&self) -> SourceName {
        SourceName::Sitemap
    }

    fn discover<'a>(&'a self, client: &'a mut Client) -> Discovering<'a> {
        Box::pin(async move {
            let address = client.settings().on_site(&client.settings().paths.sitemap);
            let answer = client.content(&Request::get(address.clone(), Expect::Sitemap)).await?;
            let settings = client.settings();
            let mut discovery = Discovery::default();
            let mut all = 0;
            let read = each_entry(&answer.bytes, |location, changed| {
                all += 1;
                discovery.items.extend(found(&location, changed, settings));
            });
            if let Err(error) = read {
                let fault = format!("the sitemap breaks off after {all} addresses ({error})");
                return Err(FetchError::Content { address, fault });
            }
            discovery.notes.push(format!("{all} addresses in all"));
            Ok(discovery)
        })
    }

    fn faults(&self, found: &Discovery, before: Option<usize>, settings: &Settings) -> Vec<String> {
        too_few(found, settings).into_iter().chain(shrunk(found, before, settings)).collect()
    }
}

fn found(location: &str, changed: Option<String>, settings: &Settings) -> Option<Found> {
    let address = canonical(location, &settings.on_site("/"))?;
    let kind = kind_of(&address, settings).filter(|_| !is_welsh(&address, ""))?;
    let listed = Listed { changed, ..Listed::default() };
    Some(Found { listed, ..Found::new(address, kind, SourceName::Sitemap) })
}

/// Calls `each` with `loc` and `lastmod` of every entry.
fn each_entry(
    bytes: &[u8],
    mut each: impl FnMut(String, Option<String>),
) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(bytes);
    let (mut location, mut changed) = (String::new(), None);
    let mut text = String::new();
    loop {
        match reader.read_event()? {
            Event::Start(_) => text.clear(),
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) if &*name == "amp" => text.push('&'),
            Event::End(end) => match end.local_name().as_ref() {
                "loc" => text.trim().clone_into(&mut location),
                "lastmod" => changed = Some(text.trim().to_owned()),
                "url" => each(std::mem::take(&mut location), changed.take()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_with_their_stamp() {
        let xml = b"<?xml version='1.0'?><urlset xmlns='x'><url><loc>https://ico.org.uk/a?b=1&amp;c=2</loc>\
            <lastmod>2026-08-05</lastmod></url><url><loc> https://ico.org.uk/d/ </loc></url></urlset>";
        let mut seen = Vec::new();
        each_entry(xml, |location, changed| seen.push((location, changed))).expect("well-formed");
        assert_eq!(
            seen,
            [
                ("https://ico.org.uk/a?b=1&c=2".to_owned(), Some("2026-08-05".to_owned())),
                ("https://ico.org.uk/d/".to_owned(), None),
            ]
        );
    }

    #[test]
    fn a_torn_sitemap_is_no_short_sitemap() {
        let xml = b"<urlset><url><loc>https://ico.org.uk/a</loc></url><url><lo";
        assert!(each_entry(xml, |_, _| {}).is_err());
    }
}
