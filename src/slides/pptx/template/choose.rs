//! Which layouts slides use, and where their text stands on them.
//!
//! Types decide, of layouts first and then of their placeholders; names only where these say nothing.

use std::cmp::Reverse;

use super::{
    error::TemplateError,
    layout::{Holder, Role, Sheet},
};
use crate::slides::{
    fit::frame::{ASIDE, Frame, Frames, Setting},
    pptx::place::{Layout, Place},
};

/// Sentences are set no larger than this, whatever size a template has for a few words,
const LARGEST_TEXT: u32 = 24;
/// and no larger than lets so many lines fit.
const LEAST_LINES: f64 = 10.0;
/// Nothing is set smaller.
const SMALLEST: u32 = 18;
/// Headings are made smaller for a second line, but not below this.
const SMALLEST_HEADING: u32 = 20;
/// Layouts that an error lists.
const LISTED: usize = 8;
/// Space above what belongs to a statement, in points.
const GAP: u32 = 18;

/// A title and a box below.
struct Pair<'a> {
    sheet: &'a Sheet,
    title: &'a Holder,
    text: &'a Holder,
}

/// Layouts for an opening and for everything else, with their boxes.
pub struct Choice {
    /// For the first slide.
    pub opening: Layout,
    /// For text.
    pub text: Layout,
    /// For a table or chart below a sentence.
    pub table: Layout,
    /// The boxes.
    pub frames: Frames,
    /// The part of the master of most slides.
    pub master: String,
    /// Whether text has another colour than on the usual ground.
    pub is_coloured: bool,
}

/// Chooses among layouts for slides of that width and height in points.
///
/// Where there are several masters, the layouts that example slides use tell which is for what.
pub fn choose(
    sheets: &[Sheet],
    used: &[String],
    page: (f64, f64),
) -> Result<Choice, TemplateError> {
    let content = content(sheets, used, page);
    let content = content.ok_or_else(|| TemplateError::NoLayout(listed(sheets)))?;
    let opening = opening(sheets, used, page);
    let opening = opening.as_ref().unwrap_or(&content);
    let (title, opening_title) = (heading(content.title, page), heading(opening.title, page));
    let body = frame(content.text, page, |size| size.clamp(SMALLEST, LARGEST_TEXT));
    let most = whole(body.inner_height() / (body.setting.line * LEAST_LINES)).max(SMALLEST);
    let body = frame(content.text, page, |_| body.size.min(most));
    let opening_text = frame(opening.text, page, |size| size.clamp(SMALLEST, LARGEST_TEXT));
    let parts = parts(body, &content.text.letters);
    let frames = Frames { title, body, opening_title, opening_text, gap: Some(GAP), ..parts };
    let first = |text: &Holder, frame: Frame| place("Text", text, frame, true);
    let text = Layout {
        part: content.sheet.part.clone(),
        heading: place("Title", content.title, title, false),
        first: first(content.text, body),
        second: None,
        number: number(content.sheet),
    };
    let mut above = first(content.text, frames.lead);
    above.frame = Some(frames.lead);
    Ok(Choice {
        opening: Layout {
            part: opening.sheet.part.clone(),
            heading: place("Title", opening.title, opening_title, false),
            first: first(opening.text, opening_text),
            second: None,
            number: None,
        },
        table: Layout { first: above, ..text.clone() },
        master: content.sheet.master.clone(),
        is_coloured: content.text.letters.is_coloured,
        text,
        frames,
    })
}

/// The layout that suits text best: a title, and one large box.
fn content<'a>(sheets: &'a [Sheet], used: &[String], page: (f64, f64)) -> Option<Pair<'a>> {
    let uses = |sheet: &Sheet| {
        let of_master = |part: &&String| {
            sheets.iter().any(|one| one.part == **part && one.master == sheet.master)
        };
        used.iter().skip(1).filter(of_master).count()
    };
    let pairs = sheets.iter().filter_map(|sheet| pair(sheet, Role::Text));
    let is_large = |pair: &Pair<'_>| {
        let (w, h) = size(pair.text);
        w >= page.0 * 0.45 && h >= page.1 * 0.35 && is_title(pair.title, page)
    };
    pairs.filter(is_large).min_by_key(|pair| {
        let kind = match pair.sheet.kind.as_str() {
            "obj" => 0,
            "tx" => 1,
            "" | "cust" => 2,
            _ => 3,
        };
        let other =
            |holder: &&Holder| matches!(holder.role, Role::Text | Role::Subtitle | Role::Other);
        let others = pair.sheet.holders.iter().filter(other).count();
        (
            kind,
            Reverse(uses(pair.sheet)),
            others,
            !is_named(pair.sheet, &["content", "text", "body"]),
        )
    })
}

/// The layout that opens a deck: a title and a subtitle.
fn opening<'a>(sheets: &'a [Sheet], used: &[String], page: (f64, f64)) -> Option<Pair<'a>> {
    let first = used.first().and_then(|part| sheets.iter().find(|sheet| sheet.part == *part));
    let pairs = sheets.iter().filter_map(|sheet| {
        let is_title = sheet.kind == "title" || is_named(sheet, &["title slide", "cover"]);
        let text = || pair(sheet, Role::Text).filter(|_| is_title || sheet.kind == "secHead");
        pair(sheet, Role::Subtitle).or_else(text)
    });
    let is_large = |pair: &Pair<'_>| {
        let (w, h) = size(pair.text);
        w >= page.0 * 0.3 && h >= 50.0 && is_title(pair.title, page)
    };
    pairs.filter(is_large).min_by_key(|pair| {
        let kind = match pair.sheet.kind.as_str() {
            "title" => 0,
            "secHead" => 2,
            _ => 1,
        };
        (kind, first.is_some_and(|first| first.master != pair.sheet.master))
    })
}

