//! What waits for the reader of a subscription: bounded, and what is left out is said.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use serde_json::Value;

use super::contract::{Delivery, Topic};
use super::notice::{Event, Notice, Update};

/// The end that the client's task fills, whatever the subscriber's type.
pub(super) trait Mailbox: Send + Sync {
    /// The topic is subscribed to.
    fn confirm(&self);
    /// An update; fails if it is not of the topic's type.
    fn update(&self, wire_type: &str, seq: u64, payload: &Value) -> Result<(), serde_json::Error>;
    /// A notice.
    fn notify(&self, notice: &Notice);
}

/// The mailbox of a subscription.
pub(super) struct Buffer<T: Topic> {
    capacity: usize,
    state: Mutex<State<T::Item>>,
}

struct State<T> {
    events: VecDeque<Event<T>>,
    /// The readers that wait: for events, and for the confirmation.
    wakers: Vec<Waker>,
    confirmed: bool,
    /// The notice after which nothing follows.
    last: Option<Notice>,
    /// Changes were dropped, so those that come mean nothing until the next snapshot.
    lost_state: bool,
}

/// Whether a subscription has begun.
pub(super) enum Begun {
    /// Not yet.
    No,
    /// It has.
    Yes,
    /// It never will.
    Over(Notice),
}

impl<T: Topic> Buffer<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            state: Mutex::new(State {
                events: VecDeque::new(),
                wakers: Vec::new(),
                confirmed: false,
                last: None,
                lost_state: false,
            }),
        }
    }

    /// The next event; none when nothing can follow.
    pub(super) fn poll_next(&self, context: &Context<'_>) -> Poll<Option<Event<T::Item>>> {
        let mut state = self.lock();
        match state.events.pop_front() {
            Some(event) => Poll::Ready(Some(event)),
            None if state.last.is_some() => Poll::Ready(None),
            None => {
                state.wakers.push(context.waker().clone());
                Poll::Pending
            }
        }
    }

    pub(super) fn poll_begun(&self, context: &Context<'_>) -> Begun {
        let mut state = self.lock();
        match &state.last {
            _ if state.confirmed => Begun::Yes,
            Some(notice) => Begun::Over(notice.clone()),
            None => {
                state.wakers.push(context.waker().clone());
                Begun::No
            }
        }
    }

    /// A panic elsewhere leaves at worst an event too few here.
    fn lock(&self) -> MutexGuard<'_, State<T::Item>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes room for one more event, as the topic's delivery class allows.
    fn make_room(&self, state: &mut State<T::Item>) {
        if state.events.len() < self.capacity {
            return;
        }
        if T::FAMILY.delivery == Delivery::Latest {
            state.events.pop_front();
            return;
        }
        // What is dropped is dropped in one piece, so that one notice says it.
        let mut lost: Option<(u64, u64)> = None;
        for event in state.events.drain(..) {
            let (from, to) = match event {
                Event::Update(update) => (update.seq, update.seq),
                Event::Notice(Notice::Lost { from, to }) => (from, to),
                Event::Notice(_) => continue,
            };
            lost = Some(lost.map_or((from, to), |(first, _)| (first, to)));
        }
        if let Some((from, to)) = lost {
            state.lost_state = T::FAMILY.delivery == Delivery::Delta;
            state
                .events
                .push_back(Event::Notice(Notice::Lost { from, to }));
        }
    }

    fn push(&self, state: &mut State<T::Item>, event: Event<T::Item>) {
        self.make_room(state);
        state.events.push_back(event);
        state.wakers.drain(..).for_each(Waker::wake);
    }
}

impl<T: Topic> Mailbox for Buffer<T> {
    fn confirm(&self) {
        let mut state = self.lock();
        state.confirmed = true;
        state.wakers.drain(..).for_each(Waker::wake);
    }

    fn update(&self, wire_type: &str, seq: u64, payload: &Value) -> Result<(), serde_json::Error> {
        let payload = T::read(wire_type, payload)?;
        let mut state = self.lock();
        if T::FAMILY.snapshot == Some(wire_type) {
            state.lost_state = false;
        }
        self.make_room(&mut state);
        if state.lost_state {
            if let Some(Event::Notice(Notice::Lost { to, .. })) = state.events.back_mut() {
                *to = seq;
            }
            return Ok(());
        }
        let update = Update {
            wire_type: wire_type.to_owned(),
            seq,
            payload,
        };
        self.push(&mut state, Event::Update(update));
        Ok(())
    }

    fn notify(&self, notice: &Notice) {
        let mut state = self.lock();
        if notice.is_final() {
            state.last = Some(notice.clone());
        }
        self.push(&mut state, Event::Notice(notice.clone()));
    }
}
