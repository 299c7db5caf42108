//! A native bar chart with its workbook, so that its numbers can be changed in PowerPoint.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{
    package::{Part, Relation},
    place::{Place, Stage},
    slide::Shapes,
    xml::{escaped, filled},
};
use crate::slides::deck::{Body, Chart};

const NAMESPACES: &str = "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const SHEET: &str = "Chart";

impl Shapes<'_> {
    /// A chart, in a place for charts if the layout has one; it is the third relation of its slide.
    pub fn chart(&mut self, place: Option<&Place>, chart: &Chart) {
        let graphic = "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
             <c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId3\"/></a:graphicData>";
        self.graphic(place, "Chart", &chart.described(), self.stage.frames.table, graphic);
    }
}

/// The parts of the chart of a slide, if it has one: chart and workbook.
pub fn parts(body: &Body, number: usize, stage: &Stage) -> io::Result<Vec<Part<'static>>> {
    let Body::Chart { chart, .. } = body else { return Ok(Vec::new()) };
    let book = format!("ppt/embeddings/casebook{number}.xlsx");
    let relations = vec![Relation::Part("package", book.clone())];
    let name = format!("ppt/charts/casebook{number}.xml");
    let kind = "officedocument.spreadsheetml.sheet";
    Ok(vec![
        Part::xml(&name, "officedocument.drawingml.chart+xml", &xml(chart, stage), relations),
        Part::binary(&book, kind, workbook(chart).map_err(io::Error::other)?),
    ])
}

/// Names in the first column and numbers in the second, with no date of today.
fn workbook(chart: &Chart) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet().set_name(SHEET)?;
    sheet.write(0, 0, &chart.names)?.write(0, 1, &chart.numbers)?;
    for ((name, count), row) in chart.bars.iter().zip(1u32..) {
        sheet.write(row, 0, name)?.write(row, 1, *count)?;
    }
    book.save_to_buffer()
}

fn xml(chart: &Chart, stage: &Stage) -> String {
    let size = stage.frames.table.size;
    let text = format!(
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr lang=\"en-GB\" sz=\"{size}00\">{}</a:defRPr></a:pPr>\
         <a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr>",
        filled("tx1")
    );
    let ground = if stage.filled { filled("bg1") } else { "<a:noFill/>".to_owned() };
    let strong = filled(stage.strong);
    let (series, last) = (escaped(&chart.numbers), chart.bars.len() + 1);
    let points = points(chart);
    format!(
        "<c:chartSpace {NAMESPACES}><c:date1904 val=\"0\"/><c:lang val=\"en-GB\"/><c:roundedCorners val=\"0\"/><c:chart>\
         <c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/><c:barChart><c:barDir val=\"col\"/><c:grouping val=\"clustered\"/>\
         <c:varyColors val=\"0\"/><c:ser><c:idx val=\"0\"/><c:order val=\"0\"/>\
         <c:tx><c:strRef><c:f>{SHEET}!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{series}</c:v></c:pt></c:strCache></c:strRef></c:tx>\
         <c:spPr>{strong}</c:spPr><c:invertIfNegative val=\"0\"/>\
         <c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}<c:dLblPos val=\"outEnd\"/><c:showLegendKey val=\"0\"/>\
         <c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>\
         <c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f><c:strCache>{}</c:strCache></c:strRef></c:cat>\
         <c:val><c:numRef><c:f>{SHEET}!$B$2:$B${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>{}</c:numCache></c:numRef></c:val></c:ser>\
         <c:gapWidth val=\"60\"/><c:axId val=\"111111111\"/><c:axId val=\"222222222\"/></c:barChart>\
         <c:catAx><c:axId val=\"111111111\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"b\"/>\
         <c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>\
         <c:spPr><a:ln w=\"9525\">{}</a:ln></c:spPr>{text}<c:crossAx val=\"222222222\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/>\
         <c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>\
         <c:valAx><c:axId val=\"222222222\"/><c:scaling><c:orientation val=\"minMax\"/><c:min val=\"0\"/></c:scaling><c:delete val=\"1\"/><c:axPos val=\"l\"/>\
         <c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>\
         <c:crossAx val=\"111111111\"/><c:crosses val=\"autoZero\"/></c:valAx></c:plotArea><c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>\
         <c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr>{text}<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
        points(&|place| escaped(&chart.bars[place].0)),
        points(&|place| chart.bars[place].1.to_string()),
        filled("tx1"),
    )
}

/// Writes the points of a series, by what stands at each place.
fn points(chart: &Chart) -> impl Fn(&dyn Fn(usize) -> String) -> String {
    let count = chart.bars.len();
    move |value| {
        let point = |place| format!("<c:pt idx=\"{place}\"><c:v>{}</c:v></c:pt>", value(place));
        format!("<c:ptCount val=\"{count}\"/>{}", (0..count).map(point).collect::<String>())
    }
}
