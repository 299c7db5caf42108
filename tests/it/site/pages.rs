//! The site's HTML: the structure of the real pages, words of our own.

use super::dates::Day;
use super::guidance::{GUIDES, Guide};
use super::pdf;
use super::register::{
    self, AUDITS, Document, ENFORCEMENT, Item, LESSONS, NEWS, REGISTER, UNLISTED,
};
use super::scenario::{Api, Listing, Scenario, same_path};

/// A page: what its head and breadcrumb say, and its main part.
struct Page {
    path: String,
    id: i64,
    title: String,
    updated: Day,
    /// Path and name of the pages above it.
    above: Vec<(&'static str, &'static str)>,
    main: String,
}

/// The page at a path and the day it was last published; `None` is a 404.
pub(super) fn at(scenario: &Scenario, base: &str, path: &str) -> Option<(String, Day)> {
    let page = page(scenario, path)?;
    let updated = scenario.updated(&page.path, page.updated);
    Some((page.html(scenario, base), updated))
}

/// The page of one item, for the archives: also if the live site no longer has it.
pub(super) fn archived(scenario: &Scenario, base: &str, item: &Item) -> String {
    detail(scenario, item).html(scenario, base)
}

fn page(scenario: &Scenario, path: &str) -> Option<Page> {
    let is = |other: &str| same_path(path, other);
    let guide = GUIDES.iter().zip(70_001..).find(|(guide, _)| is(&guide.path()));
    let item = register::live().find(|item| is(&item.path()));
    match path {
        _ if is("/") => Some(simple("/", 1, "Information for the public", "Welcome.")),
        _ if is(ENFORCEMENT) => Some(listing(scenario)),
        _ if is(AUDITS) => Some(filled_by_script(AUDITS, 17_223, "Audits and overview reports")),
        _ if is(LESSONS) => Some(lessons()),
        _ if is(NEWS) => Some(news()),
        _ => guide.map(|(guide, id)| guidance(guide, id)).or_else(|| {
            let there = |item: &&Item| !scenario.vanished.contains(&item.slug.as_str());
            item.filter(there).map(|item| detail(scenario, item))
        }),
    }
}

/// The bytes of a document: the test's own, or a generated page.
pub(super) fn document(scenario: &Scenario, item: &Item, document: &Document) -> Vec<u8> {
    let given = scenario.pdfs.iter().find(|(slug, _)| *slug == document.slug);
    let sentence = format!("{} {}.", item.title, item.failure);
    let generated = || pdf::one_page(&document.title, &sentence);
    let mut bytes = given.map_or_else(generated, |(_, bytes)| bytes.clone());
    if scenario.is_changed(&document.path) {
        bytes.extend_from_slice(b"% second version\n");
    }
    bytes
}

fn detail(scenario: &Scenario, item: &Item) -> Page {
    let facts = [
        ("Date", Some(item.date.shown())),
        ("Type", Some(item.types.join(", "))),
        ("Sector", item.sector.map(str::to_owned)),
    ];
    let facts = facts.iter().filter_map(|(label, value)| Some(fact(label, value.as_deref()?)));
    let prose = format!(
        "<p>We have taken action against {name}, which {failure}.</p>\n\
         <p>We asked the organisation to {remedy}.</p>",
        name = escaped(&item.title),
        failure = item.failure,
        remedy = item.remedy
    );
    let sized = |file: &Document| related_document(file, document(scenario, item, file).len());
    let above = match item.path().starts_with(AUDITS) {
        true => (AUDITS, "Audits and overview reports"),
        false => (ENFORCEMENT, "Enforcement action"),
    };
    Page {
        path: item.path(),
        id: item.id,
        title: item.title.clone(),
        updated: item.published(),
        above: vec![("/action-weve-taken/", "Action we've taken"), above],
        main: format!(
            "<ul class=\"text-sm text-neutral-600\">\n{facts}</ul>\n\
             <div class=\"umb-block-grid\">\n{text}{files}{related}</div>",
            facts = facts.collect::<String>(),
            text = rich_text(&prose),
            files = item.documents().iter().map(sized).collect::<String>(),
            related = related_pages(item)
        ),
    }
}

fn fact(label: &str, value: &str) -> String {
    format!(
        "<li class=\"mt-2\"><span>{label}</span> \
         <strong class=\"text-neutral-800 ml-2\">{value}</strong></li>\n"
    )
}

fn rich_text(prose: &str) -> String {
    format!(
        "<div data-content-element-type-alias=\"richTextBlock\"><div class=\"rich-text\">\
         <div class=\"prose max-w-none prose-theme-red\">{prose}</div></div></div>\n"
    )
}

fn related_document(document: &Document, size: usize) -> String {
    format!(
        "<div data-content-element-type-alias=\"relatedDocumentsBlock\">\n\
         <further-Reading x-href=\"{path}\" x-title=\"{title}\" x-size=\"{size}\" x-theme=\"red\">\
         </further-Reading></div>\n",
        path = document.path,
        title = escaped(&document.title)
    )
}

