//! What one connection takes of the quotas.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::time::Instant;

use super::{Full, Quota, Quotas, TooFast};

/// A connection's part of its address's quota and, once it has a user, of the user's. Given back when
/// dropped.
pub struct Share {
    quotas: Arc<Quotas>,
    address: Arc<Quota>,
    user: Option<Arc<Quota>>,
    /// Whether the connection counts: one that is refused never does.
    connected: bool,
    /// As many as both count for it.
    subscriptions: usize,
}

impl Share {
    /// Of a connection from this address, which does not count yet.
    pub fn new(quotas: &Arc<Quotas>, address: IpAddr) -> Self {
        Self {
            quotas: Arc::clone(quotas),
            address: quotas.of_address(address),
            user: None,
            connected: false,
            subscriptions: 0,
        }
    }

    /// Counts the connection.
    ///
    /// # Errors
    /// The address has as many as it may have.
    pub fn connect(&mut self) -> Result<(), Full> {
        if !self.connected {
            self.address.connect(self.subscriptions)?;
            self.connected = true;
        }
        Ok(())
    }

    /// Counts it, with the subscriptions that it has, for a user too. That stays: a connection does not
    /// become another user's.
    ///
    /// # Errors
    /// The user has as many as they may have. Nothing has changed.
    pub fn join(&mut self, sub: &str) -> Result<(), Full> {
        if self.user.is_none() {
            let user = self.quotas.of_user(sub);
            user.connect(self.subscriptions)?;
            self.user = Some(user);
        }
        Ok(())
    }

    /// Counts a subscription.
    ///
    /// # Errors
    /// There is no room for it; nothing has changed.
    pub fn subscribe(&mut self) -> Result<(), Full> {
        if let Some(user) = &self.user {
            user.subscribe()?;
        }
        if let Err(full) = self.address.subscribe() {
            if let Some(user) = &self.user {
                user.give_back(0, 1);
            }
            return Err(full);
        }
        self.subscriptions += 1;
        Ok(())
    }

    /// There are only so many subscriptions any more.
    pub fn settle(&mut self, subscriptions: usize) {
        let gone = self.subscriptions.saturating_sub(subscriptions);
        self.subscriptions -= gone;
        for quota in self.quotas() {
            quota.give_back(0, gone);
        }
    }

    /// Counts a frame. The user's own are counted first: who is too fast for that takes nothing from
    /// others at the same address.
    ///
    /// # Errors
    /// It came too fast for one of the quotas.
    pub fn frame(&self, now: Instant) -> Result<(), TooFast> {
        if let Some(user) = &self.user {
            user.frame(now)?;
        }
        self.address.frame(now)
    }

    fn quotas(&self) -> impl Iterator<Item = &Quota> {
        [Some(&*self.address), self.user.as_deref()]
            .into_iter()
            .flatten()
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.settle(0);
        if self.connected {
            self.address.give_back(1, 0);
        }
        if let Some(user) = &self.user {
            user.give_back(1, 0);
        }
    }
}
