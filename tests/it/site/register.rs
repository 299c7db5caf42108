//! The invented register, audits and guidance: what the site publishes, newest first.

use std::sync::LazyLock;

use super::dates::Day;
use super::server::fingerprint;

pub(super) const ENFORCEMENT: &str = "/action-weve-taken/enforcement/";
pub(super) const AUDITS: &str = "/action-weve-taken/audits-and-overview-reports/";
pub(super) const LESSONS: &str = "/action-weve-taken/lessons-learned-from-reprimands";
pub(super) const NEWS: &str =
    "/about-the-ico/media-centre/news-and-blogs/2026/06/ottermoor-home-surveys-fined/";

/// Position of the item that neither order of the API yields; see `api.rs`.
pub(super) const ONLY_IN_SITEMAP: usize = 25;

const REPRIMAND: &str = "Reprimands";
const PENALTY: &str = "Monetary penalties";
const NOTICE: &str = "Enforcement notices";
const PROSECUTION: &str = "Prosecutions";
/// 7 August 2026.
const NEWEST: i64 = 20_672;

/// 51 items, newest first: two full pages and one row.
pub(super) static REGISTER: LazyLock<Vec<Item>> =
    LazyLock::new(|| (0..51).map(|n| special(n).unwrap_or_else(|| ordinary(n))).collect());

pub(super) static AUDIT_REPORTS: LazyLock<Vec<Item>> = LazyLock::new(|| {
    let audit = |(n, (body, sector)): (i64, &(&str, &'static str))| Item {
        prefix: AUDITS,
        date: Day(NEWEST - 90 * (n - 59)),
        ..Item::new(n, &format!("{body} audit"), "Audits", sector)
    };
    (60..).zip(&AUDITED).map(audit).collect()
});

/// On the site, but linked from the lessons page only.
pub(super) static UNLISTED: LazyLock<Item> = LazyLock::new(|| Item {
    date: Day(NEWEST - 700),
    ..Item::new(70, "Mosswater Primary School", REPRIMAND, "Education and childcare")
});

/// Gone from the site; the archives have it.
pub(super) static ARCHIVED: LazyLock<Item> = LazyLock::new(|| Item {
    date: Day(NEWEST - 560),
    ..Item::new(80, "Fernmoor Borough Council", REPRIMAND, "Local government")
});

/// One enforcement action or audit as the site shows it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) id: i64,
    prefix: &'static str,
    pub(super) title: String,
    pub(super) slug: String,
    pub(super) date: Day,
    /// Days by which the path's year and month lag behind the action.
    filed_later: i64,
    pub(super) types: Vec<&'static str>,
    pub(super) sector: Option<&'static str>,
    pub(super) described: bool,
    pub(super) failure: &'static str,
    pub(super) remedy: &'static str,
    annex: bool,
    /// Slugs of sibling notices.
    pub(super) siblings: &'static [&'static str],
}

/// A PDF of an item.
pub(super) struct Document {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) path: String,
}

impl Item {
    fn new(n: i64, title: &str, kind: &'static str, sector: &'static str) -> Self {
        let (failure, remedy) = FAILURES[n as usize % FAILURES.len()];
        Self {
            id: 100_000 + n,
            prefix: ENFORCEMENT,
            title: title.to_owned(),
            slug: slug(title),
            date: Day(NEWEST - 33 * n),
            filed_later: 0,
            types: vec![kind],
            sector: Some(sector),
            described: true,
            failure,
            remedy,
            annex: false,
            siblings: &[],
        }
    }

    pub(super) fn path(&self) -> String {
        let (year, month, _) = Day(self.date.0 + self.filed_later).civil();
        format!("{}{year}/{month:02}/{}/", self.prefix, self.slug)
    }

    /// When the page was first put up, some days after the action.
    pub(super) fn published(&self) -> Day {
        Day(self.date.0 + self.filed_later + 9)
    }

    /// `<date>, <types>[, <sector>]`, as listings say it.
    pub(super) fn metadata(&self) -> String {
        let words = self.types.iter().copied().chain(self.sector);
        words.fold(self.date.shown(), |line, word| line + ", " + word)
    }

    /// None for prosecutions, two for the item with an annex, else one.
    pub(super) fn documents(&self) -> Vec<Document> {
        let mut slugs = vec![self.slug.clone()];
        slugs.extend(self.annex.then(|| format!("{}-annex", self.slug)));
        slugs.retain(|_| self.types != [PROSECUTION]);
        slugs.into_iter().map(|slug| self.document(slug)).collect()
    }

    /// Documents from before 2024 keep the folder that the site's move gave them.
    fn document(&self, slug: String) -> Document {
        let folder = match self.date.civil().0 {
            ..2024 => format!("migrated/{}", self.id + 3_900_000),
            _ => token(&slug),
        };
        let kind = match self.types[0] {
            REPRIMAND => "reprimand",
            PENALTY => "monetary penalty notice",
            NOTICE => "enforcement notice",
            _ => "report",
        };
        let part = slug.trim_start_matches(&self.slug).replace('-', " ");
        Document {
            path: format!("/media2/{folder}/{slug}.pdf"),
            title: format!("{} {kind}{part}", self.title),
            slug,
        }
    }
}

/// Every item that has a page on the live site, whether listed or not.
pub(super) fn live() -> impl Iterator<Item = &'static Item> {
    REGISTER.iter().chain(AUDIT_REPORTS.iter()).chain([&*UNLISTED])
}

