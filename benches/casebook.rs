//! The figures that the README states: `cargo bench`.

use std::{fs, path::Path, process::Command, sync::LazyLock};

use casebook::{
    extract::Extractor,
    index::{Language, Searcher, Wanted},
    model::{Document, Filter},
    pipeline::{self, Indexes},
    read::{self, Reader, pdf},
    taxonomy::Taxonomy,
};
use divan::{Bencher, counter::BytesCount};
use tempfile::TempDir;

fn main() {
    divan::main();
}

static TAXONOMY: LazyLock<Taxonomy> =
    LazyLock::new(|| Taxonomy::shipped().expect("the shipped taxonomy"));

/// Indexes of the shipped corpus.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    run(folder.path(), true);
    folder
});

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

fn run(indexes: &Path, rebuild: bool) {
    let reader = Reader::default();
    pipeline::run(corpus(), indexes, &TAXONOMY, None, &reader, rebuild, &|_, _, _| {})
        .expect("the run succeeds");
}

/// A notice of about 1 MB: all digests one after the other, as plain text.
fn long_notice() -> String {
    let files = pipeline::scan(corpus()).expect("the corpus");
    let digests = files.iter().filter(|file| file.path.starts_with("digests"));
    let texts: Vec<String> = digests
        .map(|file| {
            let source = fs::read_to_string(&file.location).expect("a digest");
            source.rsplit("+++\n").next().unwrap_or_default().replace("## ", "")
        })
        .collect();
    texts.concat().repeat(3)
}

fn document() -> Document {
    read::read("notice.txt", long_notice().as_bytes()).expect("plain text")
}

/// Bar: 20 MB of text a second and core.
#[divan::bench]
fn extract_text(bencher: Bencher<'_, '_>) {
    let extractor = Extractor::new(TAXONOMY.clone()).expect("the shipped cues");
    let document = document();
    bencher
        .counter(BytesCount::of_str(&document.text))
        .bench_local(|| extractor.extract(&document));
}

#[divan::bench]
fn read_text(bencher: Bencher<'_, '_>) {
    let text = long_notice();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| read::read("notice.txt", text.as_bytes()));
}

/// Bar: 5 s for the shipped corpus.
#[divan::bench(sample_count = 10)]
fn rebuild_everything(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| run(BUILT.path(), true));
}

/// Bar: 0.5 s.
#[divan::bench(sample_count = 20)]
fn run_without_change(bencher: Bencher<'_, '_>) {
    run(BUILT.path(), false);
    bencher.bench_local(|| run(BUILT.path(), false));
}

/// Bar: 10 ms.
#[divan::bench(args = ["facial recognition canteen", "late subject access requests council", "hackny"])]
fn search_in_process(bencher: Bencher<'_, '_>, query: &str) {
    let searcher =
        Searcher::open(&Indexes::open(BUILT.path()).expect("built").search()).expect("an index");
    let language = Language::new(&TAXONOMY).expect("the shipped cues");
    let wanted = Wanted { limit: 10, why: false, near: &[] };
    bencher.bench_local(|| {
        searcher.search(query, &Filter::default(), wanted, &language).expect("results")
    });
}

/// Bar: 50 ms, from the start of the program to its end.
#[divan::bench(sample_count = 30)]
fn search_from_the_command_line(bencher: Bencher<'_, '_>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("--indexes").arg(BUILT.path()).args(["search", "facial recognition canteen"]);
    bencher.bench_local(|| command.output().expect("the program runs"));
}

/// Bar: 50 ms, from the start of the program to its end.
#[divan::bench(sample_count = 30)]
fn similar_from_the_command_line(bencher: Bencher<'_, '_>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("--indexes").arg(BUILT.path()).args(["similar", "chelmer-valley-high-school"]);
    bencher.bench_local(|| command.output().expect("the program runs"));
}

/// Bar: 100 ms for one deck, from the start of the program to its end.
#[divan::bench(sample_count = 30)]
fn slides_from_the_command_line(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("--indexes").arg(BUILT.path()).args(["slides", "chelmer-valley-high-school"]);
    command.args(["--force", "-o"]).arg(folder.path().join("deck.pptx"));
    bencher.bench_local(|| command.output().expect("the program runs"));
}

/// A deck of each of the 224 cases. Bar: 3 s for 200.
#[divan::bench(sample_count = 5)]
fn slides_of_every_case(bencher: Bencher<'_, '_>) {
    let folder = TempDir::new().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.arg("--indexes").arg(BUILT.path()).args(["slides", "--query", "", "--force", "-o"]);
    command.arg(folder.path());
    bencher.bench_local(|| command.output().expect("the program runs"));
}

/// Letters of the fixtures, 2 pages each: as they come in a run, each in a process of its own.
/// Bar: 20 ms a page.
#[divan::bench(args = ["harrowgate-reprimand", "fennimore-reprimand", "applemere-letter"])]
fn read_pdf(bencher: Bencher<'_, '_>, name: &str) {
    let path = format!("{}/tests/fixtures/pdf/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
    let bytes = fs::read(path).expect("a fixture");
    let program = pdf::Program { path: env!("CARGO_BIN_EXE_casebook").into(), ocr: false };
    let reader = Reader { pdf: Some(program) };
    bencher.bench_local(|| reader.read("letter.pdf", &bytes).expect("a letter"));
}
