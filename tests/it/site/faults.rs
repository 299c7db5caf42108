//! Misbehaviour of single paths: answers given instead, and answers spoilt.

use flate2::{Compress, Compression, Crc, FlushCompress};

use super::pages;
use super::scenario::{Fault, Scenario};
use super::server::{Body, Reply, Request};

const MIB: usize = 1024 * 1024;
/// What the bomb inflates to, in MiB.
const BOMB: usize = 200;

/// The answer that a fault gives before the page is even looked up.
pub(super) fn instead(scenario: &mut Scenario, request: &Request) -> Option<Reply> {
    let path = request.path();
    Some(match scenario.fault_at(path)? {
        Fault::RedirectOffHost => Reply::redirect(302, "https://example.org/"),
        Fault::RedirectLoop if request.target.contains('?') => Reply::redirect(302, path),
        Fault::RedirectLoop => Reply::redirect(302, &format!("{path}?again=1")),
        Fault::Moved(to) => Reply::redirect(301, to),
        Fault::Gone(status) | Fault::Status(status) => error(*status),
        Fault::TooManyRequests { times, retry_after } if *times > 0 => {
            *times -= 1;
            error(429).header("Retry-After", *retry_after)
        }
        Fault::ServerError { times } if *times > 0 => {
            *times -= 1;
            error(503)
        }
        Fault::WrongType => error(200),
        Fault::Closed => Reply::with_body(200, "text/html", Body::Closed),
        _ => return None,
    })
}

fn error(status: u16) -> Reply {
    Reply::new(status, "text/html; charset=utf-8", pages::error(status))
}

/// A good answer with the path's fault done to its body.
pub(super) fn spoilt(scenario: &mut Scenario, path: &str, reply: Reply) -> Reply {
    let Some(fault) = scenario.fault_at(path).filter(|_| reply.status != 304) else { return reply };
    let spoil: fn(Vec<u8>) -> Body = match fault {
        Fault::Truncated => Body::Half,
        Fault::Slow => Body::Slow,
        Fault::Empty => |_| Body::Whole(Vec::new()),
        Fault::LengthAbsent => |bytes| Body::Streamed(Box::new(move |out| out.write_all(&bytes))),
        Fault::GzipBomb => {
            return Reply { body: Body::Whole(bomb()), ..reply }.header("Content-Encoding", "gzip");
        }
        _ => return reply,
    };
    Reply { body: spoil(reply.body.into_bytes()), ..reply }
}

/// One gzip member of 200 MiB of blanks: the same deflated MiB over and over.
fn bomb() -> Vec<u8> {
    let blanks = vec![b' '; MIB];
    let mut block = Vec::with_capacity(64 * 1024);
    Compress::new(Compression::best(), false)
        .compress_vec(&blanks, &mut block, FlushCompress::Full)
        .expect("blanks can be deflated");
    let (mut one, mut all) = (Crc::new(), Crc::new());
    one.update(&blanks);
    (0..BOMB).for_each(|_| all.combine(&one));
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(block.repeat(BOMB));
    bytes.extend([3, 0]);
    bytes.extend(all.sum().to_le_bytes());
    bytes.extend(((BOMB * MIB) as u32).to_le_bytes());
    bytes
}
