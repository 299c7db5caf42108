//! The polite client: one request at a time to a host, its rules obeyed, every answer checked.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use reqwest::{StatusCode, header, redirect};
use tokio::time::{Instant, sleep, sleep_until};
use url::Url;

use super::{
    Settings,
    address::{AddressRule, PublicOnly},
    content,
    request::{Answer, Expect, FetchError, Reply, Request, Validators},
    robots::{self, Robots},
    settings::seconds,
};

/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// Refusals in a row after which a host is left alone.
const REFUSALS: usize = 2;

/// Other failures in a row after which a host is left alone.
const FAILURES: usize = 5;

/// No site is waited for longer than this, whatever its `Retry-After` says.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// Part of the gap by which it is lengthened at random.
const JITTER: f64 = 0.25;

/// Asks hosts, one request at a time.
pub struct Client {
    http: reqwest::Client,
    settings: Settings,
    rule: AddressRule,
    hosts: HashMap<String, Host>,
    asked: usize,
}

/// What is known of a host.
#[derive(Default)]
struct Host {
    robots: Option<Robots>,
    next: Option<Instant>,
    refusals: usize,
    failures: usize,
    stopped: Option<String>,
}

/// One attempt at a request.
enum Attempt {
    Reply(Reply),
    /// To be tried again after that time, or after the usual one.
    Again(FetchError, Option<Duration>),
    Over(FetchError),
}