/// Links to the sibling notices and the news story, for items that have them.
fn related_pages(item: &Item) -> String {
    let siblings = item.siblings.iter().map(|slug| register::find(slug));
    let mut links: Vec<(String, String, &str)> =
        siblings.map(|item| (item.path(), item.title.clone(), "Action we've taken")).collect();
    if item.path().contains("ottermoor-home-surveys") {
        links.push((NEWS.into(), "Survey firm fined for its calls".into(), "About the ICO"));
    }
    let link = |(path, title, location): &(String, String, &str)| {
        format!(
            "<div data-content-element-type-alias=\"furtherReadingBlock\">\n\
             <further-Reading x-href=\"{path}\" x-title=\"{title}\" x-location=\"{location}\" \
             x-theme=\"blue\"></further-Reading></div>\n",
            title = escaped(title),
            location = escaped(location)
        )
    };
    links.iter().map(link).collect()
}

fn guidance(guide: &Guide, id: i64) -> Page {
    let banner = "<p>Due to changes made by the Data (Use and Access) Act, this guidance is under \
                  review and may be subject to change.</p>";
    let banner = if guide.under_review { rich_text(banner) } else { String::new() };
    Page {
        above: vec![("/for-organisations/", "For organisations"), ("", guide.parent)],
        main: banner + &rich_text(&format!("<h2>In brief</h2><p>{}</p>", guide.text)),
        ..simple(&guide.path(), id, guide.title, "")
    }
}

fn lessons() -> Page {
    let listed = register::find("quillbrook-housing-association");
    let link = |item: &Item| format!("<a href=\"{}\">{}</a>", item.path(), escaped(&item.title));
    let text = format!("Two lessons this quarter: {} and {}.", link(listed), link(&UNLISTED));
    simple(LESSONS, 70_101, "Lessons learned from reprimands", &text)
}

fn news() -> Page {
    let notice = register::find("ottermoor-home-surveys-ltd-mpn").path();
    let text = format!("A survey firm must pay. <a href=\"{notice}\">Read the notice</a>.");
    simple(NEWS, 70_102, "Survey firm fined for its calls", &text)
}

fn listing(scenario: &Scenario) -> Page {
    let id = if matches!(scenario.api, Api::OtherRoot) { 18_444 } else { 17_222 };
    let page = filled_by_script(ENFORCEMENT, id, "Enforcement action");
    let entry = |item: &Item| {
        format!(
            "<div class=\"itemlink\"><a href=\"{}\"><h2 class=\"h3\">{}</h2>\
             <p class=\"text-small\">{}</p></a></div>\n",
            item.path(),
            escaped(&item.title),
            item.metadata()
        )
    };
    match scenario.listing {
        Listing::Current => page,
        Listing::Links => {
            let entries: String = listed(scenario).map(entry).collect();
            Page { main: format!("<div class=\"resultlist\">\n{entries}</div>"), ..page }
        }
    }
}

/// Items that the listing and the API know: not the one that only the sitemap has.
fn listed(scenario: &Scenario) -> impl Iterator<Item = &'static Item> {
    let shown = REGISTER.iter().enumerate().filter(|(n, _)| *n != register::ONLY_IN_SITEMAP);
    shown.map(|(_, item)| item).filter(|item| !scenario.vanished.contains(&item.slug.as_str()))
}

fn filled_by_script(path: &str, id: i64, title: &str) -> Page {
    let main = format!("<div id=\"filter-page-container\" data-node-id=\"{id}\"></div>");
    Page { main, ..simple(path, id, title, "") }
}

fn simple(path: &str, id: i64, title: &str, text: &str) -> Page {
    Page {
        path: path.to_owned(),
        id,
        title: title.to_owned(),
        updated: Day(20_600),
        above: vec![],
        main: rich_text(&format!("<p>{text}</p>")),
    }
}

/// The site's page for a failure; it has no `main`.
pub(super) fn error(status: u16) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{status} | ICO</title></head>\
         <body><h1>We cannot show this page</h1><p>Status {status}.</p></body></html>\n"
    )
}

impl Page {
    fn html(&self, scenario: &Scenario, base: &str) -> String {
        let title = escaped(&self.title);
        let crumb = |(path, name): &(&str, &str)| match *path {
            "" => format!("<li><span>{}</span></li>", escaped(name)),
            path => format!("<li><a href=\"{path}\">{}</a></li>", escaped(name)),
        };
        let crumbs: String = self.above.iter().map(crumb).collect();
        let changed = scenario.is_changed(&self.path);
        let addition = if changed { rich_text("<p>We revised this page.</p>") } else { "".into() };
        format!(
            r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>{title} | ICO</title>
<meta name="DC.Subject" content="{title}" />
<meta name="DC.Date" content="{date}" />
<meta name="DC.PageID" content="{id}" />
<meta property="og:url" content="{base}{path}" />
<meta name="robots" content="index" />
</head>
<body>
<div class="banner"><h1>Take our website user survey</h1></div>
<div class="banner print:hidden"><h1>Take our website user survey</h1></div>
<header><a href="/">ICO</a></header>
<main id="main-content" class="grow">
<nav aria-label="breadcrumb"><ul>{crumbs}<li><span>{title}</span></li></ul></nav>
<h1 class="py-0.5 font-serif">{title}</h1>
{main}{addition}
</main>
<footer><p>All text content is available under the <a href="http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>, except where otherwise stated.</p></footer>
</body>
</html>
"#,
            date = scenario.updated(&self.path, self.updated).long(),
            id = self.id,
            path = self.path,
            main = self.main,
        )
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    text.replace('\'', "&#x27;")
}
