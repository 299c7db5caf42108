//! A feed as XML: the elements of RFC 4287, with the story of an entry as XHTML.

use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Entry, Failure, Feed, Link, Term};
use crate::trends::LICENCE;

type Xml<'a> = Writer<&'a mut dyn Write>;

/// Writes a feed.
///
/// # Errors
/// It cannot be written.
pub fn write(out: &mut dyn Write, feed: &Feed) -> io::Result<()> {
    let mut xml: Xml<'_> = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en-GB")])
        .write_inner_content(|xml| {
            text(xml, "id", &feed.id)?;
            text(xml, "title", &feed.title)?;
            text(xml, "subtitle", &feed.subtitle)?;
            text(xml, "updated", &moment(feed.updated))?;
            if let Some(address) = &feed.address {
                let attributes = [("rel", "self"), ("type", "application/atom+xml")];
                let own = xml.create_element("link").with_attributes(attributes);
                own.with_attribute(("href", clean(address).as_str())).write_empty()?;
            }
            xml.create_element("author").write_inner_content(|xml| {
                text(
                    xml,
                    "name",
                    "casebook, from what the Information Commissioner's Office publishes",
                )
            })?;
            text(xml, "generator", "casebook")?;
            text(xml, "rights", LICENCE)?;
            feed.entries.iter().try_for_each(|one| entry(xml, one))
        })?;
    let out = xml.into_inner();
    out.write_all(b"\n")
}

fn entry(xml: &mut Xml<'_>, entry: &Entry) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &entry.id)?;
        text(xml, "title", &entry.title)?;
        text(xml, "updated", &moment(entry.updated))?;
        if let Some(published) = entry.published {
            text(xml, "published", &moment(published))?;
        }
        entry.links.iter().try_for_each(|one| link(xml, one))?;
        entry.terms.iter().try_for_each(|Term { term, label }| {
            let attributes = [("term", clean(term)), ("label", clean(label))];
            let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
            xml.create_element("category").with_attributes(attributes).write_empty().map(drop)
        })?;
        text(xml, "summary", &entry.summary)?;
        xml.create_element("content")
            .with_attribute(("type", "xhtml"))
            .write_inner_content(|xml| {
                xml.create_element("div")
                    .with_attribute(("xmlns", "http://www.w3.org/1999/xhtml"))
                    .write_inner_content(|xml| story(xml, entry))
                    .map(drop)
            })
            .map(drop)
    })?;
    Ok(())
}

fn link(xml: &mut Xml<'_>, link: &Link) -> io::Result<()> {
    let [href, title] = [&link.href, &link.title].map(|value| clean(value));
    let element = xml.create_element("link").with_attribute(("rel", link.rel));
    let media_type = link.media_type.map(|media_type| ("type", media_type));
    let element = element.with_attributes(media_type);
    element.with_attributes([("href", href.as_str()), ("title", &title)]).write_empty()?;
    Ok(())
}

/// The story of an entry as a reader sees it.
fn story(xml: &mut Xml<'_>, entry: &Entry) -> io::Result<()> {
    text(xml, "p", &entry.headline)?;
    text(xml, "p", &entry.facts)?;
    if !entry.failures.is_empty() {
        text(xml, "p", "What failed:")?;
        xml.create_element("ul").write_inner_content(|xml| {
            entry.failures.iter().try_for_each(|failure| text(xml, "li", &quoted(failure)))
        })?;
    }
    if !entry.provisions.is_empty() {
        text(xml, "p", &format!("Infringed: {}", entry.provisions.join("; ")))?;
    }
    for Link { href, title, .. } in &entry.links {
        xml.create_element("p").write_inner_content(|xml| {
            let link = xml.create_element("a").with_attribute(("href", clean(href).as_str()));
            link.write_text_content(BytesText::new(&clean(title))).map(drop)
        })?;
    }
    Ok(())
}

/// The regulator's sentence in quotation marks, one of a digest marked as such.
fn quoted(Failure { title, sentence, official }: &Failure) -> String {
    if *official {
        format!("{title}: “{sentence}”")
    } else {
        format!("{title}: {sentence} (digest, in casebook’s words)")
    }
}

fn text(xml: &mut Xml<'_>, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(text))).map(drop)
}

/// A text without the characters that XML cannot hold.
fn clean(text: &str) -> String {
    let is_allowed = |c: char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    text.chars().filter(|c| is_allowed(*c)).collect()
}

fn moment(at: Timestamp) -> String {
    at.round(jiff::Unit::Second).unwrap_or(at).to_string()
}
