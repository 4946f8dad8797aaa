//! What is kept of a stream, for those who join, resume or are behind.

use std::collections::VecDeque;
use std::sync::Arc;

use tickwire_spec::Retention as Limits;

use crate::delivery::Publication;
use crate::wire::{Encoding, PublicationKind};

/// A base that is smaller counts as this large when it is decided whether to replace it.
const LEAST_BASE_BYTES: usize = 2 * 1024;

/// The newest publications, and a snapshot where they are changes.
#[derive(Debug)]
pub(super) struct Retention {
    /// Without a gap up to the newest.
    kept: VecDeque<Arc<Publication>>,
    kept_bytes: usize,
    limits: Limits,
    /// The newest snapshot. All updates after it are kept, whatever their number.
    base: Option<Arc<Publication>>,
    /// Bytes of the updates after the base.
    changed_bytes: usize,
}

impl Retention {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            kept: VecDeque::new(),
            kept_bytes: 0,
            limits,
            base: None,
            changed_bytes: 0,
        }
    }

    /// How many of the newest publications are kept.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn keep(&mut self, publication: Arc<Publication>) {
        let length = plain_len(&publication);
        match publication.kind {
            PublicationKind::Update => self.changed_bytes += length,
            PublicationKind::Snapshot => self.begin_with(Arc::clone(&publication)),
        }
        self.kept_bytes += length;
        self.kept.push_back(publication);
        self.trim();
    }

    /// Takes a snapshot that is no publication of its own.
    pub(super) fn rebase(&mut self, snapshot: Arc<Publication>) {
        self.begin_with(snapshot);
        self.trim();
    }

    pub(super) fn clear(&mut self) {
        self.kept.clear();
        self.kept_bytes = 0;
        self.forget_base();
    }

    pub(super) fn forget_base(&mut self) {
        self.base = None;
        self.changed_bytes = 0;
    }

    /// Whether there is nothing that a change could be applied to, or too much has changed since.
    pub(super) fn needs_snapshot(&self) -> bool {
        self.base.is_none() || self.changed_bytes > self.limits.bytes
    }

    /// Whether a newer snapshot would spare those who join much that has changed since the base.
    /// Encoding one for every two of its lengths costs half as much again as the changes.
    pub(super) fn wants_base(&self) -> bool {
        let length = self.base.as_ref().map_or(0, |base| plain_len(base));
        let enough = 2 * length.max(LEAST_BASE_BYTES);
        self.changed_bytes > enough.min(self.limits.bytes)
    }

    /// The newest publications, so many of those that are kept.
    pub(super) fn newest(&self, count: usize) -> Replay<'_> {
        self.replay(None, count)
    }

    /// The base, and what has changed since; nothing while there is none: the next publication is a
    /// snapshot then.
    pub(super) fn state(&self) -> Replay<'_> {
        self.replay(self.base.as_ref(), self.changes())
    }

    /// What leads on from a position, if that is known: as [`Self::state`] where it lies before the base.
    pub(super) fn lead(&self, position: Option<u64>) -> Replay<'_> {
        let newest = self.kept.back().map_or(0, |newest| newest.seq);
        match (&self.base, position) {
            (Some(base), Some(seen)) if seen >= base.seq => {
                let missed = newest.saturating_sub(seen);
                self.newest(usize::try_from(missed).unwrap_or(usize::MAX))
            }
            _ => self.state(),
        }
    }

    /// How many of the `count` newest publications fit into this many bytes.
    pub(super) fn newest_within(
        &self,
        count: usize,
        mut bytes: usize,
        encoding: Encoding,
    ) -> usize {
        let newest = self.kept.iter().rev().take(count);
        let fitting = newest.take_while(|publication| {
            let length = publication.frame.encoded(encoding).len();
            let fits = length <= bytes;
            bytes = bytes.saturating_sub(length);
            fits
        });
        fitting.count()
    }

    fn replay<'a>(&'a self, base: Option<&'a Arc<Publication>>, count: usize) -> Replay<'a> {
        let begin = self.kept.len().saturating_sub(count);
        base.into_iter().chain(self.kept.range(begin..))
    }

    fn begin_with(&mut self, snapshot: Arc<Publication>) {
        self.base = Some(snapshot);
        self.changed_bytes = 0;
    }

    /// How many updates came after the base.
    fn changes(&self) -> usize {
        match (&self.base, self.kept.back()) {
            (Some(base), Some(newest)) => {
                usize::try_from(newest.seq.saturating_sub(base.seq)).unwrap_or(usize::MAX)
            }
            _ => 0,
        }
    }

    fn trim(&mut self) {
        let changes = self.changes();
        while (self.kept.len() > self.limits.replay || self.kept_bytes > self.limits.bytes)
            && self.kept.len() > changes
        {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.kept_bytes -= plain_len(&oldest);
        }
    }
}

/// Publications in their order, perhaps with a snapshot before them.
pub(super) type Replay<'a> = std::iter::Chain<
    std::option::IntoIter<&'a Arc<Publication>>,
    std::collections::vec_deque::Iter<'a, Arc<Publication>>,
>;

/// Whatever encodings its subscribers speak, an update counts by its plain one.
fn plain_len(publication: &Publication) -> usize {
    publication.frame.encoded(Encoding::default()).len()
}
