//! Reading a set of keys. Blocks, so it runs off the runtime's threads.

use std::fs::File;
use std::io::Read;
use std::time::Duration;

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::{JwksError, JwksPlace};

/// No set is larger; a server that sends for ever is not read for ever.
const MAX_BYTES: u64 = 256 * 1024;

/// A server that takes longer is given up; tokens whose keys are not known wait for so long.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The certificates in a PEM file, by which an `https` address has to be vouched for.
pub(super) fn roots(pem: &[u8]) -> Result<RootCerts, JwksError> {
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) | Err(_) => return Err(JwksError::Certificates),
        }
    }
    if certificates.is_empty() {
        return Err(JwksError::Certificates);
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// The text of a set.
pub(super) fn read(place: &JwksPlace, roots: RootCerts) -> Result<String, JwksError> {
    match place {
        JwksPlace::File(path) => {
            let mut text = String::new();
            File::open(path)
                .and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text))
                .map_err(JwksError::Read)?;
            Ok(text)
        }
        JwksPlace::Url(url) => {
            fetched(url, roots).map_err(|error| JwksError::Fetch(Box::new(error)))
        }
    }
}

fn fetched(url: &str, roots: RootCerts) -> Result<String, ureq::Error> {
    // Who can change the answer can sign tokens. A redirect could lead anywhere, so none is followed.
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .https_only(!url.starts_with("http://"))
        .max_redirects(0)
        .build()
        .into();
    let mut response = agent.get(url).call()?;
    response
        .body_mut()
        .with_config()
        .limit(MAX_BYTES)
        .read_to_string()
}
