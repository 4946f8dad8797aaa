//! The connections that are no WebSockets, or not yet: how many there may be, and who gives way.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::edge::Arrival;
use crate::metrics::HttpMetrics;
use crate::quota::network;

/// How long a guest that has not asked anything so far has to have been silent before it makes room. When
/// thousands come back at the same moment, what they have sent may not have been read yet.
const GRACE: Duration = Duration::from_secs(1);

/// How long the one that was asked to leave may take, before another is asked, too.
const PATIENCE: Duration = Duration::from_millis(100);

/// In place of a time: the guest does not wait for a request, it has one.
const BUSY: u64 = u64::MAX;

/// The register of guests. When it is full, one of the address that has most of them makes room for the
/// next, the one that has said nothing for the longest time: so neither many clients that begin a handshake
/// and do not end it keep anybody out, nor those of one address that ask on and on.
pub(super) struct Guests {
    max: usize,
    /// Times are counted in milliseconds from here, so that one fits an atomic.
    epoch: Instant,
    present: Mutex<Present>,
    /// Whether somebody waits for room.
    wanted: AtomicBool,
    room: Notify,
    metrics: Arc<HttpMetrics>,
}

#[derive(Default)]
struct Present {
    guests: HashMap<u64, Arc<Moment>>,
    next: u64,
    /// How many of them have been asked to leave, and when that was the last time.
    leaving: usize,
    asked_at: Option<Instant>,
}

/// A place in the register, given back when dropped. The request for an upgrade carries its guest.
pub(super) struct Guest {
    guests: Arc<Guests>,
    number: u64,
    moment: Arc<Moment>,
    /// How it came here.
    pub(super) arrival: Arrival,
}

/// What a guest does at the moment.
struct Moment {
    /// Where it comes from.
    network: IpAddr,
    /// Since when it is awaited what the guest has to say, or [`BUSY`].
    waiting_since: AtomicU64,
    /// Whether it has sent a request's header so far.
    asked: AtomicBool,
    /// Whether it has been asked to leave.
    leaving: AtomicBool,
    dismissed: Notify,
}

impl Guests {
    /// A register for at most `max`.
    pub(super) fn new(max: usize, metrics: &Arc<HttpMetrics>) -> Arc<Self> {
        metrics.limit.set(max);
        Arc::new(Self {
            metrics: Arc::clone(metrics),
            max,
            epoch: Instant::now(),
            present: Mutex::default(),
            wanted: AtomicBool::new(false),
            room: Notify::new(),
        })
    }

    /// Enters a guest as soon as there is room. Cancel safe.
    pub(super) async fn enter(self: &Arc<Self>, arrival: Arrival) -> Arc<Guest> {
        loop {
            if let Some(guest) = self.try_enter(arrival) {
                self.wanted.store(false, Ordering::SeqCst);
                return guest;
            }
            // Before it is looked who waits, so that nobody begins to in between unseen.
            self.wanted.store(true, Ordering::SeqCst);
            let room = self.room.notified();
            match self.make_room() {
                None => room.await,
                // Whether there is room by then or somebody may be asked to leave: look again.
                Some(later) => tokio::time::timeout_at(later, room).await.unwrap_or(()),
            }
        }
    }

    fn try_enter(self: &Arc<Self>, arrival: Arrival) -> Option<Arc<Guest>> {
        let moment = Arc::new(Moment {
            network: network(arrival.peer.ip()),
            waiting_since: AtomicU64::new(self.now()),
            asked: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
            dismissed: Notify::new(),
        });
        let mut present = self.lock();
        if present.guests.len() >= self.max {
            return None;
        }
        let number = present.next;
        present.next += 1;
        present.guests.insert(number, Arc::clone(&moment));
        self.metrics.open.add(1);
        Some(Arc::new(Guest {
            guests: Arc::clone(self),
            number,
            moment,
            arrival,
        }))
    }

