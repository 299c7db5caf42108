//! Any bytes as a PDF. What goes wrong in pdfboss is contained by the child process; what goes wrong
//! in casebook's own steps is a fault to mend.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = casebook::read::pdf::read_unprotected("notice.pdf", bytes.to_vec()) {
        for sentence in &document.sentences {
            assert!(!document.sentence_text(sentence).is_empty());
        }
    }
});
