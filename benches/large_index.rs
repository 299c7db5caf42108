//! An index of 100,000 generated cases: how fast it is built and searched.
//!
//! `cargo bench --bench large_index` prints megabytes of text indexed a second (bar: 20 on 2 cores)
//! and the 50th, 99th and 100th percentile of searches (bar: 30 ms at the 99th). Another number of
//! cases can be given: `cargo bench --bench large_index -- 10000`.

use std::time::{Duration, Instant};

use casebook::{
    index::{self, Language, Searcher, Wanted},
    model::{ActionType, Case, Facts, Filter},
    taxonomy::Taxonomy,
};
use tempfile::TempDir;

const CASES: usize = 100_000;

/// Each query is asked so many times.
const ROUNDS: usize = 20;

const QUERIES: [&str; 16] = [
    "facial recognition canteen",
    "overdue subject access requests of a council",
    "hackny",
    "reg 21 PECR",
    "personal data breach",
    "what was done about a phishing email that staff opened?",
    "\"impact assessment\" -police",
    "fines over £1m since 2022",
    "nurses sharing patient records on WhatsApp",
    "sector:education biometric",
    "letter sent to the wrong address",
    "biggest fines",
    "which bodies reported a breach to the regulator months late?",
    "attackers used software without updates",
    "Marlow District",
    "Art 32(1)(d) regular testing",
];

/// Different words of all texts together.
const VOCABULARY: f64 = 30_000.0;

/// The most frequent of them, the first most of all.
const WORDS: &str = "the data personal of to a and was that it council in commissioner for not \
    information had subject request access response its staff on by did with school breach an \
    security officer policy letter address training record patient police measure system email \
    assessment impact consent call marketing text recipient wrong late month report risk process \
    children parent facial recognition biometric canteen hospital trust whatsapp group phishing \
    software unpatched exploited attacker ransomware password account backup encrypted supplier \
    contract audit cookie banner penalty reprimand notice finding infringement article regulation";

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next();
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    let cases = cases(count.unwrap_or(CASES), &taxonomy);
    let bytes: usize = cases.iter().map(|case| case.text.len()).sum();
    let folder = TempDir::new().expect("a folder");
    let began = Instant::now();
    index::build(folder.path(), &cases, &taxonomy).expect("an index");
    let rate = bytes as f64 / 1e6 / began.elapsed().as_secs_f64();
    println!("{} cases, {:.0} MB of text: {rate:.1} MB/s indexed", cases.len(), bytes as f64 / 1e6);
    drop(cases);
    let times = times(&Searcher::open(folder.path()).expect("the index"), &taxonomy);
    let percentile = |share: usize| times[(times.len() - 1) * share / 100].0.as_secs_f64() * 1e3;
    let [half, most, all] = [50, 99, 100].map(percentile);
    println!("{} searches: p50 {half:.1} ms, p99 {most:.1} ms, slowest {all:.1} ms", times.len());
    let slowest = times.last().map_or("", |(_, query)| query);
    println!("slowest: {slowest}");
}

/// How long each search takes, the quickest first.
fn times(searcher: &Searcher, taxonomy: &Taxonomy) -> Vec<(Duration, &'static str)> {
    let language = Language::new(taxonomy).expect("the shipped cues");
    let wanted = Wanted { limit: 10, why: false, near: &[] };
    let mut times = Vec::new();
    for query in QUERIES.iter().cycle().take(QUERIES.len() * ROUNDS) {
        let began = Instant::now();
        searcher.search(query, &Filter::default(), wanted, &language).expect("results");
        times.push((began.elapsed(), *query));
    }
    times.sort();
    times
}

fn cases(count: usize, taxonomy: &Taxonomy) -> Vec<Case> {
    let mut random = fastrand::Rng::with_seed(7);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    (0..count).map(|number| case(number, &words, taxonomy, &mut random)).collect()
}

fn case(number: usize, words: &[&str], taxonomy: &Taxonomy, random: &mut fastrand::Rng) -> Case {
    let places = ["Marlow", "Harrowgate", "Applemere", "Quillbrook", "Fennimore", "Brightcall"];
    let place = random.choice(places).expect("a place");
    let sector = random.choice(&taxonomy.sectors).expect("a sector");
    let facts = Facts {
        organisation: Some(format!("{place} {} {number}", sector.title)),
        date: format!("{}", 2018 + number % 9).parse().ok(),
        action_types: vec![*random.choice(&ActionType::ALL).expect("an action")],
        sector: Some(sector.id.clone()),
        amount_gbp: random.bool().then(|| random.u64(1_000..20_000_000)),
        ..Facts::default()
    };
    let category = random.choice(&taxonomy.categories).expect("a category");
    Case {
        case: format!("case-{number}"),
        facts,
        categories: vec![category.id.clone()],
        text: text(words, random),
        ..Case::default()
    }
}

/// About 3 KB in paragraphs of five sentences. Words are drawn as Zipf's law has it: the word of rank
/// n is n times rarer than the first.
fn text(words: &[&str], random: &mut fastrand::Rng) -> String {
    let mut text = String::new();
    for sentence in 0..30 {
        for _ in 0..16 {
            let rank = VOCABULARY.powf(random.f64()) as usize - 1;
            match words.get(rank) {
                Some(word) => text.push_str(word),
                None => text.push_str(&format!("w{rank}")),
            }
            text.push(' ');
        }
        text.push_str(". ");
        if sentence % 5 == 4 {
            text.push_str("\n\n");
        }
    }
    text
}