impl Client {
    /// A client by these settings.
    ///
    /// # Errors
    /// The system's certificates cannot be used.
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        // A second installation finds the first, which is the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .user_agent(settings.user_agent())
            .redirect(redirect::Policy::none())
            .dns_resolver(PublicOnly)
            .no_proxy()
            .timeout(seconds(settings.timeout_seconds));
        let http = builder.build().map_err(|error| connection("the web client", &error))?;
        let rule = AddressRule::new(&settings);
        Ok(Self { http, settings, rule, hosts: HashMap::new(), asked: 0 })
    }

    /// The settings in use.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Requests made so far.
    #[must_use]
    pub const fn asked(&self) -> usize {
        self.asked
    }

    /// The reason why a host is left alone, if one is.
    pub fn stopped(&self) -> impl Iterator<Item = (&str, &str)> {
        self.hosts.iter().filter_map(|(host, state)| Some((&**host, state.stopped.as_deref()?)))
    }

    /// Time between two requests to the host of an address, as far as its rules are known.
    #[must_use]
    pub fn gap(&self, address: &str) -> Duration {
        let host = Url::parse(address).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        let robots = host.and_then(|host| self.hosts.get(&host)?.robots.as_ref()?.delay());
        robots.unwrap_or_default().max(self.settings.gap())
    }

    /// Makes a request, with its redirects and retries.
    ///
    /// # Errors
    /// Every [`FetchError`]; after some of them the host is left alone.
    pub async fn ask(&mut self, request: &Request) -> Result<Reply, FetchError> {
        let url = self.permitted(&request.address).await?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let waits = self.settings.wait_seconds.clone();
        let mut waits = waits.into_iter().map(seconds);
        loop {
            match self.follow(request, url.clone()).await {
                Attempt::Reply(reply) => {
                    self.note(&host, None);
                    return Ok(reply);
                }
                Attempt::Over(error) => {
                    self.note(&host, Some(&error));
                    return Err(error);
                }
                Attempt::Again(error, wanted) => match waits.next() {
                    Some(usual) => sleep(wanted.unwrap_or(usual).min(LONGEST_WAIT)).await,
                    None => {
                        self.note(&host, Some(&error));
                        return Err(error);
                    }
                },
            }
        }
    }

    /// The content of a plain request.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub async fn content(&mut self, request: &Request) -> Result<Answer, FetchError> {
        match self.ask(request).await? {
            Reply::Content(answer) => Ok(answer),
            Reply::Unchanged => {
                Err(FetchError::Status { address: request.address.clone(), status: 304 })
            }
        }
    }

    /// Checks an address against the rule, the host's state and its robots.txt.
    async fn permitted(&mut self, address: &str) -> Result<Url, FetchError> {
        let url = self.rule.check(address)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(why) = self.hosts.get(&host).and_then(|state| state.stopped.clone()) {
            return Err(FetchError::Stopped { host, why });
        }
        if self.hosts.get(&host).is_none_or(|state| state.robots.is_none()) {
            let robots = self.robots_of(&url).await;
            self.hosts.entry(host.clone()).or_default().robots = Some(robots);
        }
        match self.hosts.get(&host).and_then(|state| state.robots.as_ref()) {
            Some(Robots::Unreachable(why)) => {
                let why = format!("its robots.txt could not be read ({why})");
                self.hosts.entry(host.clone()).or_default().stopped = Some(why.clone());
                Err(FetchError::Stopped { host, why })
            }
            Some(robots) if !robots.allow(address) => {
                Err(FetchError::Disallowed(address.to_owned()))
            }
            _ => Ok(url),
        }
    }

    async fn robots_of(&mut self, url: &Url) -> Robots {
        match self.robots_text(url).await {
            Ok((status, bytes)) => Robots::of(status, &bytes),
            Err(error) => Robots::Unreachable(error.to_string()),
        }
    }

    /// Status and body of robots.txt, redirects followed (RFC 9309, section 2.3.1.2).
    async fn robots_text(&mut self, url: &Url) -> Result<(u16, Vec<u8>), FetchError> {
        let mut address = url.join("/robots.txt").unwrap_or_else(|_| url.clone());
        for _ in 0..=REDIRECTS {
            let request = Request::get(address.as_str(), Expect::Bytes);
            let response = self.send(&request, &address).await?;
            match redirect_of(&response, &address) {
                Some(target) => address = self.rule.check(&target)?,
                None => {
                    let status = response.status().as_u16();
                    let bytes = body(response, robots::LARGEST, address.as_str()).await?;
                    return Ok((status, bytes));
                }
            }
        }
        Err(FetchError::RedirectLoop(address.into()))
    }

    /// One attempt, redirects followed; each target is checked like the first address.
    async fn follow(&mut self, request: &Request, first: Url) -> Attempt {
        let mut url = first;
        for _ in 0..=REDIRECTS {
            let response = match self.send(request, &url).await {
                Ok(response) => response,
                Err(error) => return Attempt::Again(error, None),
            };
            let Some(target) = redirect_of(&response, &url) else {
                return self.received(request, &url, response).await;
            };
            // Boxed, since asking for the target's robots.txt may come back here.
            url = match Box::pin(self.permitted(&target)).await {
                Ok(url) => url,
                Err(error) => return Attempt::Over(error),
            };
        }
        Attempt::Over(FetchError::RedirectLoop(request.address.clone()))
    }

    /// Waits for the host's turn and sends.
    async fn send(
        &mut self,
        request: &Request,
        url: &Url,
    ) -> Result<reqwest::Response, FetchError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(next) = self.hosts.get(&host).and_then(|state| state.next) {
            sleep_until(next).await;
        }
        self.asked += 1;
        let sent = self.build(request, url).send().await;
        let gap = self.gap(url.as_str()).mul_f64(1.0 + JITTER * fastrand::f64());
        self.hosts.entry(host).or_default().next = Some(Instant::now() + gap);
        sent.map_err(|error| connection(url.as_str(), &error))
    }

    fn build(&self, request: &Request, url: &Url) -> reqwest::RequestBuilder {
        let mut builder = match &request.body {
            None => self.http.get(url.clone()),
            Some(body) => self
                .http
                .post(url.clone())
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::ACCEPT, "application/json")
                .header(header::ORIGIN, &self.settings.site)
                .header(header::REFERER, self.settings.on_site(&self.settings.paths.enforcement))
                .body(body.to_string()),
        };
        let Validators { etag, last_modified } = &request.validators;
        if let Some(etag) = etag {
            builder = builder.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = last_modified {
            builder = builder.header(header::IF_MODIFIED_SINCE, last_modified);
        }
        if let Some((first, last)) = request.range {
            builder = builder.header(header::RANGE, format!("bytes={first}-{last}"));
        }
        builder
    }

    /// Judges a response by its status, then by its content.
    async fn received(&self, request: &Request, url: &Url, response: reqwest::Response) -> Attempt {
        let (address, status) = (url.to_string(), response.status().as_u16());
        match status {
            200..=299 => self.accepted(request, address, response).await,
            304 => Attempt::Reply(Reply::Unchanged),
            404 | 410 => Attempt::Over(FetchError::Missing { address, status }),
            403 | 429 | 503 => {
                let wanted = retry_after(&response);
                Attempt::Again(FetchError::Refused { address, status }, wanted)
            }
            // A captcha is not passed, and waiting does not help.
            405 if response.headers().contains_key("x-amzn-waf-action") => {
                Attempt::Over(FetchError::Refused { address, status })
            }
            500.. => Attempt::Again(FetchError::Status { address, status }, retry_after(&response)),
            _ => Attempt::Over(FetchError::Status { address, status }),
        }
    }

    async fn accepted(
        &self,
        request: &Request,
        address: String,
        response: reqwest::Response,
    ) -> Attempt {
        let text = |name: header::HeaderName| {
            response.headers().get(name)?.to_str().ok().map(str::to_owned)
        };
        let mut answer = Answer {
            status: response.status().as_u16(),
            at: Timestamp::now(),
            content_type: text(header::CONTENT_TYPE),
            validators: Validators {
                etag: text(header::ETAG),
                last_modified: text(header::LAST_MODIFIED),
            },
            memento: text(header::HeaderName::from_static("memento-datetime")),
            bytes: Vec::new(),
            address,
        };
        match body(response, self.largest(request.expect), &answer.address).await {
            Ok(bytes) => answer.bytes = bytes,
            Err(error @ FetchError::TooLarge { .. }) => return Attempt::Over(error),
            Err(error) => return Attempt::Again(error, None),
        }
        match content::fault(request.expect, &answer.bytes) {
            Some(fault) => Attempt::Over(FetchError::Content { address: answer.address, fault }),
            None => Attempt::Reply(Reply::Content(answer)),
        }
    }

    const fn largest(&self, expect: Expect) -> usize {
        match expect {
            Expect::Json | Expect::Page | Expect::Html => self.settings.largest_page,
            Expect::Sitemap => self.settings.largest_sitemap,
            Expect::Document | Expect::Bytes => self.settings.largest_document,
        }
    }

    /// Counts refusals and failures of a host, and stops asking one that keeps us out.
    fn note(&mut self, host: &str, error: Option<&FetchError>) {
        let state = self.hosts.entry(host.to_owned()).or_default();
        match error {
            Some(FetchError::Refused { .. }) => state.refusals += 1,
            Some(FetchError::Status { .. } | FetchError::Connection { .. }) => state.failures += 1,
            Some(FetchError::Content { .. }) => state.failures += 1,
            Some(_) => {}
            None => (state.refusals, state.failures) = (0, 0),
        }
        let too_many = matches!(error, Some(FetchError::Refused { status: 429, .. }));
        if let Some(error) = error
            && (too_many || state.refusals >= REFUSALS || state.failures >= FAILURES)
        {
            state.stopped = Some(error.to_string());
        }
    }
}

