//! Any bytes as a page of the register: never a panic, and sentences lie in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<!doctype html>", bytes].concat();
    if let Ok(document) = casebook::read::read("page.html", &page) {
        for sentence in &document.sentences {
            assert!(!document.sentence_text(sentence).is_empty());
        }
    }
});
