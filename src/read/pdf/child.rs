//! The process that reads a PDF, from both sides.
//!
//! A PDF is a program of sorts, written by strangers, and a parser can be made to run out of memory
//! or stack, which no `catch_unwind` stops. So the program starts itself again: the child limits
//! itself, reads one PDF from standard input and answers on standard output with one JSON value; the
//! parent waits for a limited time and believes nothing but well-formed answers.

use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use wait_timeout::ChildExt as _;

use super::{error::PdfError, page::PrintedPage, pdfboss::PdfBoss, source::PageReader};

/// The argument by which the program becomes the child.
pub const COMMAND: &str = "read-pdf";

/// How long the parent waits for the child.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The largest answer that is read, in bytes.
pub const LARGEST_ANSWER: usize = 32 * 1024 * 1024;

/// Memory that the child may use, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 512 * 1024 * 1024;

/// Processor time that the child may use, in seconds.
#[cfg(unix)]
const PROCESSOR: u64 = 20;

type Answer = Result<Vec<PrintedPage>, PdfError>;

/// The child: reads a PDF from `input`, answers on `output`.
///
/// # Errors
/// The limits cannot be set, or the streams cannot be used.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    limit()?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let answer: Answer = PdfBoss.pages(bytes);
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

/// Limits this process for good.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set =
        |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::Core, 0)?;
    set(Resource::Cpu, PROCESSOR)?;
    let memory = set(Resource::As, MEMORY);
    // Some systems know no limit of memory; the others must set it.
    if cfg!(target_os = "linux") {
        memory?;
    }
    Ok(())
}

#[cfg(not(unix))]
const fn limit() -> io::Result<()> {
    Ok(())
}

/// The parent: has `program` read a PDF.
pub fn pages(program: &Path, bytes: &[u8]) -> Answer {
    let mut command = Command::new(program);
    command.arg(COMMAND);
    let answer = converse(&mut command, bytes, PATIENCE).map_err(|failure| match failure {
        Failure::Unstartable(error) => PdfError::Reader(error.to_string()),
        Failure::TooSlow => PdfError::TooSlow,
        Failure::TooLong => PdfError::TooMuchText,
        Failure::Failed(_) => PdfError::TooDemanding,
    })?;
    serde_json::from_slice::<Answer>(&answer)
        .map_err(|error| PdfError::Reader(format!("its answer is unreadable: {error}")))?
}

/// How a conversation with another process can end badly.
pub enum Failure {
    /// It could not be started.
    Unstartable(io::Error),
    /// It took too long and was killed.
    TooSlow,
    /// It said too much.
    TooLong,
    /// It ended without success; what it said on standard error.
    Failed(String),
}

/// Gives a process its input and takes its output, for so long and no longer.
pub fn converse(
    command: &mut Command,
    input: &[u8],
    patience: Duration,
) -> Result<Vec<u8>, Failure> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(Failure::Unstartable)?;
    let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let (stdin, stdout, stderr) = streams;
        scope.spawn(move || {
            // A child that has ended early does not read to the end; its status says why.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        let said = scope.spawn(move || read_at_most(stdout, LARGEST_ANSWER + 1));
        let complained = scope.spawn(move || read_at_most(stderr, 4096));
        let is_good = wait(&mut child, patience)?;
        let said = said.join().unwrap_or_default();
        let complained = complained.join().unwrap_or_default();
        if said.len() > LARGEST_ANSWER {
            return Err(Failure::TooLong);
        }
        if is_good { Ok(said) } else { Err(Failure::Failed(last_line(&complained))) }
    })
}

/// Whether a child ended well; it has ended in any case when this returns.
fn wait(child: &mut Child, patience: Duration) -> Result<bool, Failure> {
    let status = child.wait_timeout(patience);
    if let Ok(Some(status)) = status {
        return Ok(status.success());
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(status.err().map_or(Failure::TooSlow, Failure::Unstartable))
}

/// The first bytes of a stream; the rest is read and forgotten, so that its writer can end.
fn read_at_most(stream: Option<impl Read>, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        let _ = stream.by_ref().take(most as u64).read_to_end(&mut bytes);
        let _ = io::copy(&mut stream, &mut io::sink());
    }
    bytes
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, patience: u64) -> Result<Vec<u8>, Failure> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        converse(&mut command, &vec![b'x'; 1_000_000], Duration::from_secs(patience))
    }

    #[test]
    fn what_is_said_and_how_it_ended_are_known() {
        assert!(matches!(shell("wc -c", 60), Ok(said) if said.trim_ascii() == b"1000000"));
        assert!(matches!(shell("exit 0", 60), Ok(said) if said.is_empty()));
        assert!(
            matches!(shell("echo why >&2; exit 3", 60), Err(Failure::Failed(why)) if why == "why")
        );
        assert!(matches!(shell("kill -9 $$", 60), Err(Failure::Failed(_))));
    }

    #[test]
    fn a_process_that_does_not_end_is_killed() {
        assert!(matches!(shell("exec sleep 600", 1), Err(Failure::TooSlow)));
    }

    #[test]
    fn a_process_that_says_too_much_is_not_believed() {
        let script = format!("head -c {} /dev/zero", LARGEST_ANSWER + 2);
        assert!(matches!(shell(&script, 60), Err(Failure::TooLong)));
    }

    #[test]
    fn nonsense_and_missing_programs_are_told_apart_from_bad_pdfs() {
        let missing = pages(Path::new("/nowhere/casebook"), b"");
        assert!(matches!(missing, Err(PdfError::Reader(_))), "{missing:?}");
        let nonsense = pages(Path::new("echo"), b"");
        assert!(matches!(nonsense, Err(PdfError::Reader(_))), "{nonsense:?}");
        assert_eq!(pages(Path::new("false"), b""), Err(PdfError::TooDemanding));
    }
}
