//! Bytes from an archive: checked like the site's own, with the time at which they were captured.

use jiff::fmt::rfc2822;

use super::{
    Answer, ArchiveCopy, Client, Expect, FetchError, Request, Validators, content, warc_record,
};

/// Asks for a copy. The answer is that of the site at the time, under the archive's address.
///
/// # Errors
/// As [`Client::ask`]; the copy is damaged, or not what it must be.
pub async fn ask(
    client: &mut Client,
    copy: &ArchiveCopy,
    expect: Expect,
) -> Result<Answer, FetchError> {
    let mut answer = match copy.range {
        None => client.content(&Request::get(&copy.address, expect)).await?,
        Some(_) => recorded(client, copy, expect).await?,
    };
    answer.memento = Some(moment(answer.memento.as_deref(), copy));
    answer.validators = Validators::default();
    Ok(answer)
}

/// The time of `Memento-Datetime`, or else that by which the archive lists the copy.
fn moment(header: Option<&str>, copy: &ArchiveCopy) -> String {
    let stated = header.and_then(|header| rfc2822::parse(header).ok());
    stated.map_or_else(|| copy.moment(), |stated| stated.timestamp().to_string())
}

/// A copy that is a record of a larger file.
async fn recorded(
    client: &mut Client,
    copy: &ArchiveCopy,
    expect: Expect,
) -> Result<Answer, FetchError> {
    let request = Request { range: copy.range, ..Request::get(&copy.address, Expect::Bytes) };
    let answer = client.content(&request).await?;
    let faulty = |fault| FetchError::Content { address: copy.location(), fault };
    let response = warc_record::response(&answer.bytes, client.settings().largest_document);
    let response = response.map_err(|error| faulty(error.to_string()))?;
    match content::fault(expect, &response.body) {
        Some(fault) => Err(faulty(fault)),
        None => Ok(Answer {
            address: copy.location(),
            status: response.status,
            content_type: response.content_type,
            memento: None,
            bytes: response.body,
            ..answer
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_time_come_to_one() {
        let (timestamp, address) = ("20260807100630".to_owned(), String::new());
        let copy = ArchiveCopy { timestamp, address, range: None };
        let stated = moment(Some("Fri, 07 Aug 2026 10:06:30 GMT"), &copy);
        assert_eq!((stated.as_str(), &*copy.moment()), ("2026-08-07T10:06:30Z", &*stated));
        assert_eq!(moment(Some("soon"), &copy), stated);
    }
}
