//! Generated cases, as many as in the shipped corpus have so many findings.

use casebook::{
    model::{
        ActionType, Case, CaseDocument, CaseFinding, DateKind, DocumentKind, Facts, Finding,
        Method, PartialDate, Provision, Stance,
    },
    taxonomy::Taxonomy,
};

/// So many findings has a case on average.
const FINDINGS_A_CASE: usize = 7;

const PLACES: [&str; 8] = [
    "Marlow", "Harrowgate", "Applemere", "Quillbrook", "Fennimore", "Brightcall", "Larkfield",
    "Oakmere",
];

const PROVISIONS: [&str; 8] = [
    "UK GDPR Art 5(1)(f)", "UK GDPR Art 32(1)", "UK GDPR Art 15(1)", "UK GDPR Art 35(1)",
    "PECR reg 21", "PECR reg 22", "UK GDPR Art 5(1)(a)", "UK GDPR Art 12(3)",
];

/// Cases that have together about so many findings, always the same.
pub fn cases(findings: usize, taxonomy: &Taxonomy) -> Vec<Case> {
    let mut random = fastrand::Rng::with_seed(11);
    let provisions: Vec<Provision> =
        PROVISIONS.iter().map(|text| text.parse().expect("a provision")).collect();
    let number = findings / FINDINGS_A_CASE;
    let mut cases: Vec<Case> =
        (0..number).map(|at| case(at, number, taxonomy, &provisions, &mut random)).collect();
    // To the exact number, a few more go to the cases in turn.
    let missing =
        findings - cases.iter().map(|case| case.findings.len()).sum::<usize>().min(findings);
    for at in 0..missing {
        let path = cases[at % number].documents[0].path.clone();
        cases[at % number].findings.push(finding(&path, at, taxonomy, &mut random));
    }
    cases
}

fn case(
    at: usize,
    number: usize,
    taxonomy: &Taxonomy,
    provisions: &[Provision],
    random: &mut fastrand::Rng,
) -> Case {
    let path = format!("digests/{}/case-{at}.md", 2018 + at % 9);
    // One case in twenty has none.
    let found = if random.u8(..20) == 0 { 0 } else { random.usize(1..2 * FINDINGS_A_CASE) };
    let findings = (0..found).map(|place| finding(&path, place, taxonomy, random)).collect();
    let document = CaseDocument {
        path: path.clone(),
        kind: DocumentKind::Digest,
        sha256: format!("{:064x}", random.u128(..)),
        address: None,
    };
    Case {
        case: format!("generated-body-with-a-name-{at}"),
        facts: facts(at, number, taxonomy, provisions, random),
        findings,
        documents: vec![document],
        ..Case::default()
    }
}

fn facts(
    at: usize,
    number: usize,
    taxonomy: &Taxonomy,
    provisions: &[Provision],
    random: &mut fastrand::Rng,
) -> Facts {
    let sector = &taxonomy.sectors[skewed(taxonomy.sectors.len(), random)];
    let body = &taxonomy.bodies[skewed(taxonomy.bodies.len(), random)];
    let mut action_types = vec![ActionType::ALL[skewed(ActionType::ALL.len(), random)]];
    let second = ActionType::ALL[skewed(ActionType::ALL.len(), random)];
    if random.u8(..) < 64 && !action_types.contains(&second) {
        action_types.push(second);
    }
    let place = PLACES[random.usize(..PLACES.len())];
    Facts {
        organisation: Some(format!("{place} {} {}", sector.title, random.usize(..number / 2 + 1))),
        title: Some(format!("{} failed in number {at}", sector.title)),
        date: Some(date(2018..2027, random)),
        date_kind: Some(DateKind::Notice),
        incident_from: (random.u8(..) < 160).then(|| date(2015..2018, random)),
        sector: Some(sector.id.clone()),
        body: Some(body.id.clone()),
        public: Some(body.public),
        amount_gbp: action_types
            .contains(&ActionType::MonetaryPenalty)
            .then(|| random.u64(1..1_000) * 5_000),
        data_subjects: random.bool().then(|| random.u64(1..100_000)),
        provisions: (0..random.usize(1..4))
            .map(|_| provisions[skewed(provisions.len(), random)].clone())
            .collect(),
        page_url: Some(format!("https://ico.org.uk/action-weve-taken/enforcement/generated-{at}/")),
        action_types,
        ..Facts::default()
    }
}

/// One in ten is known to the month only, and one in thirty to the year.
fn date(years: std::ops::Range<u16>, random: &mut fastrand::Rng) -> PartialDate {
    let (year, month, day) = (random.u16(years), random.u8(1..13), random.u8(1..29));
    let text = match random.u8(..30) {
        0 => format!("{year}"),
        1..=3 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    text.parse().expect("a date")
}

fn finding(
    path: &str,
    place: usize,
    taxonomy: &Taxonomy,
    random: &mut fastrand::Rng,
) -> CaseFinding {
    let category = &taxonomy.categories[skewed(taxonomy.categories.len(), random)];
    let finding = Finding {
        category: category.id.clone(),
        stance: Stance::Finding,
        sentence: format!(
            "The body did not do what the law asks for in matter {}, and nobody had looked at it before.",
            random.u32(..)
        ),
        start: place * 120,
        end: place * 120 + 110,
        section: "What went wrong".to_owned(),
        page: None,
        provisions: Vec::new(),
        confidence: 0.9,
        method: Method::Cue,
    };
    CaseFinding { finding, document: path.to_owned() }
}

/// A place in a list, the first more often than the last.
fn skewed(length: usize, random: &mut fastrand::Rng) -> usize {
    (random.f64() * random.f64() * length as f64) as usize
}
