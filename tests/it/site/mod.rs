//! A stand-in for the ICO's site and the archives: a real server on this machine, for tests.
//!
//! ```text
//! let site = Site::start(Scenario { api: Api::Forbidden, ..Scenario::default() });
//! fetch(site.address());
//! assert!(site.requests().iter().all(|seen| seen.method == "GET"));
//! ```
#![allow(dead_code, unused_imports, reason = "the tests need not use every scenario")]

mod api;
mod archives;
mod dates;
mod faults;
mod guidance;
mod pages;
mod pdf;
mod register;
mod routes;
mod scenario;
mod server;
mod sitemap;

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub use scenario::{Api, ArchivedFrom, Fault, Listing, Robots, Scenario, SitemapGzip};
use server::Request;

/// A running site; it stops when dropped.
pub struct Site {
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

/// A request that the site has had.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET`, `POST` or `HEAD`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status answered; 0 if the connection was closed without an answer.
    pub status: u16,
    /// Whether `If-None-Match` or `If-Modified-Since` was there.
    pub conditional: bool,
    /// Empty if there was none.
    pub user_agent: String,
    /// The `Range` header.
    pub range: Option<String>,
    /// The body, as of a `POST`.
    pub body: String,
    /// When it had come in whole.
    pub at: Instant,
}

struct Shared {
    socket: SocketAddr,
    address: String,
    scenario: Mutex<Scenario>,
    seen: Mutex<Vec<Seen>>,
    stop: AtomicBool,
}

impl Site {
    /// Starts the site on a free port of 127.0.0.1.
    pub fn start(scenario: Scenario) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let socket = listener.local_addr().expect("the port's number");
        let shared = Arc::new(Shared {
            socket,
            address: format!("http://{socket}"),
            scenario: Mutex::new(scenario),
            seen: Mutex::default(),
            stop: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        let listener = Some(thread::spawn(move || accept(&listener, &accepting)));
        Self { shared, listener }
    }

    /// Scheme, host and port: `http://127.0.0.1:34567`.
    pub fn address(&self) -> &str {
        &self.shared.address
    }

    /// What has been asked so far, in the order of asking.
    pub fn requests(&self) -> Vec<Seen> {
        locked(&self.shared.seen).clone()
    }

    /// Starts the list of requests anew.
    pub fn forget_requests(&self) {
        locked(&self.shared.seen).clear();
    }

    /// Changes the scenario for requests from now on.
    pub fn change(&self, change: impl FnOnce(&mut Scenario)) {
        change(&mut locked(&self.shared.scenario));
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the listener, which waits for a connection.
        drop(TcpStream::connect(self.shared.socket));
        if let Some(listener) = self.listener.take() {
            _ = listener.join();
        }
    }
}

/// Path of the page of an item: register, audits, unlisted or archived.
pub fn page_path(slug: &str) -> String {
    register::find(slug).path()
}

/// Path of the first document of an item.
pub fn pdf_path(slug: &str) -> String {
    let documents = register::find(slug).documents();
    documents.into_iter().next().unwrap_or_else(|| panic!("{slug} has no document")).path
}

/// Paths of the eight guidance pages.
pub fn guidance_paths() -> Vec<String> {
    guidance::GUIDES.iter().map(guidance::Guide::path).collect()
}

/// Slugs of the register's 51 items, newest first; the one at 25 is in the sitemap only.
pub fn register_slugs() -> Vec<String> {
    register::REGISTER.iter().map(|item| item.slug.clone()).collect()
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let shared = Arc::clone(shared);
        // A client that hangs up early is no failure of the site.
        _ = stream.map(|stream| thread::spawn(move || serve(&stream, &shared)));
    }
}

fn serve(stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let Some(request) = Request::read(stream)? else { return Ok(()) };
    let reply = shared.answer(&request);
    reply.send(stream, request.method == "HEAD", &shared.stop)
}

impl Shared {
    /// Answers and notes one request; both in one order, whatever the threads do.
    fn answer(&self, request: &Request) -> server::Reply {
        let mut scenario = locked(&self.scenario);
        let at = Instant::now();
        let reply = routes::answer(&mut scenario, &self.address, request);
        locked(&self.seen).push(Seen {
            method: request.method.clone(),
            path: request.target.clone(),
            status: if matches!(reply.body, server::Body::Closed) { 0 } else { reply.status },
            conditional: request.is_conditional(),
            user_agent: request.header("user-agent").unwrap_or_default().to_owned(),
            range: request.header("range").map(str::to_owned),
            body: String::from_utf8_lossy(&request.body).into_owned(),
            at,
        });
        reply
    }
}

/// A lock, also after a test's closure has panicked in it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
