//! What kind of body an organisation is, for decks that do not name it.

/// Words of a name, in lower case, and the kind of body that they show; the first that fits counts.
const BY_NAME: [(&str, &str); 33] = [
    ("primary school", "primary school"),
    ("high school", "secondary school"),
    ("secondary school", "secondary school"),
    ("school", "school"),
    ("academy", "school"),
    ("academies", "group of schools"),
    ("college", "college"),
    ("university hospital", "hospital trust"),
    ("hospital", "hospital trust"),
    ("nhs", "health body"),
    ("health", "health body"),
    ("surgery", "medical practice"),
    ("medical", "medical practice"),
    ("university", "university"),
    ("borough", "council"),
    ("council", "council"),
    ("police", "police force"),
    ("constabulary", "police force"),
    ("prosecution service", "prosecution service"),
    ("ministry", "government department"),
    ("department", "government department"),
    ("office", "government body"),
    ("agency", "public agency"),
    ("housing", "housing provider"),
    ("homes", "housing provider"),
    ("charity", "charity"),
    ("foundation", "charity"),
    ("party", "political party"),
    ("bank", "bank"),
    ("solicitors", "law firm"),
    ("airways", "airline"),
    ("hotel", "hotel company"),
    ("pharmacy", "pharmacy"),
];

const BY_SECTOR: [(&str, &str); 20] = [
    ("health", "health organisation"),
    ("education", "education provider"),
    ("local-government", "local public body"),
    ("central-government", "government body"),
    ("police-and-justice", "justice body"),
    ("charity", "charity"),
    ("finance", "financial company"),
    ("retail", "retail company"),
    ("telecoms", "telecoms company"),
    ("technology", "technology company"),
    ("housing", "housing provider"),
    ("political", "political organisation"),
    ("marketing", "marketing company"),
    ("legal", "legal firm"),
    ("transport", "transport company"),
    ("leisure", "leisure company"),
    ("social-care", "care provider"),
    ("utilities", "utility company"),
    ("media", "media company"),
    ("regulators", "public body"),
];

/// The kind of an organisation of that name and sector: "secondary school".
pub fn of(name: &str, sector: Option<&str>, individual: bool) -> &'static str {
    if individual {
        return "person";
    }
    let name = format!(" {} ", name.to_lowercase());
    let has = |words: &str| {
        name.match_indices(words).any(|(at, _)| {
            !name[..at].ends_with(char::is_alphanumeric)
                && !name[at + words.len()..]
                    .trim_start_matches('s')
                    .starts_with(char::is_alphanumeric)
        })
    };
    let by_name = BY_NAME.iter().find(|(words, _)| has(words));
    let by_sector = || BY_SECTOR.iter().find(|(id, _)| Some(*id) == sector);
    by_name.or_else(by_sector).map_or("organisation", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_go_before_sectors() {
        assert_eq!(of("Harrowgate High School", Some("education"), false), "secondary school");
        assert_eq!(of("Fennimore Ltd", Some("marketing"), false), "marketing company");
        assert_eq!(of("Fennimore Ltd", None, false), "organisation");
        assert_eq!(of("Fennimore", None, true), "person");
        assert_eq!(of("Thirdparty Calls Ltd", Some("retail"), false), "retail company");
    }
}
