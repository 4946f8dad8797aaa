//! The audit log: who connected, who was let in, who was turned away and why. A JSON object a line, apart
//! from the log of the program.
//!
//! - [`Audit`] is the log: a bounded queue, and a thread that writes.
//! - [`Trail`] is what is known of one caller, and has a method for each event.
//! - `line` is how an event is written: `docs/audit.md` has the fields.
//! - `noise` keeps those who are turned away again and again from filling it.
//!
//! There is no token in it, and no payload. Whoever writes a line into it by naming a topic or themselves
//! cunningly finds it escaped.

mod line;
mod noise;
mod writer;

use std::net::IpAddr;

use uuid::Uuid;

use crate::auth::{Denial, Principal, Rejected};
use crate::metrics::{Label, Refused};
use crate::wire::{CloseCode, Refusal};

use line::Line;
pub use writer::{Audit, AuditError};

/// Where somebody was let in or turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The handshake of a WebSocket.
    Connect,
    /// The message `auth`, or that it did not come.
    Auth,
    /// The message `auth.refresh`.
    Refresh,
    /// A request on a WebSocket.
    Request,
    /// A topic: single, in a batch, of the URL, to resume.
    Subscribe,
    /// `POST /ops/{operation}`.
    Ops,
    /// `POST /publish/{topic}`, also of snapshots.
    Publish,
    /// `POST /ws-ticket`.
    Ticket,
    /// `POST /admin/revocations`.
    Revocations,
    /// Anything on the operators' address.
    Admin,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 10] = [
        Self::Connect,
        Self::Auth,
        Self::Refresh,
        Self::Request,
        Self::Subscribe,
        Self::Ops,
        Self::Publish,
        Self::Ticket,
        Self::Revocations,
        Self::Admin,
    ];

    /// As it is written in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Auth => "auth",
            Self::Refresh => "auth.refresh",
            Self::Request => "request",
            Self::Subscribe => "subscribe",
            Self::Ops => "ops",
            Self::Publish => "publish",
            Self::Ticket => "ws-ticket",
            Self::Revocations => "revocations",
            Self::Admin => "admin",
        }
    }
}

/// How a client has shown who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// By a ticket.
    Ticket,
    /// In the header `Authorization`.
    Header,
    /// In the address.
    Query,
    /// In the message `auth`.
    Message,
}

impl Shown {
    fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Header => "header",
            Self::Query => "query",
            Self::Message => "message",
        }
    }
}

/// Why somebody was turned away.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// The principal may not.
    Denied(&'a Denial),
    /// What was shown is not taken.
    Rejected(Rejected),
    /// A web page that may not use the server.
    Origin,
    /// A name that is none of this machine's.
    Host,
    /// Too many failed before.
    TooManyFailures,
    /// There is no room.
    Limit(Refused),
}

impl Why<'_> {
    /// As it is written in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Denied(Denial::Unauthenticated) => "unauthenticated",
            Self::Denied(Denial::Permission(_)) => "permission",
            Self::Denied(Denial::Owner) => "owner",
            Self::Rejected(rejected) => rejected.name(),
            Self::Origin => "origin",
            Self::Host => "host",
            Self::TooManyFailures => "too_many_failures",
            Self::Limit(refused) => refused.name(),
        }
    }
}

/// A caller as the audit log knows it: of one request, or of one connection.
#[derive(Debug, Clone)]
pub struct Trail {
    audit: Audit,
    address: IpAddr,
    connection: Option<Uuid>,
}

impl Trail {
    /// Of whoever calls from this address; with the id of the connection, where it is or wants to be one.
    pub fn new(audit: Audit, address: IpAddr, connection: Option<Uuid>) -> Self {
        Self {
            audit,
            address,
            connection,
        }
    }

    /// The client's address, as far as proxies are believed.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// A WebSocket was opened.
    pub fn connected(&self, principal: &Principal) {
        self.write(Line::of("connect").by(principal));
    }

    /// A token or ticket was taken.
    pub fn authenticated(&self, principal: &Principal, door: Door, shown: Shown) {
        let line = Line::of("authenticated").by(principal);
        self.write(line.with("door", door.name()).with("way", shown.name()));
    }

    /// Another token has taken the place of one.
    pub fn refreshed(&self, principal: &Principal) {
        self.write(Line::of("refreshed").by(principal));
    }

    /// Somebody was turned away. Each refusal that has to do with who somebody is passes through here, once.
    pub fn denied(&self, principal: &Principal, door: Door, what: Option<&str>, why: Why<'_>) {
        let name = why.name();
        tracing::debug!(door = door.name(), what, why = name, "denied");
        let mut line = Line::of("denied").by(principal).with("door", door.name());
        if let Some(what) = what {
            line = line.with("what", what);
        }
        line = line.with("why", name);
        if let Why::Denied(Denial::Permission(permission)) = why {
            line = line.with("permission", permission);
        }
        let line = || line.from(self.address, self.connection).finish();
        self.audit.write_denial(self.address, line);
    }

    /// What a client is told of a decision; a denial is written down.
    ///
    /// # Errors
    /// It was a denial.
    pub fn tell(
        &self,
        principal: &Principal,
        door: Door,
        what: Option<&str>,
        decision: Result<(), Denial>,
    ) -> Result<(), Refusal> {
        decision.map_err(|denial| {
            self.denied(principal, door, what, Why::Denied(&denial));
            denial.into()
        })
    }

    /// `principal` has revoked what is named, or has itself lost a topic by a token that permits less.
    pub fn revoked(&self, principal: &Principal, what: &str) {
        self.write(Line::of("revoked").by(principal).with("what", what));
    }

    /// A WebSocket has ended.
    pub fn closed(&self, principal: &Principal, code: CloseCode) {
        self.write(Line::of("closed").by(principal).with_code(code.code()));
    }

    fn write(&self, line: Line) {
        self.audit
            .write(|| line.from(self.address, self.connection).finish());
    }
}
