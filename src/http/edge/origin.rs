//! Which web pages may use the server.

use std::net::IpAddr;
use std::str::FromStr;

use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, HeaderValue, Uri, header};

use super::{Arrival, Peer};

/// An origin in the form in which browsers write it: `https://app.example.com`, with a port where it
/// is not the scheme's own (RFC 6454 section 6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// Text that is no [`Origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an origin, such as https://app.example.com: a scheme and a host, without a path")]
pub struct OriginError;

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let uri: Uri = text.parse().map_err(|_| OriginError)?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(OriginError);
        };
        // `Uri` puts a slash where there was none.
        let bare = !text.ends_with('/') && uri.path() == "/" && uri.query().is_none();
        let is_web = *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS;
        // Of a host name, or of an address of IPv6. No wildcard is one.
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if !bare || !is_web || !authority.as_str().bytes().all(is_host) {
            return Err(OriginError);
        }
        Ok(Self::of(scheme.as_str(), authority))
    }
}

impl Origin {
    fn of(scheme: &str, authority: &Authority) -> Self {
        let host = authority.host().to_ascii_lowercase();
        let own = if scheme == "https" { 443 } else { 80 };
        Self(match authority.port_u16() {
            Some(port) if port != own => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        })
    }
}

/// The pages that may use the server: its own, and those of listed origins.
#[derive(Debug, Clone, Default)]
pub struct Origins(Vec<Origin>);

impl Origins {
    /// The server's own and these.
    pub fn new(listed: Vec<Origin>) -> Self {
        Self(listed)
    }

    /// Whether no other origin than the server's own is admitted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an origin is listed, as a header says it.
    pub fn lists(&self, origin: &HeaderValue) -> bool {
        origin
            .to_str()
            .ok()
            .and_then(|text| text.parse().ok())
            .is_some_and(|origin: Origin| self.0.contains(&origin))
    }

    /// Whether a request comes from no page, from one of the server's own, or from a listed origin.
    pub(super) fn admit(&self, arrival: Arrival, peer: Peer, headers: &HeaderMap) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let Some(origin) = origins.next() else {
            // Browsers say it with every WebSocket and every POST.
            return true;
        };
        // Two of them is nothing that a browser sends.
        origins.next().is_none() && (self.lists(origin) || is_own(origin, arrival, peer, headers))
    }
}

/// Whether the page came from where its request goes. A page of `null` never did.
fn is_own(origin: &HeaderValue, arrival: Arrival, peer: Peer, headers: &HeaderMap) -> bool {
    let parsed = origin.to_str().ok().and_then(|text| text.parse().ok());
    let (Some(origin), Some(host)) = (parsed, host(headers)) else {
        return false;
    };
    let scheme = if peer.encrypted { "https" } else { "http" };
    Origin::of(scheme, &host) == origin && is_for_us(arrival, headers)
}

/// Whether the name that is asked for is one of ours. Who owns a name can have it point to this
/// machine, and then a page of that name and the server have one origin (DNS rebinding). So where only
/// this machine is served, the name has to be its own.
pub(super) fn is_for_us(arrival: Arrival, headers: &HeaderMap) -> bool {
    let only_this_machine = arrival.local.ip().to_canonical().is_loopback();
    !only_this_machine || host(headers).is_some_and(|host| is_this_machine(host.host()))
}

fn host(headers: &HeaderMap) -> Option<Authority> {
    headers.get(header::HOST)?.to_str().ok()?.parse().ok()
}

/// `localhost`, or a loopback address.
fn is_this_machine(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address: Option<IpAddr> = bare.unwrap_or(host).parse().ok();
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    #[test]
    fn origins() {
        let rows = [
            ("https://app.example.com", Some("https://app.example.com")),
            (
                "https://App.Example.com:443",
                Some("https://app.example.com"),
            ),
            ("http://localhost:5173", Some("http://localhost:5173")),
            ("http://[::1]:80", Some("http://[::1]")),
            ("https://app.example.com/", None),
            ("https://app.example.com/path", None),
            ("https://app.example.com?x", None),
            ("https://user@app.example.com", None),
            ("app.example.com", None),
            ("file:///tmp/page.html", None),
            ("ftp://example.com", None),
            ("null", None),
            ("*", None),
            ("https://*.example.com", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let parsed = text.parse::<Origin>().ok().map(|origin| origin.0);
            assert_eq!(parsed.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn pages_that_may_use_the_server() {
        let listed = Origins::new(vec!["https://app.example.com".parse().unwrap()]);
        // Our end, whether encrypted, Host, Origin headers, whether admitted.
        let rows: [(&str, bool, &str, &[&str], bool); 20] = [
            ("127.0.0.1:8080", false, "localhost:8080", &[], true),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["http://localhost:8080"],
                true,
            ),
            (
                "127.0.0.1:8080",
                false,
                "127.0.0.1:8080",
                &["http://127.0.0.1:8080"],
                true,
            ),
            (
                "[::1]:8080",
                false,
                "[::1]:8080",
                &["http://[::1]:8080"],
                true,
            ),
            // Another port, another scheme, another name of the same machine: other origins.
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["http://localhost:3000"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["https://localhost:8080"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["http://127.0.0.1:8080"],
                false,
            ),
            ("127.0.0.1:8080", false, "localhost:8080", &["null"], false),
            ("127.0.0.1:8080", false, "localhost:8080", &[""], false),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["https://app.example.com"],
                true,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["http://app.example.com"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["https://app.example.com.evil.net"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["https://evil.net"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost:8080",
                &["https://app.example.com", "https://evil.net"],
                false,
            ),
            // A name that points to this machine and is not its own.
            (
                "127.0.0.1:8080",
                false,
                "evil.net:8080",
                &["http://evil.net:8080"],
                false,
            ),
            (
                "127.0.0.1:8080",
                false,
                "localhost.evil.net",
                &["http://localhost.evil.net"],
                false,
            ),
            (
                "192.0.2.1:80",
                false,
                "tick.example.com",
                &["http://tick.example.com"],
                true,
            ),
            (
                "192.0.2.1:443",
                true,
                "tick.example.com",
                &["https://tick.example.com"],
                true,
            ),
            (
                "192.0.2.1:443",
                true,
                "tick.example.com",
                &["http://tick.example.com"],
                false,
            ),
            (
                "192.0.2.1:443",
                true,
                "tick.example.com:443",
                &["https://tick.example.com"],
                true,
            ),
        ];
        for (local, encrypted, host, origins, expected) in rows {
            let local: SocketAddr = local.parse().unwrap();
            let arrival = Arrival {
                peer: local,
                local,
                encrypted,
            };
            let peer = Peer {
                address: local,
                encrypted,
            };
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            for origin in origins {
                headers.append(header::ORIGIN, origin.parse().unwrap());
            }
            let admitted = listed.admit(arrival, peer, &headers);
            assert_eq!(admitted, expected, "{local} {host} {origins:?}");
        }
        // Without a Host there is no origin of our own.
        let local: SocketAddr = "127.0.0.1:80".parse().unwrap();
        let arrival = Arrival {
            peer: local,
            local,
            encrypted: false,
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, "http://localhost".parse().unwrap());
        assert!(!listed.admit(arrival, listed_peer(local), &headers));
    }

    fn listed_peer(address: SocketAddr) -> Peer {
        Peer {
            address,
            encrypted: false,
        }
    }
}