    /// Asks a guest to leave, unless one is about to: of the address that has most, the one that has said
    /// nothing for the longest time. Nobody is asked who is being answered: that takes a bounded time.
    /// Returns when to look again, if not only when something happens.
    pub(super) fn make_room(&self) -> Option<Instant> {
        let mut present = self.lock();
        let now = Instant::now();
        if present.leaving > 0 {
            let enough = present.asked_at? + PATIENCE;
            if now < enough {
                return Some(enough);
            }
        }
        let mut crowd: HashMap<IpAddr, usize> = HashMap::new();
        let staying = || {
            let guests = present.guests.iter();
            guests.filter(|(_, moment)| !moment.leaving.load(Ordering::Relaxed))
        };
        for (_, moment) in staying() {
            *crowd.entry(moment.network).or_default() += 1;
        }
        let most = crowd.values().copied().max()?;
        let candidates = staying().filter(|(_, moment)| crowd[&moment.network] == most);
        let (enough, _, moment) = candidates
            .filter_map(|(number, moment)| Some((self.dismissible_at(moment)?, number, moment)))
            .min_by_key(|(at, number, _)| (*at, *number))?;
        if now < enough {
            return Some(enough);
        }
        moment.leaving.store(true, Ordering::Relaxed);
        moment.dismissed.notify_one();
        present.leaving += 1;
        present.asked_at = Some(now);
        Some(now + PATIENCE)
    }

    /// From when on a guest may be asked to leave.
    fn dismissible_at(&self, moment: &Moment) -> Option<Instant> {
        let since = moment.waiting_since.load(Ordering::SeqCst);
        let grace = match moment.asked.load(Ordering::Relaxed) {
            // It gets the answer that it has not taken yet.
            true => Duration::ZERO,
            false => GRACE,
        };
        (since != BUSY).then(|| self.epoch + Duration::from_millis(since) + grace)
    }

    /// How many there are.
    #[cfg(test)]
    fn count(&self) -> usize {
        self.lock().guests.len()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(BUSY - 1)
    }

