//! `casebook archive`: the file is read back by a reader of its own.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::{
    fetch::on_site,
    site::{Fault, Scenario, Site, page_path},
    support::{casebook_on, stderr_of, stdout_of},
};

struct Record {
    fields: Vec<(String, String)>,
    block: Vec<u8>,
}

impl Record {
    fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// What was published: a response without its headers.
    fn payload(&self) -> &[u8] {
        if self.field("WARC-Type") == "response" { split(&self.block).1 } else { &self.block }
    }
}

/// Head and rest of what has a blank line between them.
fn split(bytes: &[u8]) -> (&str, &[u8]) {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a blank line");
    (std::str::from_utf8(&bytes[..at]).expect("headers in UTF-8"), &bytes[at + 4..])
}

/// The records of a file; anything between or after them is a fault.
fn records(path: &Path) -> Vec<Record> {
    let packed = fs::read(path).expect("a file");
    let mut bytes = Vec::new();
    MultiGzDecoder::new(&*packed).read_to_end(&mut bytes).expect("gzip");
    let (mut rest, mut records) = (&*bytes, Vec::new());
    while !rest.is_empty() {
        let (head, after) = split(rest);
        let mut lines = head.split("\r\n");
        assert_eq!(lines.next(), Some("WARC/1.1"));
        let field = |line: &str| {
            let (name, value) = line.split_once(": ").expect(line);
            (name.to_owned(), value.to_owned())
        };
        let mut record = Record { fields: lines.map(field).collect(), block: Vec::new() };
        let length: usize = record.field("Content-Length").parse().expect("a number");
        record.block = after[..length].to_vec();
        assert_eq!(&after[length..length + 4], b"\r\n\r\n", "Content-Length is exact");
        rest = &after[length + 4..];
        records.push(record);
    }
    // Every record is a gzip member of its own.
    let members = packed.windows(3).filter(|window| window == b"\x1f\x8b\x08").count();
    assert!(members >= records.len(), "{members} members");
    records
}

/// SHA-256 in base 32, bit by bit.
fn digest(bytes: &[u8]) -> String {
    let bits: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:08b}")).collect();
    let letters = bits.as_bytes().chunks(5).map(|bits| {
        let bits = format!("{:0<5}", std::str::from_utf8(bits).expect("digits"));
        let value = usize::from_str_radix(&bits, 2).expect("a number");
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[value])
    });
    format!("sha256:{}====", letters.collect::<String>())
}

/// A store with fetched pages in one and two versions, their documents, and a user's file.
fn stored() -> (TempDir, PathBuf) {
    let site = Site::start(Scenario { holes: false, ..Scenario::default() });
    let folder = TempDir::new().expect("a folder");
    let corpus = folder.path().join("corpus");
    let page = page_path("quillbrook-housing-association");
    let list = folder.path().join("list.txt");
    fs::write(&list, &page).expect("writable");
    let fetch = || {
        let mut command = on_site(&site, &corpus);
        command.args(["fetch", "--from", "listing", "--only", "audits", "--list"]).arg(&list);
        command.output().expect("it is built")
    };
    let _ = fetch();
    site.change(|scenario| {
        scenario.faults.insert(page, Fault::Changed);
    });
    let _ = fetch();
    let letter = folder.path().join("my letter.txt");
    fs::write(&letter, "REPRIMAND\n\nTO: Harrowgate Academy\n").expect("writable");
    let _ = stdout_of(casebook_on(&corpus, folder.path()).arg("add").arg(&letter));
    (folder, corpus)
}

fn versions(corpus: &Path) -> Vec<Value> {
    let log = fs::read_to_string(corpus.join("fetched/store/log.jsonl")).expect("a log");
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line"));
    lines.filter(|line| line["event"] == "fetched").collect()
}

#[test]
fn every_version_comes_back_byte_for_byte() {
    let (folder, corpus) = stored();
    let file = folder.path().join("store.warc.gz");
    let archive = || {
        let mut command = casebook_on(&corpus, folder.path());
        stdout_of(command.args(["archive", "-o"]).arg(&file))
    };
    let said = archive();
    let (versions, records) = (versions(&corpus), records(&file));
    assert!(said.contains(&format!("{} versions written", versions.len())), "{said}");
    assert_eq!(records.len(), 1 + versions.len());
    assert_eq!(records[0].field("WARC-Type"), "warcinfo");
    let mut ids: Vec<&str> = records.iter().map(|r| r.field("WARC-Record-ID")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), records.len());
    for record in &records[1..] {
        assert_eq!(record.field("WARC-Payload-Digest"), digest(record.payload()));
        assert_eq!(record.field("WARC-Block-Digest"), digest(&record.block));
        assert_eq!(record.field("WARC-Warcinfo-ID"), records[0].field("WARC-Record-ID"));
    }
    for version in &versions {
        let hash = version["sha256"].as_str().expect("a hash");
        let record = records.iter().find(|record| {
            record.field("WARC-Date") == version["at"]
                && casebook::hash::sha256(record.payload()) == hash
        });
        let record = record.unwrap_or_else(|| panic!("{version}"));
        if version["found_by"][0] == "added" {
            assert_eq!(record.field("WARC-Type"), "resource");
            assert_eq!(record.field("WARC-Target-URI"), "added:my%20letter.txt");
            continue;
        }
        assert_eq!(record.field("WARC-Target-URI"), version["answered"]);
        let (head, body) = split(&record.block);
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
        for (name, field) in [("ETag", "etag"), ("Content-Type", "content_type")] {
            if let Some(value) = version[field].as_str() {
                assert!(head.contains(&format!("\r\n{name}: {value}")), "{head}");
            }
        }
    }
    let before = fs::read(&file).expect("a file");
    let _ = archive();
    assert_eq!(fs::read(&file).expect("a file"), before, "the same store, the same file");
}

#[test]
fn a_damaged_object_is_told_and_the_others_written() {
    let (folder, corpus) = stored();
    let version = &versions(&corpus)[0];
    let hash = version["sha256"].as_str().expect("a hash");
    let ending = version["extension"].as_str().expect("an ending");
    let object = corpus.join(format!("fetched/store/objects/{}/{hash}.{ending}", &hash[..2]));
    fs::write(object, "something else").expect("writable");
    let file = folder.path().join("store.warc.gz");
    let output = casebook_on(&corpus, folder.path()).args(["archive", "-o"]).arg(&file).output();
    let output = output.expect("it is built");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("failed: "), "{said}");
    assert_eq!(records(&file).len(), versions(&corpus).len());
}

#[test]
fn without_a_store_no_file_is_written() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("store.warc.gz");
    let mut command = casebook_on(folder.path(), folder.path());
    let said = stderr_of(command.args(["archive", "-o"]).arg(&file), 1);
    assert!(said.contains("Nothing is stored yet"), "{said}");
    assert!(!file.exists());
}
