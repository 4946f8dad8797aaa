//! `X-Forwarded-For` and `X-Forwarded-Proto`, from proxies that are known.
//!
//! Anybody can send these headers. They are believed only from a configured address, and of the list
//! of addresses only as much as trusted proxies have written: each appends, at the right, whom it was
//! asked by.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName};

use super::{Arrival, Peer};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// A range of addresses, `10.0.0.0/8` or a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// Text that is no [`Network`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an IP address or a network, such as 10.0.0.0/8 or fd00::/8")]
pub struct NetworkError;

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            // `+8` and `08` are numbers to Rust, and a slip to everybody else.
            Some(text) if text.len() > 3 || text.bytes().any(|b| !b.is_ascii_digit()) => {
                return Err(NetworkError);
            }
            Some(text) => text.parse().map_err(|_| NetworkError)?,
            None => width,
        };
        // `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
        let mapped = if address.to_canonical() == address {
            0
        } else {
            96
        };
        if bits > width || bits < mapped {
            return Err(NetworkError);
        }
        Ok(Self {
            address: address.to_canonical(),
            bits: bits - mapped,
        })
    }
}

impl Network {
    /// Whether an address is one of these. `::ffff:10.0.0.1` is `10.0.0.1`.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let prefix = |address: Ipv4Addr| address.to_bits().checked_shr(32 - self.bits);
                prefix(network) == prefix(address)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let prefix = |address: Ipv6Addr| address.to_bits().checked_shr(128 - self.bits);
                prefix(network) == prefix(address)
            }
            _ => false,
        }
    }
}

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// Those in these networks.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The nearest address that is no trusted proxy, and how its owner connected.
    pub(super) fn peer(&self, arrival: Arrival, headers: &HeaderMap) -> Peer {
        let direct = Peer {
            address: arrival.peer,
            encrypted: arrival.encrypted,
        };
        if !self.trusts(arrival.peer.ip()) {
            return direct;
        }
        let mut hops = headers
            .get_all(FOR)
            .iter()
            // What a client made up may be no text, and what a proxy has put behind it counts all the same.
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .map(|hop| address(std::str::from_utf8(hop).ok()?.trim()))
            .collect::<Vec<_>>();
        let mut client = arrival.peer;
        while let Some(hop) = hops.pop() {
            // What a trusted proxy has written is an address; anything else ends what is believed.
            let Some(hop) = hop else { break };
            client = hop;
            if !self.trusts(hop.ip()) {
                break;
            }
        }
        // Several proxies, several values: the last one is of the one next to us, and as believable
        // as any. Who terminates TLS in front of another proxy has that one pass its word on.
        let proto = headers
            .get_all(PROTO)
            .iter()
            .next_back()
            .and_then(|value| value.as_bytes().rsplit(|byte| *byte == b',').next())
            .map(|word| std::str::from_utf8(word).unwrap_or_default().trim());
        Peer {
            address: client,
            encrypted: match proto {
                Some(proto) => {
                    proto.eq_ignore_ascii_case("https") || proto.eq_ignore_ascii_case("wss")
                }
                None => arrival.encrypted,
            },
        }
    }
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<SocketAddr> {
    let bare = || {
        let inner = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let address: IpAddr = inner.unwrap_or(text).parse().ok()?;
        Some(SocketAddr::new(address, 0))
    };
    text.parse().ok().or_else(bare)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn networks() {
        // The network, addresses in it, addresses outside.
        let rows = [
            (
                "10.0.0.0/8",
                vec!["10.255.0.1", "::ffff:10.0.0.1"],
                vec!["11.0.0.1", "::1"],
            ),
            ("::ffff:10.0.0.0/104", vec!["10.1.0.1"], vec!["11.0.0.1"]),
            ("127.0.0.1", vec!["127.0.0.1"], vec!["127.0.0.2"]),
            ("0.0.0.0/0", vec!["8.8.8.8"], vec!["2001:db8::1"]),
            ("::/0", vec!["2001:db8::1"], vec!["8.8.8.8"]),
            (
                "2001:db8::/33",
                vec!["2001:db8:7fff::1"],
                vec!["2001:db8:8000::1"],
            ),
            ("::1", vec!["::1"], vec!["::2", "127.0.0.1"]),
        ];
        for (network, inside, outside) in rows {
            let parsed: Network = network.parse().unwrap();
            for address in inside {
                assert!(
                    parsed.contains(address.parse().unwrap()),
                    "{network} {address}"
                );
            }
            for address in outside {
                assert!(
                    !parsed.contains(address.parse().unwrap()),
                    "{network} {address}"
                );
            }
        }
        for wrong in [
            "",
            "10.0.0.0/33",
            "::/129",
            "::ffff:10.0.0.0/95",
            "10.0.0/8",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "a/8",
        ] {
            assert_eq!(wrong.parse::<Network>(), Err(NetworkError), "{wrong}");
        }
    }

    #[test]
    fn only_known_proxies_are_believed() {
        let proxies = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap());
        let proxies = TrustedProxies::new(proxies.to_vec());
        // The other end of the socket, X-Forwarded-For (each a header), X-Forwarded-Proto; who asks.
        type Row = (
            &'static str,
            &'static [&'static str],
            Option<&'static str>,
            &'static str,
            bool,
        );
        let rows: [Row; 14] = [
            ("192.0.2.7", &[], None, "192.0.2.7", false),
            // A stranger says what it likes.
            (
                "192.0.2.7",
                &["203.0.113.9"],
                Some("https"),
                "192.0.2.7",
                false,
            ),
            ("10.0.0.1", &[], None, "10.0.0.1", false),
            (
                "10.0.0.1",
                &["203.0.113.9"],
                Some("https"),
                "203.0.113.9",
                true,
            ),
            // The client wrote the first one itself.
            (
                "10.0.0.1",
                &["127.0.0.1, 203.0.113.9"],
                None,
                "203.0.113.9",
                false,
            ),
            (
                "10.0.0.1",
                &["127.0.0.1", "203.0.113.9"],
                None,
                "203.0.113.9",
                false,
            ),
            // Two proxies.
            (
                "10.0.0.1",
                &["203.0.113.9, 10.0.0.2"],
                None,
                "203.0.113.9",
                false,
            ),
            // Only proxies: somebody within.
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], None, "10.0.0.3", false),
            // No address: nobody that we trust wrote that.
            (
                "10.0.0.1",
                &["203.0.113.9, unknown"],
                None,
                "10.0.0.1",
                false,
            ),
            // Nor is what is no text one; what a proxy has put behind it is.
            (
                "10.0.0.1",
                &["é, 203.0.113.9"],
                Some("é, https"),
                "203.0.113.9",
                true,
            ),
            (
                "10.0.0.1",
                &["203.0.113.9, é"],
                Some("é"),
                "10.0.0.1",
                false,
            ),
            (
                "10.0.0.1",
                &["203.0.113.9:4711"],
                Some("WSS"),
                "203.0.113.9",
                true,
            ),
            (
                "fd00::1",
                &["[2001:db8::1]:4711"],
                Some("http"),
                "2001:db8::1",
                false,
            ),
            (
                "fd00::1",
                &["2001:db8::1"],
                Some("https, http"),
                "2001:db8::1",
                false,
            ),
        ];
        for (socket, forwarded, proto, expected, encrypted) in rows {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FOR, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            if let Some(proto) = proto {
                headers.insert(PROTO, HeaderValue::from_bytes(proto.as_bytes()).unwrap());
            }
            let arrival = Arrival {
                peer: SocketAddr::new(socket.parse().unwrap(), 0),
                local: SocketAddr::from(([10, 0, 0, 9], 80)),
                encrypted: false,
            };
            let peer = proxies.peer(arrival, &headers);
            let expected = (expected.parse::<IpAddr>().unwrap(), encrypted);
            assert_eq!(
                (peer.address.ip(), peer.encrypted),
                expected,
                "{socket} {forwarded:?}"
            );
        }
    }
}
