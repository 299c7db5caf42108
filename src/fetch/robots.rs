//! The rules of a host for robots (RFC 9309).

use std::time::Duration;

use texting_robots::Robot;

use super::settings::{AGENT, seconds};

/// What a host's robots.txt allows.
pub enum Robots {
    /// There is none (4xx): everything is allowed.
    Absent,
    /// The host could not say (5xx, no answer, refused): nothing is allowed.
    Unreachable(String),
    /// Its rules.
    Rules(Box<Robot>),
}

/// More of a robots.txt is not read (RFC 9309, section 2.5, asks for at least this).
pub const LARGEST: usize = 500 * 1024;

impl Robots {
    /// Reads the answer to the request for robots.txt.
    #[must_use]
    pub fn of(status: u16, bytes: &[u8]) -> Self {
        match status {
            200..=299 => Self::parse(bytes),
            429 | 500.. => Self::Unreachable(format!("it answered with status {status}")),
            _ => Self::Absent,
        }
    }

    fn parse(bytes: &[u8]) -> Self {
        Robot::new(AGENT, bytes).map_or_else(
            |error| Self::Unreachable(format!("it cannot be read: {error}")),
            |robot| Self::Rules(Box::new(robot)),
        )
    }

    /// Whether an address may be asked; the longest matching rule decides.
    #[must_use]
    pub fn allow(&self, address: &str) -> bool {
        match self {
            Self::Absent => true,
            Self::Unreachable(_) => false,
            Self::Rules(robot) => robot.allowed(address),
        }
    }

    /// The time that the host wants between two requests.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        match self {
            Self::Rules(robot) => robot.delay.map(|delay| seconds(delay.into())),
            Self::Absent | Self::Unreachable(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[u8] =
        b"User-agent: *\nCrawl-delay: 7\nDisallow: /private/\nAllow: /private/open/\n";

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::of(200, RULES);
        assert!(robots.allow("https://ico.org.uk/private/open/x"));
        assert!(!robots.allow("https://ico.org.uk/private/x"));
        assert!(robots.allow("https://ico.org.uk/"));
        assert_eq!(robots.delay(), Some(Duration::from_secs(7)));
    }

    #[test]
    fn no_file_allows_and_a_broken_host_forbids() {
        assert!(Robots::of(404, b"").allow("https://ico.org.uk/"));
        assert!(!Robots::of(503, b"").allow("https://ico.org.uk/"));
        assert!(!Robots::of(429, b"").allow("https://ico.org.uk/"));
    }
}
