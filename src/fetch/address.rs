//! Which addresses may be asked: allowed hosts over https, and never a private network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;
use url::{Host, Url};

use super::Settings;

/// An address that is not asked.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum AddressError {
    /// Not an address.
    #[error("`{0}` is not a complete web address; it should begin with https://")]
    Malformed(String),
    /// Not https.
    #[error("`{0}` is not asked: only https is")]
    Insecure(String),
    /// A host that is not on the list.
    #[error(
        "`{0}` is not asked: its host is not allowed; add it to `hosts` under [fetch] in casebook.toml if you trust it"
    )]
    ForeignHost(String),
    /// A host of this machine or of a private network.
    #[error("`{0}` is not asked: it points into a private network")]
    Private(String),
}

/// The rule by which addresses, and the targets of redirects, are allowed.
#[derive(Debug, Clone)]
pub struct AddressRule {
    hosts: Vec<String>,
    trust_loopback: bool,
}

impl AddressRule {
    /// The site, the archives and the further hosts of the settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let archives = &settings.archives;
        let named = [
            &settings.site,
            &archives.wayback,
            &archives.common_crawl_index,
            &archives.common_crawl_data,
        ];
        let of_addresses = named.into_iter().filter_map(|address| host_of(address));
        let hosts = of_addresses.chain(settings.hosts.iter().map(|host| host.to_lowercase()));
        Self { hosts: hosts.collect(), trust_loopback: settings.trust_loopback }
    }

    /// Reads an address and checks it.
    ///
    /// # Errors
    /// The reason for which it is not asked.
    pub fn check(&self, address: &str) -> Result<Url, AddressError> {
        let url = Url::parse(address).map_err(|_| AddressError::Malformed(address.to_owned()))?;
        let host = url.host().ok_or_else(|| AddressError::Malformed(address.to_owned()))?;
        let loopback = matches!(host, Host::Ipv4(ip) if ip.is_loopback());
        let private = match host {
            Host::Ipv4(ip) => !is_public(ip.into()),
            Host::Ipv6(ip) => !is_public(ip.into()),
            Host::Domain(_) => false,
        };
        let host = host.to_string();
        let trusted = self.trust_loopback && loopback;
        if private && !trusted {
            return Err(AddressError::Private(address.to_owned()));
        }
        if url.scheme() != "https" && !(trusted && url.scheme() == "http") {
            return Err(AddressError::Insecure(address.to_owned()));
        }
        if !self.hosts.contains(&host.to_lowercase()) {
            return Err(AddressError::ForeignHost(address.to_owned()));
        }
        Ok(url)
    }
}

/// The host of an address, in lower case.
pub fn host_of(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_lowercase)
}

/// Whether an address belongs to the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_unspecified()
        || ip.is_multicast()
        || shared)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    !(ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local())
}

/// Looks names up and leaves out what points into a private network, so that no name can lead there.
#[derive(Debug, Clone, Copy)]
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|found| is_public(found.ip())).collect();
            if public.is_empty() {
                return Err(AddressError::Private(name.as_str().to_owned()).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// One spelling for an address: https, the site's plain host, no fragment, a slash after a folder.
#[must_use]
pub fn canonical(address: &str, base: &str) -> Option<String> {
    let mut url = Url::parse(base).ok()?.join(address.trim()).ok()?;
    url.set_fragment(None);
    if let Some(host) = url.host_str().and_then(|host| host.strip_prefix("www.")) {
        let host = host.to_owned();
        url.set_host(Some(&host)).ok()?;
    }
    if url.scheme() == "http" && !matches!(url.host(), Some(Host::Ipv4(ip)) if ip.is_loopback()) {
        url.set_scheme("https").ok()?;
    }
    let is_folder = !url.path().rsplit('/').next().unwrap_or_default().contains('.');
    if is_folder && !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Some(url.into())
}

/// Whether a page is the Welsh twin of another.
#[must_use]
pub fn is_welsh(address: &str, title: &str) -> bool {
    let text = format!("{address} {title}").to_lowercase();
    ["//cy.", "welsh", "cymraeg", "-cym-", "-cym/"].iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(trust_loopback: bool) -> AddressRule {
        let hosts = vec!["127.0.0.1".to_owned(), "10.0.0.1".to_owned()];
        AddressRule::new(&Settings { trust_loopback, hosts, ..Settings::default() })
    }

    #[test]
    fn only_allowed_hosts_over_https() {
        assert!(rule(false).check("https://ico.org.uk/x/").is_ok());
        let refused = |address: &str| rule(false).check(address).expect_err(address);
        assert!(matches!(refused("http://ico.org.uk/"), AddressError::Insecure(_)));
        assert!(matches!(refused("https://ico.org.uk.example/"), AddressError::ForeignHost(_)));
        assert!(matches!(refused("/x/"), AddressError::Malformed(_)));
    }

    #[test]
    fn private_networks_are_never_asked() {
        for address in
            ["https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "https://0x7f.1/"]
        {
            let refused = rule(false).check(address).expect_err(address);
            assert!(matches!(refused, AddressError::Private(_)), "{address}: {refused}");
        }
        assert!(rule(true).check("http://127.0.0.1:8080/").is_ok());
        assert!(rule(true).check("http://10.0.0.1/").is_err());
        assert!(!is_public("::ffff:192.168.0.1".parse().expect("an address")));
        assert!(!is_public("100.64.0.1".parse().expect("an address")));
    }

    #[test]
    fn spellings_of_one_address_come_to_one() {
        let site = "https://ico.org.uk/a/";
        for spelling in ["/b/c", "https://www.ico.org.uk/b/c/#top", "http://ico.org.uk/b/c/"] {
            assert_eq!(canonical(spelling, site).as_deref(), Some("https://ico.org.uk/b/c/"));
        }
        assert_eq!(canonical("/m/x.pdf", site).as_deref(), Some("https://ico.org.uk/m/x.pdf"));
    }

    #[test]
    fn welsh_twins_are_known() {
        assert!(is_welsh("https://cy.ico.org.uk/x/", ""));
        assert!(is_welsh("https://ico.org.uk/x-welsh/", ""));
        assert!(!is_welsh("https://ico.org.uk/x/", "Example"));
    }
}