    fn lock(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// It has sent the header of a request, and has more to send.
    pub(super) fn begins(&self) {
        self.moment.asked.store(true, Ordering::Relaxed);
        self.waits();
    }

    /// It has sent a request, and is being answered.
    pub(super) fn asks(&self) {
        self.moment.asked.store(true, Ordering::Relaxed);
        self.moment.waiting_since.store(BUSY, Ordering::SeqCst);
    }

    /// Its request has an answer: what comes next is up to the guest, beginning with taking that.
    pub(super) fn waits(&self) {
        let now = self.guests.now();
        self.moment.waiting_since.store(now, Ordering::SeqCst);
        if self.guests.wanted.load(Ordering::SeqCst) {
            self.guests.room.notify_one();
        }
    }

    /// What is counted of all guests.
    pub(super) fn metrics(&self) -> &HttpMetrics {
        &self.guests.metrics
    }

    /// Whether it has sent a request's header.
    pub(super) fn has_asked(&self) -> bool {
        self.moment.asked.load(Ordering::Relaxed)
    }

    /// Since when it is awaited what the guest has to say; `None` while it is answered.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        match self.moment.waiting_since.load(Ordering::SeqCst) {
            BUSY => None,
            since => Some(self.guests.epoch + Duration::from_millis(since)),
        }
    }

    /// Waits until the guest has to make room for another. Cancel safe.
    pub(super) async fn dismissed(&self) {
        self.moment.dismissed.notified().await;
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut present = self.guests.lock();
        present.guests.remove(&self.number);
        self.guests.metrics.open.add(-1);
        if self.moment.leaving.load(Ordering::Relaxed) {
            present.leaving -= 1;
        }
        drop(present);
        self.guests.room.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use futures_util::FutureExt;

    use super::*;

    fn arrival() -> Arrival {
        from(1)
    }

    /// From one of several addresses.
    fn from(address: u8) -> Arrival {
        Arrival {
            peer: SocketAddr::from(([127, 0, 0, address], 1)),
            local: SocketAddr::from(([127, 0, 0, 1], 2)),
            encrypted: false,
        }
    }

    fn dismissed<'a>(guests: impl IntoIterator<Item = &'a Arc<Guest>>) -> Vec<bool> {
        let is_dismissed = |guest: &Arc<Guest>| guest.dismissed().now_or_never().is_some();
        guests.into_iter().map(is_dismissed).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_silent_makes_room() {
        let guests = Guests::new(3, &Arc::default());
        let mut present = Vec::new();
        for _ in 0..3 {
            present.push(guests.enter(arrival()).await);
            tokio::time::advance(GRACE).await;
        }
        // The first is being answered, the second has been, so the third is silent for longest.
        present[0].asks();
        present[1].asks();
        tokio::time::advance(GRACE).await;
        present[1].waits();
        let mut next = Box::pin(guests.enter(arrival()));
        assert!((&mut next).now_or_never().is_none(), "there is no room");
        assert_eq!(dismissed(&present), [false, false, true]);
        drop(present.pop());
        let fourth = next.await;
        assert_eq!(guests.count(), 3);

        // Nobody is interrupted; who has an answer makes room at once.
        present[1].asks();
        fourth.asks();
        let mut next = Box::pin(guests.enter(arrival()));
        assert!((&mut next).now_or_never().is_none());
        tokio::time::advance(GRACE).await;
        assert!((&mut next).now_or_never().is_none());
        let all = || present.iter().chain([&fourth]);
        assert_eq!(dismissed(all()), [false; 3]);
        fourth.waits();
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed(all()), [false, false, true]);
        // One that leaves is enough, unless it takes its time.
        present[0].waits();
        tokio::time::advance(PATIENCE / 2).await;
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed(all()), [false; 3]);
        tokio::time::advance(PATIENCE / 2).await;
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed(all()), [true, false, false]);
        drop(fourth);
        next.await;
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_said_nothing_yet_has_a_moment_for_it() {
        let guests = Guests::new(1, &Arc::default());
        let guest = guests.enter(arrival()).await;
        let mut next = Box::pin(guests.enter(arrival()));
        assert!((&mut next).now_or_never().is_none());
        tokio::time::advance(GRACE / 2).await;
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed([&guest]), [false]);
        tokio::time::advance(GRACE / 2).await;
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed([&guest]), [true]);
    }

    /// However often those of one address ask, it is they who make room, for others and for each other.
    #[tokio::test(start_paused = true)]
    async fn the_address_that_has_most_makes_room() {
        let guests = Guests::new(4, &Arc::default());
        let quiet = guests.enter(from(2)).await;
        quiet.asks();
        quiet.waits();
        let mut crowd = Vec::new();
        for _ in 0..3 {
            tokio::time::advance(GRACE).await;
            let guest = guests.enter(from(1)).await;
            guest.asks();
            guest.waits();
            crowd.push(guest);
        }
        let mut next = Box::pin(guests.enter(from(3)));
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed([&quiet, &crowd[0]]), [false, true]);
        drop(crowd.remove(0));
        let other = next.await;
        let mut next = Box::pin(guests.enter(from(1)));
        assert!((&mut next).now_or_never().is_none());
        assert_eq!(dismissed([&quiet, &other, &crowd[0]]), [false, false, true]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_guest_waits_from_its_arrival_and_from_each_answer() {
        let guests = Guests::new(1, &Arc::default());
        let begin = Instant::now();
        let guest = guests.enter(arrival()).await;
        assert_eq!(
            (guest.has_asked(), guest.waiting_since()),
            (false, Some(begin))
        );
        guest.asks();
        assert_eq!((guest.has_asked(), guest.waiting_since()), (true, None));
        tokio::time::advance(Duration::from_secs(1)).await;
        guest.waits();
        assert_eq!(guest.waiting_since(), Some(begin + Duration::from_secs(1)));
    }
}
