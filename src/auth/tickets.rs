//! Tickets: what a browser shows instead of a token, since it can set no header of a WebSocket's
//! handshake but the subprotocols. A ticket is good once, and for a moment, so one that ends up in a log
//! is worth nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::User;

/// How long a ticket is good.
pub const TICKET_LIFE: TimeDelta = TimeDelta::seconds(30);

/// Tickets that may be out at a time.
const MAX_TICKETS: usize = 100_000;

/// Of one `sub`; more is no browser. The next one has to wait.
const MAX_TICKETS_OF_ONE: usize = 64;

/// How often expired ones are looked for at most: whoever asks for more than there may be makes us do it.
const SWEEP: TimeDelta = TimeDelta::seconds(1);

/// Random bytes of a ticket.
const TICKET_BYTES: usize = 32;

/// Why there is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketRefused {
    /// So many are out.
    #[error("too many tickets are out")]
    TooMany,
    /// The system has no randomness.
    #[error("the system has no randomness")]
    NoRandomness,
}

/// The tickets that are out.
#[derive(Default)]
pub struct Tickets {
    out: Mutex<Out>,
}

/// By hash: how long it takes to look for one tells nothing about those that there are.
type Hash = [u8; 32];

#[derive(Default)]
struct Out {
    tickets: HashMap<Hash, Ticket>,
    by_subject: HashMap<String, usize>,
    /// Before this, expired ones are not looked for again.
    next_sweep: DateTime<Utc>,
}

struct Ticket {
    user: Arc<User>,
    until: DateTime<Utc>,
}

impl Tickets {
    /// A new ticket for a user. It can be an entry of `Sec-WebSocket-Protocol`, behind `ticket.`
    ///
    /// # Errors
    /// Too many are out, of this user or in all.
    pub fn issue(&self, user: User, now: DateTime<Utc>) -> Result<String, TicketRefused> {
        let mut bytes = [0; TICKET_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| TicketRefused::NoRandomness)?;
        let text = BASE64URL_NOPAD.encode(&bytes);
        let mut out = self.lock();
        let of_one = out.by_subject.get(&user.sub).copied().unwrap_or_default();
        if out.tickets.len() >= MAX_TICKETS || of_one >= MAX_TICKETS_OF_ONE {
            out.forget_expired(now);
        }
        let of_one = out.by_subject.entry(user.sub.clone()).or_default();
        if *of_one >= MAX_TICKETS_OF_ONE {
            return Err(TicketRefused::TooMany);
        }
        *of_one += 1;
        let ticket = Ticket {
            user: Arc::new(user),
            until: now + TICKET_LIFE,
        };
        if out.tickets.len() >= MAX_TICKETS {
            out.leave(&ticket.user.sub);
            return Err(TicketRefused::TooMany);
        }
        out.tickets.insert(hash(&text), ticket);
        Ok(text)
    }

    /// Takes a ticket; of two who show the same one, one gets it.
    pub(super) fn redeem(&self, text: &str, now: DateTime<Utc>) -> Option<Arc<User>> {
        let mut out = self.lock();
        let ticket = out.tickets.remove(&hash(text))?;
        out.leave(&ticket.user.sub);
        (now < ticket.until).then_some(ticket.user)
    }

    fn lock(&self) -> MutexGuard<'_, Out> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Out {
    fn forget_expired(&mut self, now: DateTime<Utc>) {
        if now < self.next_sweep {
            return;
        }
        self.next_sweep = now + SWEEP;
        let expired = |(_, ticket): (&Hash, &mut Ticket)| ticket.until <= now;
        let expired: Vec<Ticket> = self
            .tickets
            .extract_if(|hash, ticket| expired((hash, ticket)))
            .map(|(_, ticket)| ticket)
            .collect();
        for ticket in expired {
            self.leave(&ticket.user.sub);
        }
    }

    fn leave(&mut self, sub: &str) {
        if let Some(count) = self.by_subject.get_mut(sub) {
            *count -= 1;
            if *count == 0 {
                self.by_subject.remove(sub);
            }
        }
    }
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_000 + seconds, 0).unwrap()
    }

    fn user(sub: &str) -> User {
        User {
            sub: sub.to_owned(),
            permissions: BTreeSet::new(),
            accounts: BTreeSet::new(),
            expires_at: at(3_600),
            issued_at: None,
            token_id: None,
        }
    }

    #[test]
    fn a_ticket_is_good_once_and_for_half_a_minute() {
        for (seconds, good) in [(0, true), (29, true), (30, false), (31, false)] {
            let tickets = Tickets::default();
            let text = tickets.issue(user("alice"), at(0)).unwrap();
            assert!(tickets.redeem("another", at(0)).is_none());
            let redeemed = tickets.redeem(&text, at(seconds));
            assert_eq!(
                redeemed.is_some_and(|user| user.sub == "alice"),
                good,
                "{seconds}"
            );
            assert!(tickets.redeem(&text, at(0)).is_none(), "once");
            assert!(tickets.lock().by_subject.is_empty());
        }
    }

    #[test]
    fn it_can_be_a_subprotocol() {
        let ticket = Tickets::default().issue(user("alice"), at(0)).unwrap();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(ticket.len() == 43 && ticket.bytes().all(fits), "{ticket}");
    }

    #[test]
    fn one_user_takes_no_tickets_from_others() {
        let tickets = Tickets::default();
        for _ in 0..MAX_TICKETS_OF_ONE {
            tickets.issue(user("alice"), at(0)).unwrap();
        }
        let refused = tickets.issue(user("alice"), at(29));
        assert_eq!(refused, Err(TicketRefused::TooMany));
        let other = tickets.issue(user("bob"), at(29)).unwrap();
        tickets.issue(user("alice"), at(30)).unwrap();
        // Those that had expired are gone, and only those.
        assert_eq!(tickets.lock().tickets.len(), 2);
        assert!(tickets.redeem(&other, at(30)).is_some());
    }

    #[test]
    fn there_are_so_many_and_no_more() {
        let tickets = Tickets::default();
        for n in 0..MAX_TICKETS {
            tickets.issue(user(&n.to_string()), at(0)).unwrap();
        }
        assert_eq!(
            tickets.issue(user("alice"), at(0)),
            Err(TicketRefused::TooMany)
        );
        assert_eq!(tickets.lock().by_subject.len(), MAX_TICKETS);
        tickets.issue(user("alice"), at(30)).unwrap();
    }

    #[test]
    fn of_many_at_once_one_wins() {
        let tickets = Tickets::default();
        for _ in 0..50 {
            let text = tickets.issue(user("alice"), at(0)).unwrap();
            let redeem = || tickets.redeem(&text, at(1)).is_some();
            let won = std::thread::scope(|scope| {
                let racers: Vec<_> = (0..4).map(|_| scope.spawn(redeem)).collect();
                let won = racers.into_iter().filter_map(|racer| racer.join().ok());
                won.filter(|won| *won).count()
            });
            assert_eq!(won, 1);
        }
    }
}
