//! The cover sheet: what the tables show, of what, and by which rules.

use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet};

use super::{Answer, Fault};
use crate::trends::LICENCE;

/// Writes the cover.
pub fn write(worksheet: &mut Worksheet, answer: &Answer) -> Result<(), Fault> {
    worksheet.set_name("Cover")?.set_screen_gridlines(false).set_landscape();
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_column_width(0, 18)?.set_column_width(1, 100)?;
    let title = Format::new().set_bold().set_font_size(16);
    worksheet.write_string_with_format(0, 0, &answer.title, &title)?;
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 2;
    for (name, sentences) in sections(answer) {
        worksheet.write_string_with_format(row, 0, name, &label)?;
        for sentence in sentences {
            // Not every program makes a row as high as the lines that it holds.
            let lines = sentence.chars().count().div_ceil(CHARACTERS_A_LINE).max(1);
            worksheet.set_row_height(row, lines as f64 * 15.0)?;
            worksheet.write_string_with_format(row, 1, sentence, &wrapped)?;
            row += 1;
        }
        row += 1;
    }
    worksheet.write_string_with_format(row, 0, "Sheets", &label)?;
    for sheet in &answer.sheets {
        let link = Url::new(format!("internal:'{}'!A1", sheet.name)).set_text(&sheet.title);
        worksheet.write_url(row, 1, link)?;
        row += 1;
    }
    Ok(())
}

/// About how many fit in a line of the column.
const CHARACTERS_A_LINE: usize = 95;

fn sections(answer: &Answer) -> Vec<(&'static str, Vec<String>)> {
    let mut rules: Vec<String> = Vec::new();
    for rule in answer.sheets.iter().flat_map(|sheet| &sheet.rules) {
        if !rules.contains(rule) {
            rules.push(rule.clone());
        }
    }
    let filters = if answer.filters.is_empty() {
        vec!["none: all cases of the corpus".to_owned()]
    } else {
        answer.filters.clone()
    };
    vec![
        ("Made on", vec![format!("{} by casebook {}", answer.made, env!("CARGO_PKG_VERSION"))]),
        ("Filters", filters),
        ("Coverage", answer.coverage.sentences()),
        ("Counting rules", rules),
        ("Licence", vec![LICENCE.to_owned()]),
    ]
}