pub(super) fn find(slug: &str) -> &'static Item {
    live()
        .chain([&*ARCHIVED])
        .find(|item| item.slug == slug)
        .unwrap_or_else(|| panic!("no item of the stand-in site has the slug {slug}"))
}

fn special(n: i64) -> Option<Item> {
    Some(match n {
        2 => Item {
            slug: "ottermoor-home-surveys-ltd-en".into(),
            siblings: &["ottermoor-home-surveys-ltd-mpn"],
            ..Item::new(2, "Ottermoor Home Surveys Ltd", NOTICE, "Marketing")
        },
        3 => Item {
            id: 100_003,
            slug: "ottermoor-home-surveys-ltd-mpn".into(),
            siblings: &["ottermoor-home-surveys-ltd-en"],
            ..Item::new(2, "Ottermoor Home Surveys Ltd", PENALTY, "Marketing")
        },
        6 => Item::new(n, "Quillbrook Housing Association", REPRIMAND, "Land or property services"),
        9 => Item {
            filed_later: 75,
            ..Item::new(n, "Dunmarsh Constabulary", REPRIMAND, "Criminal justice")
        },
        12 => Item { sector: None, ..Item::new(n, "Hazelmarch & Daughters Ltd", REPRIMAND, "") },
        15 => Item {
            types: vec![PENALTY, NOTICE],
            sector: None,
            ..Item::new(n, "Elverstow Leads Ltd", PENALTY, "")
        },
        18 => Item {
            types: vec![REPRIMAND, PENALTY],
            ..Item::new(n, "Ivelbourne Health Board", REPRIMAND, "Health")
        },
        20 => Item::new(n, "Larkenham County Council", REPRIMAND, "Local government"),
        21 => Item {
            slug: "larkenham-county-council-cym-reprimand".into(),
            date: Day(NEWEST - 660),
            siblings: &["larkenham-county-council"],
            ..Item::new(n, "Larkenham County Council (Cymraeg)", REPRIMAND, "Local government")
        },
        25 => Item::new(n, "Larkenham Academy Trust", REPRIMAND, "Education and childcare"),
        30 => {
            Item { annex: true, ..Item::new(n, "Gorsehithe Hospitals Trust", REPRIMAND, "Health") }
        }
        40 => Item {
            described: false,
            ..Item::new(n, "Recruitment company reprimand", REPRIMAND, "General business")
        },
        _ => return None,
    })
}

fn ordinary(n: i64) -> Item {
    let place = PLACES.split(' ').nth(n as usize % 13).unwrap_or_default();
    let (suffix, sector) = BODIES[n as usize % BODIES.len()];
    match n % 7 {
        6 => Item::new(n, &format!("{place} clerk - unlawful access"), PROSECUTION, sector),
        5 => Item::new(n, &format!("{place} {suffix}"), NOTICE, sector),
        4 => Item::new(n, &format!("{place} {suffix}"), PENALTY, sector),
        _ => Item::new(n, &format!("{place} {suffix}"), REPRIMAND, sector),
    }
}

fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Eight letters and digits made from a name, like a media folder.
fn token(name: &str) -> String {
    let digits = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut rest = fingerprint(name.as_bytes());
    let next = |_| {
        let digit = digits[(rest % 36) as usize];
        rest /= 36;
        char::from(digit)
    };
    (0..8).map(next).collect()
}

const AUDITED: [(&str, &str); 3] = [
    ("Kestrelford City Council", "Local government"),
    ("Mosswater Ambulance Trust", "Health"),
    ("Oakenshore Schools Federation", "Education and childcare"),
];

/// 13 places and 8 kinds of body: no name comes twice among the 51.
const PLACES: &str = "Brackenfold Copperwick Dunmarsh Elverstow Fallowmere Gorsehithe Hazelmarch \
                      Ivelbourne Kestrelford Larkenham Mosswater Oakenshore Ottermoor";

const BODIES: [(&str, &str); 8] = [
    ("District Council", "Local government"),
    ("High School", "Education and childcare"),
    ("Hospitals Trust", "Health"),
    ("Police", "Criminal justice"),
    ("Loans Ltd", "Finance insurance and credit"),
    ("Care Homes", "Social care"),
    ("Buses Ltd", "Transport and leisure"),
    ("Water", "Utilities"),
];

/// What went wrong, and what was asked for.
const FAILURES: [(&str, &str); 8] = [
    (
        "sent letters about support payments to old addresses and told strangers where families now live",
        "check the address against the current record before a letter leaves",
    ),
    (
        "began to scan faces at its doors without a data protection impact assessment",
        "complete an assessment before any new scanning begins",
    ),
    (
        "called people who had registered with the Telephone Preference Service and had not consented",
        "stop calling numbers on that register",
    ),
    (
        "left a server without security updates for eleven months, and an attacker copied staff records",
        "install security updates within fourteen days",
    ),
    (
        "answered fewer than half of the subject access requests it received within one month",
        "clear the backlog and report on it every quarter",
    ),
    (
        "put two hundred addresses in the wrong field of an email, so that every recipient saw the others",
        "use a mailing tool that hides recipients from each other",
    ),
    (
        "let case workers open every tenancy file, and gave no training on data protection",
        "limit access by role and train all staff each year",
    ),
    (
        "kept interview recordings for nine years, though its own schedule said two",
        "delete what is past its retention period",
    ),
];
