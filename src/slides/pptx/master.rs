//! The slide master, its four layouts and the notes master.

use super::{
    place::{Layout, Place, Stage},
    xml::{NAMESPACES, emu, transform},
};
use crate::slides::fit::frame::{ASIDE, BEFORE, Frame, Frames, INDENT, NUMBER, frame};

/// A place for text on a layout.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    attributes: &'static str,
    name: &'static str,
    frame: Frame,
}

const fn spot(name: &'static str, attributes: &'static str, frame: Frame) -> Spot {
    Spot { attributes, name, frame }
}

const OWN: Frames = Frames::OWN;
const HEADING: Spot = spot("Title", "type=\"title\"", OWN.title);
const OPENING: Spot = spot("Title", "type=\"ctrTitle\"", OWN.opening_title);
const SUBTITLE: Spot = spot("Subtitle", "type=\"subTitle\" idx=\"1\"", OWN.opening_text);
const TEXT: Spot = spot("Text", "idx=\"1\"", OWN.body);
const STATEMENT: Spot = spot("Quotation", "type=\"body\" idx=\"13\"", OWN.quote);
const LAW: Spot = spot("Law", "type=\"body\" idx=\"14\"", OWN.below);
const ABOVE: Spot = spot("Introduction", "type=\"body\" idx=\"15\"", OWN.lead);
const GRID: Spot = spot("Table", "type=\"tbl\" idx=\"16\"", OWN.table);
const BARS: Spot = spot("Chart", "type=\"chart\" idx=\"17\"", OWN.table);
const PAGE: Spot = spot("Slide number", "type=\"sldNum\" sz=\"quarter\" idx=\"12\"", NUMBER);

/// The part of a layout by its number.
pub fn layout_name(number: usize) -> String {
    format!("ppt/slideLayouts/slideLayout{number}.xml")
}

/// What slides need to know of this master.
pub fn stage() -> Stage {
    let place = |spot: Spot| Place {
        attributes: spot.attributes.into(),
        name: spot.name,
        lists: spot == TEXT,
        ..Place::default()
    };
    let layout = |number, heading, first, second: Option<Spot>| Layout {
        part: layout_name(number),
        heading: place(heading),
        first: place(first),
        second: second.map(place),
        number: Some(place(PAGE)),
    };
    Stage {
        frames: OWN,
        opening: Layout { number: None, ..layout(1, OPENING, SUBTITLE, None) },
        text: layout(2, HEADING, TEXT, None),
        quote: layout(3, HEADING, STATEMENT, Some(LAW)),
        table: layout(4, HEADING, ABOVE, Some(GRID)),
        chart: layout(5, HEADING, ABOVE, Some(BARS)),
        strong: "tx2",
        filled: false,
        plain_links: false,
        plain_cell_links: false,
    }
}

/// How many layouts there are.
pub const LAYOUTS: usize = 5;

/// XML of the layouts, in the order of their numbers.
pub fn layouts() -> [String; LAYOUTS] {
    let white = "<a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>";
    let plain = "marL=\"0\" indent=\"0\"";
    let on_dark = |size: u32, bold: u32| {
        format!(
            "<a:lvl1pPr {plain} algn=\"l\"><a:buNone/><a:defRPr sz=\"{size}00\" b=\"{bold}\">{white}</a:defRPr></a:lvl1pPr>"
        )
    };
    let of_size = |frame: Frame| {
        format!("<a:lvl1pPr {plain}><a:buNone/><a:defRPr sz=\"{}00\"/></a:lvl1pPr>", frame.size)
    };
    let dark = "<p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>";
    let aside = format!(
        "<a:lvl2pPr {plain}><a:buNone/><a:defRPr sz=\"{ASIDE}00\"><a:solidFill><a:schemeClr val=\"accent6\"/></a:solidFill></a:defRPr></a:lvl2pPr>"
    );
    let bar = Frame { x: OWN.quote.x - 18, w: 6, ..OWN.quote };
    [
        layout(
            "Opening",
            " type=\"title\"",
            dark,
            &[
                rectangle(4, frame(67, 302, 120, 5, 18)),
                shape(2, OPENING, &on_dark(OWN.opening_title.size, 1), "b"),
                shape(3, SUBTITLE, &on_dark(OWN.opening_text.size, 0), "t"),
            ],
        ),
        layout(
            "Title and text",
            " type=\"obj\"",
            "",
            &[shape(2, HEADING, "", "b"), shape(3, TEXT, "", "t"), number(4)],
        ),
        layout(
            "Quotation and law",
            " userDrawn=\"1\"",
            "",
            &[
                shape(2, HEADING, "", "b"),
                rectangle(5, bar),
                shape(3, STATEMENT, &[of_size(OWN.quote), aside].concat(), "ctr"),
                shape(4, LAW, &of_size(OWN.below), "t"),
                number(6),
            ],
        ),
        layout(
            "Title and table",
            " userDrawn=\"1\"",
            "",
            &[
                shape(2, HEADING, "", "b"),
                shape(3, ABOVE, &of_size(OWN.lead), "t"),
                shape(4, GRID, &of_size(OWN.table), "t"),
                number(5),
            ],
        ),
        layout(
            "Title and chart",
            " userDrawn=\"1\"",
            "",
            &[
                shape(2, HEADING, "", "b"),
                shape(3, ABOVE, &of_size(OWN.lead), "t"),
                shape(4, BARS, &of_size(OWN.table), "t"),
                number(5),
            ],
        ),
    ]
}

fn layout(name: &str, attributes: &str, background: &str, shapes: &[String]) -> String {
    format!(
        "<p:sldLayout {NAMESPACES}{attributes} preserve=\"1\"><p:cSld name=\"{name}\">{background}{}</p:cSld>\
         <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        tree(&shapes.concat())
    )
}