/// The title of a layout, and its largest box of a kind.
fn pair(sheet: &Sheet, role: Role) -> Option<Pair<'_>> {
    let title = sheet.holders.iter().find(|holder| holder.role == Role::Title)?;
    let texts = sheet.holders.iter().filter(|holder| holder.role == role);
    let area = |holder: &Holder| size(holder).0 * size(holder).1;
    let text = texts.max_by(|a, b| area(a).total_cmp(&area(b)))?;
    Some(Pair { sheet, title, text })
}

/// Whether a heading fits into a box.
fn is_title(holder: &Holder, page: (f64, f64)) -> bool {
    let (w, h) = size(holder);
    w >= page.0 * 0.3 && h >= 30.0
}

fn size(holder: &Holder) -> (f64, f64) {
    let [left, top, right, bottom] = holder.area;
    (right - left, bottom - top)
}

fn is_named(sheet: &Sheet, words: &[&str]) -> bool {
    let name = sheet.name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

fn number(sheet: &Sheet) -> Option<Place> {
    let holder = sheet.holders.iter().find(|holder| holder.role == Role::Number)?;
    let attributes = holder.attributes.clone().into();
    Some(Place { attributes, name: "Slide number", ..Place::default() })
}

fn place(name: &'static str, holder: &Holder, frame: Frame, lists: bool) -> Place {
    let letters = &holder.letters;
    let is_own = letters.is_stated && (letters.size - f64::from(frame.size)).abs() < 0.01;
    let size = (!is_own).then_some(frame.size);
    let attributes = holder.attributes.clone().into();
    Place { attributes, name, frame: None, size, lists, style: holder.style.clone() }
}

/// The box of a placeholder, as far as it is on the page, with letters of the size that is chosen.
fn frame(holder: &Holder, page: (f64, f64), chosen: impl Fn(u32) -> u32) -> Frame {
    let [left, top, right, bottom] = holder.area;
    let (x, y) = (whole(left.ceil()), whole(top.ceil()));
    let (right, bottom) = (whole(right.min(page.0)), whole(bottom.min(page.1)));
    let size = chosen(whole(holder.letters.size));
    let setting = holder.letters.setting(size);
    Frame { x, y, w: right.saturating_sub(x), h: bottom.saturating_sub(y), size, setting }
}

/// Points on a slide.
fn whole(points: f64) -> u32 {
    // What is not on a slide of a few thousand points is not believed.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = points.clamp(0.0, 10_000.0) as u32;
    whole
}

/// The box of a heading, with letters of which two lines fit, or one if even that is hard.
fn heading(holder: &Holder, page: (f64, f64)) -> Frame {
    let own = frame(holder, page, |size| size.max(SMALLEST));
    let largest = |lines: f64| whole(own.inner_height() / (own.setting.line * lines));
    let size = match largest(1.0) {
        one if one < SMALLEST_HEADING => one.max(SMALLEST),
        _ => largest(2.0).max(SMALLEST_HEADING),
    };
    frame(holder, page, |house| house.max(SMALLEST).min(size))
}

/// The body's box in parts: a statement and what belongs to it, a sentence and a table.
fn parts(body: Frame, letters: &super::letters::Letters) -> Frames {
    let set = |size: u32| Frame { size, setting: letters.setting(size), ..body };
    let small = set(body.size.saturating_sub(4).clamp(SMALLEST, 20));
    let upper = body.h * 46 / 100;
    let two_lines = 2.0f64.mul_add(small.line_height(), small.setting.between);
    let high = whole((two_lines + small.setting.inset_y).ceil()).min(body.h / 2);
    let table = Setting { indent: 0.0, between: 0.0, ..letters.setting(ASIDE) };
    Frames {
        quote: Frame { h: upper, ..body },
        below: Frame { y: body.y + upper + GAP, h: body.h - upper - GAP, ..small },
        lead: Frame { h: high, ..small },
        table: Frame { y: body.y + high, h: body.h - high, size: ASIDE, setting: table, ..body },
        ..Frames::OWN
    }
}

/// What layouts there are, with their placeholders.
fn listed(sheets: &[Sheet]) -> String {
    if sheets.is_empty() {
        return "none".to_owned();
    }
    let one = |sheet: &Sheet| {
        let seen = |holder: &&Holder| !matches!(holder.role, Role::Number | Role::Furniture);
        let role = |holder: &Holder| match (holder.role, size(holder)) {
            (Role::Text, (w, h)) => format!("text of {w:.0} × {h:.0} points"),
            (role, _) => role.title().to_owned(),
        };
        let mut roles: Vec<String> = sheet.holders.iter().filter(seen).map(role).collect();
        roles.dedup();
        let roles = if roles.is_empty() { "no boxes".to_owned() } else { roles.join(", ") };
        format!("\u{201c}{}\u{201d} ({roles})", sheet.name)
    };
    let mut all: Vec<String> = Vec::new();
    for layout in sheets.iter().map(one) {
        if !all.contains(&layout) {
            all.push(layout);
        }
    }
    let more = all.len().saturating_sub(LISTED);
    all.truncate(LISTED);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join(", ")
}