/// The target of a redirect.
fn redirect_of(response: &reqwest::Response, url: &Url) -> Option<String> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let target = response.headers().get(header::LOCATION).filter(|_| moved)?.to_str().ok()?;
    Some(url.join(target).ok()?.into())
}

/// The wait that a response asks for, in seconds; the form as a date is rare and left out.
fn retry_after(response: &reqwest::Response) -> Option<Duration> {
    let wanted = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    wanted.trim().parse().ok().map(Duration::from_secs)
}

/// Reads a body up to a cap, so that neither a bomb nor an endless stream fills the memory.
async fn body(
    mut response: reqwest::Response,
    largest: usize,
    address: &str,
) -> Result<Vec<u8>, FetchError> {
    let too_large = || FetchError::TooLarge { address: address.to_owned(), largest };
    if response.content_length().is_some_and(|length| length > largest as u64)
        && response.status() != StatusCode::NOT_MODIFIED
    {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| connection(address, &error))? {
        if bytes.len() + chunk.len() > largest {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The error with its causes, since the outermost of them says little.
fn connection(address: &str, error: &reqwest::Error) -> FetchError {
    let mut cause = error.to_string();
    let mut inner = std::error::Error::source(error);
    while let Some(source) = inner {
        cause = format!("{cause}: {source}");
        inner = source.source();
    }
    FetchError::Connection { address: address.to_owned(), cause }
}
