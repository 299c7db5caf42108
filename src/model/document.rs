//! A text as the reader leaves it: cleaned, cut into sections and sentences.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Facts;

/// What a document is, found from its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A case told in casebook's own words (Markdown with front matter).
    Digest,
    /// A note on one page of ICO guidance in casebook's own words.
    Guidance,
    /// A page of the ICO's enforcement register.
    RegisterPage,
    /// A page of the ICO's own guidance.
    GuidancePage,
    /// A page about an audit that the ICO carried out; an audit is not an action.
    AuditReport,
    /// Any other page of the ICO's site, such as a news release.
    OtherPage,
    /// An official notice, such as a reprimand, as a PDF.
    Notice,
    /// Plain text, such as a notice that was converted from PDF.
    Text,
}

impl DocumentKind {
    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Guidance => "guidance note",
            Self::RegisterPage => "official page",
            Self::GuidancePage => "official guidance",
            Self::AuditReport => "audit report",
            Self::OtherPage => "other page",
            Self::Notice => "official notice",
            Self::Text => "text",
        }
    }

    /// Whether such a document tells of an action, so that it belongs to a case.
    #[must_use]
    pub const fn tells_a_case(self) -> bool {
        !matches!(self, Self::Guidance | Self::GuidancePage | Self::AuditReport | Self::OtherPage)
    }
}

/// A document ready for extraction. All ranges are byte offsets in [`Document::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was read from; shown to people and used as its name.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
    /// What its header (front matter, fact list of a page) states about the case.
    pub stated: Facts,
    /// The categories that a guidance note speaks to; empty for every other kind.
    pub categories: Vec<String>,
    /// The cleaned text.
    pub text: String,
    /// Sections in order; the first may have an empty heading.
    pub sections: Vec<Section>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
}

/// A heading and what stands under it up to the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading as it stands in the text; empty before the first heading.
    pub heading: String,
    /// Heading and body.
    pub span: Range<usize>,
}

/// One sentence or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the cleaned text.
    pub span: Range<usize>,
    /// Index into [`Document::sections`].
    pub section: usize,
    /// The line of the source on which its block begins, counted from 1; in a PDF, of its page.
    pub line: u32,
    /// The page on which it begins, counted from 1, where the source has pages.
    pub page: Option<u32>,
    /// The paragraph number that the source prints ("1.4"), where it does.
    pub paragraph: Option<String>,
}

impl Document {
    /// The words of a sentence, verbatim.
    #[must_use]
    pub fn sentence_text(&self, sentence: &Sentence) -> &str {
        &self.text[sentence.span.clone()]
    }

    /// The text without its headings, paragraphs as they stand.
    #[must_use]
    pub fn body(&self) -> String {
        let bodies = self.sections.iter().map(|section| {
            let start = section.span.start + section.heading.len();
            self.text[start..section.span.end].trim()
        });
        bodies.filter(|body| !body.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The heading under which a sentence stands.
    #[must_use]
    pub fn heading_of(&self, sentence: &Sentence) -> &str {
        self.sections.get(sentence.section).map_or("", |section| &section.heading)
    }
}
