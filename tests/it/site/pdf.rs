//! A one-page PDF, plain and uncompressed.

use std::fmt::Write;

/// A valid PDF that shows a heading and a sentence, both ASCII.
pub(super) fn one_page(heading: &str, sentence: &str) -> Vec<u8> {
    let content = content(heading, sentence);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    assemble(&objects).into_bytes()
}

/// Text operators: the heading, then the sentence in lines that fit the page.
fn content(heading: &str, sentence: &str) -> String {
    let mut text = format!("BT /F1 11 Tf 16 TL 60 780 Td ({}) Tj T*", escaped(heading));
    let mut line = String::new();
    for word in sentence.split(' ') {
        if line.len() + word.len() > 80 {
            _ = write!(text, " T* ({}) Tj", escaped(&std::mem::take(&mut line)));
        }
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    text + &format!(" T* ({}) Tj ET", escaped(&line))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}

fn assemble(objects: &[String]) -> String {
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in (1..).zip(objects) {
        _ = writeln!(table, "{:010} 00000 n ", file.len());
        _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file + &format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
}
