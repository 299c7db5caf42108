//! A deck as plain data: what is on each slide and in its notes, before any format.

/// Slides in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// Title of the file.
    pub title: String,
    /// The slides.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slide {
    /// Its heading; no slide is without.
    pub title: String,
    /// What stands below the heading.
    pub body: Body,
    /// What the speaker sees: full quotations and sources.
    pub notes: Vec<Paragraph>,
}

/// What stands below a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The first slide of a deck, or of a case in it.
    Opening(Vec<Paragraph>),
    /// Paragraphs and list items.
    Text(Vec<Paragraph>),
    /// One statement, and what belongs to it.
    Quote {
        /// The statement and where it stands.
        quote: Vec<Paragraph>,
        /// The law, and what it asks for.
        below: Vec<Paragraph>,
    },
    /// A table with a sentence above it.
    Table {
        /// What the table shows.
        lead: Vec<Paragraph>,
        /// The table.
        table: Table,
    },
    /// A bar chart with a sentence above it.
    Chart {
        /// What the chart shows.
        lead: Vec<Paragraph>,
        /// The chart.
        chart: Chart,
    },
}

/// A chart of bars side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What the names of the bars are: "Year".
    pub names: String,
    /// What their heights count: "Cases".
    pub numbers: String,
    /// Names and heights.
    pub bars: Vec<(String, u32)>,
}

impl Chart {
    /// The chart in words, for those who do not see it.
    #[must_use]
    pub fn described(&self) -> String {
        let bars = self.bars.iter().map(|(name, count)| format!("{name}: {count}"));
        let bars = bars.collect::<Vec<_>>().join("; ");
        format!(
            "Bar chart, {} by {}. {bars}.",
            self.numbers.to_lowercase(),
            self.names.to_lowercase()
        )
    }

    /// The same as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let cells = |(name, count): &(String, u32)| {
            vec![Paragraph::plain(name.as_str()), Paragraph::plain(count.to_string())]
        };
        Table {
            header: vec![self.names.clone(), self.numbers.clone()],
            widths: vec![1, 1],
            rows: self.bars.iter().map(cells).collect(),
        }
    }
}

/// A table; every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Widths of the columns, as parts of their sum.
    pub widths: Vec<u32>,
    /// Cells by row.
    pub rows: Vec<Vec<Paragraph>>,
}

/// A paragraph or list item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Whether it is an item of a list.
    pub bullet: bool,
    /// Whether it stands back behind the others, in smaller letters.
    pub aside: bool,
    /// Its text, in order.
    pub runs: Vec<Run>,
}

/// A stretch of text in one manner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it stands out.
    pub bold: bool,
    /// Whether it is taken word for word from a document.
    pub verbatim: bool,
    /// Where it leads.
    pub link: Option<String>,
}

impl Run {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Text that stands out.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(text) }
    }

    /// The words of a document.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { verbatim: true, ..Self::plain(text) }
    }

    /// Text that leads to a web address; anything else stays plain.
    pub fn link(text: impl Into<String>, address: &str) -> Self {
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        Self { link: is_web.then(|| address.to_owned()), ..Self::plain(text) }
    }
}

impl Paragraph {
    /// A paragraph of its own.
    #[must_use]
    pub const fn of(runs: Vec<Run>) -> Self {
        Self { bullet: false, aside: false, runs }
    }

    /// An item of a list.
    #[must_use]
    pub const fn item(runs: Vec<Run>) -> Self {
        Self { bullet: true, aside: false, runs }
    }

    /// Text that stands back.
    pub fn aside(text: impl Into<String>) -> Self {
        Self { aside: true, ..Self::plain(text) }
    }

    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(vec![Run::plain(text)])
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// What stands before a byte of the text, and what follows without blanks at its start.
    #[must_use]
    pub fn cut(&self, at: usize) -> (Self, Self) {
        let mut halves = (Vec::new(), Vec::new());
        let mut start = 0;
        for run in &self.runs {
            let here = at.saturating_sub(start).min(run.text.len());
            let (before, after) = run.text.split_at(here);
            let after = if halves.1.is_empty() { after.trim_start() } else { after };
            if !before.is_empty() {
                halves.0.push(Run { text: before.to_owned(), ..run.clone() });
            }
            if !after.is_empty() {
                halves.1.push(Run { text: after.to_owned(), ..run.clone() });
            }
            start += run.text.len();
        }
        // What is carried on begins without a bullet of its own.
        (
            Self { bullet: self.bullet, aside: self.aside, runs: halves.0 },
            Self { bullet: false, aside: self.aside, runs: halves.1 },
        )
    }
}

impl Body {
    /// All its paragraphs, in reading order.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        match self {
            Self::Opening(text) | Self::Text(text) => text.iter().collect(),
            Self::Quote { quote, below } => quote.iter().chain(below).collect(),
            Self::Table { lead, table } => lead.iter().chain(table.rows.iter().flatten()).collect(),
            Self::Chart { lead, .. } => lead.iter().collect(),
        }
    }

    /// The same, to be changed.
    pub fn paragraphs_mut(&mut self) -> Vec<&mut Paragraph> {
        match self {
            Self::Opening(text) | Self::Text(text) => text.iter_mut().collect(),
            Self::Quote { quote, below } => quote.iter_mut().chain(below).collect(),
            Self::Table { lead, table } => {
                lead.iter_mut().chain(table.rows.iter_mut().flatten()).collect()
            }
            Self::Chart { lead, .. } => lead.iter_mut().collect(),
        }
    }
}
