//! From the claims of a token (RFC 7519 section 4) to a [`User`].

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::{Rejected, Rules, User};

/// The longest `sub` and `jti`, in characters. As in the contract's `SubjectName`.
const MAX_NAME: usize = 256;

/// What is read of a token. Other claims are other people's.
#[derive(Deserialize)]
pub(super) struct Claims {
    sub: String,
    iss: Option<String>,
    aud: Option<Audience>,
    exp: f64,
    iat: Option<f64>,
    jti: Option<String>,
    permissions: Option<Vec<String>>,
    /// RFC 8693 section 4.2: the same, separated by spaces.
    scope: Option<String>,
    accounts: Option<Vec<String>>,
}

/// RFC 7519 section 4.1.3: for one, or for several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Claims {
    /// The user, of a token that is within the rules now.
    pub(super) fn user(self, now: DateTime<Utc>, rules: &Rules) -> Result<User, Rejected> {
        self.is_for_us(rules)?;
        if !is_name(&self.sub) || !self.jti.as_deref().is_none_or(is_name) {
            return Err(Rejected::Claims);
        }
        let expires_at = instant(self.exp).ok_or(Rejected::Claims)?;
        let span = |time| TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
        if expires_at - now > span(rules.max_lifetime) {
            return Err(Rejected::Lifetime);
        }
        let issued_at = match self.iat {
            None => None,
            Some(iat) => Some(instant(iat).ok_or(Rejected::Claims)?),
        };
        // Else it would outlive each revocation of everything that was issued before.
        if issued_at.is_some_and(|issued_at| issued_at - now > span(rules.leeway)) {
            return Err(Rejected::Early);
        }
        let scope = self.scope.as_deref().unwrap_or_default();
        let scope = scope.split(' ').map(str::to_owned);
        let permissions = self.permissions.into_iter().flatten().chain(scope);
        Ok(User {
            sub: self.sub,
            // What no contract can ask for is no permission of ours, such as `openid` in capitals.
            permissions: permissions.filter(|name| is_permission(name)).collect(),
            accounts: BTreeSet::from_iter(self.accounts.unwrap_or_default()),
            expires_at,
            issued_at,
            token_id: self.jti,
        })
    }

    /// The library looks at these, too, and passes over what is not of their form.
    fn is_for_us(&self, rules: &Rules) -> Result<(), Rejected> {
        let named = |names: &[String], name: &String| names.contains(name);
        let issued = match &self.iss {
            _ if rules.issuers.is_empty() => true,
            Some(issuer) => named(&rules.issuers, issuer),
            None => false,
        };
        let addressed = match &self.aud {
            None => rules.audiences.is_empty(),
            Some(Audience::One(name)) => named(&rules.audiences, name),
            Some(Audience::Several(names)) => {
                names.iter().any(|name| named(&rules.audiences, name))
            }
        };
        match (issued, addressed) {
            (true, true) => Ok(()),
            (false, _) => Err(Rejected::Issuer),
            (true, false) => Err(Rejected::Audience),
        }
    }
}

/// Whether a name can be shown and logged: nothing in it ends a line, writes over one, or turns its
/// direction, and all of it can be seen.
pub(crate) fn is_name(text: &str) -> bool {
    let misleads = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    (1..=MAX_NAME).contains(&text.chars().count()) && !text.chars().any(misleads)
}

/// As in `x-permissions` and the contract's `PermissionName`.
fn is_permission(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 128
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.:-".contains(&byte)
        })
}