/// The shapes of a slide, a layout or a master.
pub fn tree(shapes: &str) -> String {
    format!(
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
         <p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>\
         <a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree>"
    )
}

/// A place with its levels of style and an anchor.
fn shape(id: u32, spot: Spot, levels: &str, anchor: &str) -> String {
    let Spot { attributes, name, frame } = spot;
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>\
         <p:nvPr><p:ph {attributes}/></p:nvPr></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
         <p:txBody><a:bodyPr vert=\"horz\" wrap=\"square\" anchor=\"{anchor}\"><a:noAutofit/></a:bodyPr>\
         <a:lstStyle>{levels}</a:lstStyle><a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>",
        transform(frame)
    )
}

fn number(id: u32) -> String {
    shape(id, PAGE, NUMBER_STYLE, "ctr").replace(
        "<a:r><a:rPr lang=\"en-GB\"/><a:t>Slide number</a:t></a:r>",
        "<a:fld id=\"{6F1E1C0A-0D3B-4C57-9D5C-0A51C3B0CA5E}\" type=\"slidenum\"><a:rPr lang=\"en-GB\"/><a:t>‹#›</a:t></a:fld>",
    )
}

const NUMBER_STYLE: &str = "<a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"r\"><a:buNone/><a:defRPr sz=\"1800\">\
     <a:solidFill><a:schemeClr val=\"accent6\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>";

/// A bar of colour that says nothing.
fn rectangle(id: u32, frame: Frame) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Bar\"/><p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr>{}\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val=\"accent1\"/></a:solidFill>\
         <a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody></p:sp>",
        transform(frame)
    )
}

/// Five levels of text; slides use the first.
fn levels(size: u32, before: u32) -> String {
    let level = |number: u32| {
        let left = emu(INDENT * number);
        let size = if number == 1 { size } else { size.min(18) };
        format!(
            "<a:lvl{number}pPr marL=\"{left}\" indent=\"-{}\" algn=\"l\"><a:lnSpc><a:spcPct val=\"100000\"/></a:lnSpc>\
             <a:spcBef><a:spcPts val=\"{before}00\"/></a:spcBef><a:buClr><a:schemeClr val=\"accent1\"/></a:buClr>\
             <a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>{}</a:lvl{number}pPr>",
            emu(INDENT),
            run_style(size, 0, "tx1", "+mn-lt"),
        )
    };
    (1..=5).map(level).collect()
}

fn run_style(size: u32, bold: u32, colour: &str, font: &str) -> String {
    format!(
        "<a:defRPr lang=\"en-GB\" sz=\"{size}00\" b=\"{bold}\" kern=\"1200\"><a:solidFill><a:schemeClr val=\"{colour}\"/></a:solidFill>\
         <a:latin typeface=\"{font}\"/></a:defRPr>"
    )
}

const COLOUR_MAP: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" \
     accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";

const WHITE: &str = "<p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>";

/// The master of all slides; its first relations are its layouts.
pub fn slide_master() -> String {
    let ids: String = (1..=LAYOUTS)
        .map(|number| {
            format!("<p:sldLayoutId id=\"{}\" r:id=\"rId{number}\"/>", 2_147_483_648 + number)
        })
        .collect();
    let text = Spot { attributes: "type=\"body\" idx=\"1\"", ..TEXT };
    let shapes = [shape(2, HEADING, "", "b"), shape(3, text, "", "t"), number(4)].concat();
    format!(
        "<p:sldMaster {NAMESPACES}><p:cSld>{WHITE}{}</p:cSld>{COLOUR_MAP}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>\
         <p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:lnSpc><a:spcPct val=\"100000\"/></a:lnSpc><a:buNone/>{}</a:lvl1pPr></p:titleStyle>\
         <p:bodyStyle>{}</p:bodyStyle><p:otherStyle><a:lvl1pPr>{}</a:lvl1pPr></p:otherStyle></p:txStyles></p:sldMaster>",
        tree(&shapes),
        run_style(OWN.title.size, 1, "tx2", "+mj-lt"),
        levels(OWN.body.size, BEFORE),
        run_style(18, 0, "tx1", "+mn-lt"),
    )
}

/// Points on a page of notes.
pub const NOTES_IMAGE: Frame = frame(66, 40, 408, 230, 12);
const NOTES_TEXT: Frame = frame(54, 290, 432, 390, 12);

/// The picture of the slide on a page of notes.
pub const IMAGE_PLACE: &str = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\" descr=\"The slide to which these notes belong\"/>\
     <p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr>";

/// The master of the notes.
pub fn notes_master() -> String {
    let text = Spot {
        attributes: "type=\"body\" sz=\"quarter\" idx=\"3\"",
        name: "Notes",
        frame: NOTES_TEXT,
    };
    let image = format!(
        "{IMAGE_PLACE}<p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"9525\">\
         <a:solidFill><a:schemeClr val=\"accent6\"/></a:solidFill></a:ln></p:spPr></p:sp>",
        transform(NOTES_IMAGE)
    );
    let style = format!(
        "<a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"l\"><a:spcBef><a:spcPts val=\"400\"/></a:spcBef><a:buNone/>{}</a:lvl1pPr>",
        run_style(NOTES_TEXT.size, 0, "tx1", "+mn-lt")
    );
    format!(
        "<p:notesMaster {NAMESPACES}><p:cSld>{WHITE}{}</p:cSld>{COLOUR_MAP}<p:notesStyle>{style}</p:notesStyle></p:notesMaster>",
        tree(&[image, shape(3, text, "", "t")].concat())
    )
}
