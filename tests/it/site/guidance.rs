//! The invented guidance: eight pages under one prefix.

const PREFIX: &str = "/for-organisations/uk-gdpr-guidance-and-resources/";

/// A guidance page.
pub(super) struct Guide {
    tail: &'static str,
    /// The title of the guide that the page belongs to.
    pub(super) parent: &'static str,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// Whether the page carries the banner that says so.
    pub(super) under_review: bool,
}

impl Guide {
    pub(super) fn path(&self) -> String {
        format!("{PREFIX}{}/", self.tail)
    }
}

/// Eight pages; the last two, of one name, are not under review.
pub(super) const GUIDES: [Guide; 8] = [
    guide(
        true,
        "accountability-and-governance/data-protection-impact-assessments-dpias/when-do-we-need-to-do-a-dpia",
        "Data protection impact assessments",
        "When do we need to do a DPIA?",
        "Carry out an assessment before you start anything likely to put people at high risk.",
    ),
    guide(
        true,
        "accountability-and-governance/data-protection-officers",
        "Accountability and governance",
        "Data protection officers",
        "Ask your officer early, write the advice down and say why if you depart from it.",
    ),
    guide(
        true,
        "lawful-basis/a-guide-to-lawful-basis/consent",
        "A guide to lawful basis",
        "Consent",
        "Silence and a box ticked beforehand are not consent; people must choose.",
    ),
    guide(
        true,
        "security/a-guide-to-data-security/ransomware-and-data-protection-compliance",
        "A guide to data security",
        "Ransomware",
        "Keep copies apart from your network, and practise putting them back.",
    ),
    guide(
        true,
        "security/a-guide-to-data-security/passwords-in-online-services",
        "A guide to data security",
        "Passwords in online services",
        "Store passwords with a slow salted hash and ask for a second factor.",
    ),
    guide(
        true,
        "individual-rights/a-guide-to-individual-rights/right-of-access",
        "A guide to individual rights",
        "Right of access",
        "Answer a request within one month, and record when it came in.",
    ),
    guide(
        false,
        "artificial-intelligence/guidance-on-ai-and-data-protection/introduction",
        "Guidance on AI and data protection",
        "Introduction",
        "Decide what the system is for before you decide what data it needs.",
    ),
    guide(
        false,
        "childrens-information/children-and-the-uk-gdpr/introduction",
        "Children and the UK GDPR",
        "Introduction",
        "Write for the age of the child who reads it, and set the safest choice first.",
    ),
];

const fn guide(
    under_review: bool,
    tail: &'static str,
    parent: &'static str,
    title: &'static str,
    text: &'static str,
) -> Guide {
    Guide { tail, parent, title, text, under_review }
}