/// A `NumericDate`: seconds since 1970, perhaps with a fraction.
fn instant(seconds: f64) -> Option<DateTime<Utc>> {
    /// The end of the year 9999.
    const MAX_SECONDS: f64 = 253_402_300_799.0;
    let sensible = seconds.is_finite() && (0.0..=MAX_SECONDS).contains(&seconds);
    sensible
        .then(|| DateTime::from_timestamp_millis((seconds * 1_000.0) as i64))
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn user(mut claims: Value, more: Value) -> Result<User, Rejected> {
        let all = claims.as_object_mut().unwrap();
        all.extend(more.as_object().unwrap().clone());
        all.retain(|_, value| !value.is_null());
        let claims: Claims = serde_json::from_value(claims).map_err(|_| Rejected::Claims)?;
        let now = DateTime::from_timestamp(1_000, 0).unwrap();
        let rules = Rules {
            max_lifetime: std::time::Duration::from_secs(3_600),
            ..Rules::default()
        };
        claims.user(now, &rules)
    }

    #[test]
    fn claims_are_of_their_form() {
        let sound = json!({"sub": "alice", "exp": 1_060});
        let long = "a".repeat(257);
        let rows = [
            (json!({}), Ok(())),
            (json!({"sub": null}), Err(Rejected::Claims)),
            (json!({"sub": ""}), Err(Rejected::Claims)),
            (json!({"sub": 7}), Err(Rejected::Claims)),
            (json!({"sub": long}), Err(Rejected::Claims)),
            (
                json!({"sub": "alice\nadmin connected"}),
                Err(Rejected::Claims),
            ),
            (json!({"sub": "al\u{1b}[31mice"}), Err(Rejected::Claims)),
            (json!({"exp": null}), Err(Rejected::Claims)),
            (json!({"exp": "1060"}), Err(Rejected::Claims)),
            (json!({"exp": -1}), Err(Rejected::Claims)),
            (json!({"exp": 1e300}), Err(Rejected::Claims)),
            (json!({"exp": 1_000 + 3_600}), Ok(())),
            (json!({"exp": 1_001 + 3_600}), Err(Rejected::Lifetime)),
            (json!({"iat": "yesterday"}), Err(Rejected::Claims)),
            (json!({"iat": 1_030}), Ok(())),
            (json!({"iat": 1_031}), Err(Rejected::Early)),
            (json!({"iat": 253_402_300_799_i64}), Err(Rejected::Early)),
            (json!({"sub": "al\u{202e}ice"}), Err(Rejected::Claims)),
            (json!({"sub": "al\u{61c}ice"}), Err(Rejected::Claims)),
            (json!({"sub": "al\u{200b}ice"}), Err(Rejected::Claims)),
            (json!({"sub": "al\u{feff}ice"}), Err(Rejected::Claims)),
            (json!({"iss": "anybody"}), Ok(())),
            (json!({"iss": 7}), Err(Rejected::Claims)),
            (json!({"iss": ["anybody"]}), Err(Rejected::Claims)),
            (json!({"aud": "x"}), Err(Rejected::Audience)),
            (json!({"aud": ["x"]}), Err(Rejected::Audience)),
            (json!({"aud": []}), Err(Rejected::Audience)),
            (json!({"aud": 7}), Err(Rejected::Claims)),
            (json!({"aud": {"a": 1}}), Err(Rejected::Claims)),
            (json!({"jti": 7}), Err(Rejected::Claims)),
            (json!({"permissions": "orders:read"}), Err(Rejected::Claims)),
            (json!({"permissions": [7]}), Err(Rejected::Claims)),
            (json!({"scope": ["orders:read"]}), Err(Rejected::Claims)),
            (json!({"accounts": {"a": true}}), Err(Rejected::Claims)),
            (json!({"another": [null]}), Ok(())),
        ];
        for (more, expected) in rows {
            let found = user(sound.clone(), more.clone()).map(drop);
            assert_eq!(found, expected, "{more}");
        }
    }

    #[test]
    fn permissions_and_scopes_are_the_same_thing() {
        let claims = json!({"sub": "alice", "exp": 1_060.5, "iat": 1, "jti": "t1",
            "permissions": ["orders:read", "Admin", "", "a b"], "scope": "openid orders:write ",
            "accounts": ["a1", "a2"]});
        let user = user(claims, json!({})).unwrap();
        let permissions: Vec<_> = user.permissions.iter().collect();
        assert_eq!(permissions, ["openid", "orders:read", "orders:write"]);
        assert_eq!(user.accounts, BTreeSet::from(["a1".into(), "a2".into()]));
        assert_eq!(user.expires_at.timestamp_millis(), 1_060_500);
        assert_eq!(user.token_id.as_deref(), Some("t1"));
    }
}
