//! Collects changes: where each is in the new document, and who is affected.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Change, Reading, Rule, Way, rule};
use crate::contract::reachable;
use crate::model::{Direction, OperationKind, Source};
use crate::parse::{At, Doc};

pub(super) struct Changes<'a> {
    new: &'a Doc,
    /// Who carries a schema of the new contract.
    carriers: HashMap<(Way, String), BTreeSet<String>>,
    found: Vec<Change>,
    seen: HashSet<(&'static str, Option<Way>, String, String)>,
}

impl<'a> Changes<'a> {
    pub fn new(new: &'a Reading) -> Self {
        Self {
            new: &new.doc,
            carriers: carriers(new),
            found: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// A change at `path`, which may be no longer there.
    pub fn add(&mut self, rule: Rule, path: String, sentence: String) {
        self.put(rule, None, path, sentence);
    }

    /// A change of a schema whose values go one way.
    pub fn add_way(&mut self, rule: Rule, way: Way, path: String, sentence: String) {
        self.put(rule, Some(way), path, sentence);
    }

    fn put(&mut self, rule: Rule, way: Option<Way>, path: String, sentence: String) {
        if !self
            .seen
            .insert((rule.id, way, path.clone(), sentence.clone()))
        {
            return;
        }
        let (line, column) = self.place(&path);
        self.found.push(Change {
            rule: rule.id,
            class: rule.class(way),
            way,
            line,
            column,
            messages: self.messages(way, &path),
            path,
            sentence,
        });
    }

    /// Of a path, or of the nearest thing around it.
    fn place(&self, path: &str) -> (usize, usize) {
        let mut path = path;
        loop {
            if let Some(at) = self.new.at(path) {
                let place = at.place();
                return (place.line, place.column);
            }
            path = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
    }

    fn messages(&self, way: Option<Way>, path: &str) -> Vec<String> {
        let name = path
            .strip_prefix("components/schemas/")
            .and_then(|rest| rest.split('/').next());
        let (Some(way), Some(name)) = (way, name) else {
            return Vec::new();
        };
        let carriers = self.carriers.get(&(way, name.to_owned()));
        carriers.into_iter().flatten().cloned().collect()
    }

    /// Reports the first name that both have and that has moved.
    pub fn order(&mut self, path: &str, old: &[&str], new: &[&str]) {
        let both = |names: &[&str], others: &[&str]| -> Vec<String> {
            let others: HashSet<&str> = others.iter().copied().collect();
            let names = names.iter().filter(|name| others.contains(*name));
            names.map(|name| (*name).to_owned()).collect()
        };
        let (before, after) = (both(old, new), both(new, old));
        if let Some((_, moved)) = before.iter().zip(&after).find(|(a, b)| a != b) {
            let sentence = format!("`{moved}` stands at another place");
            self.add(rule::ORDER, path.to_owned(), sentence);
        }
    }

    /// The order of the members of two mappings.
    pub fn member_order(&mut self, old: &At<'_>, new: &At<'_>) {
        self.order(&new.path, &keys(old), &keys(new));
    }

    pub fn sorted(mut self) -> Vec<Change> {
        self.found.sort_by(|a, b| {
            let key = |change: &Change| (change.class, change.line, change.column, change.rule);
            key(a)
                .cmp(&key(b))
                .then_with(|| a.path.cmp(&b.path))
                .then_with(|| a.way.cmp(&b.way))
                .then_with(|| a.sentence.cmp(&b.sentence))
        });
        self.found
    }
}

fn keys<'a>(at: &At<'a>) -> Vec<&'a str> {
    at.members().into_iter().map(|(key, _)| key).collect()
}

fn carriers(side: &Reading) -> HashMap<(Way, String), BTreeSet<String>> {
    let mut carriers: HashMap<(Way, String), BTreeSet<String>> = HashMap::new();
    for message in &side.contract.messages {
        let mut ways = vec![match message.direction {
            Direction::ClientToServer => Way::Sent,
            Direction::ServerToClient => Way::Received,
        }];
        if is_published(side, &message.name) {
            ways.push(Way::Sent);
        }
        for name in reachable(&side.contract.schemas, &message.frame) {
            for way in &ways {
                let carriers = carriers.entry((*way, name.clone())).or_default();
                carriers.insert(message.name.clone());
            }
        }
    }
    carriers
}

/// Whether clients publish the payload of this message, over HTTP.
pub(super) fn is_published(side: &Reading, wire_type: &str) -> bool {
    let operation = side.contract.operation(wire_type);
    match operation.map(|operation| operation.kind) {
        Some(OperationKind::Update(family) | OperationKind::Snapshot(family)) => {
            side.contract.families[family].source == Source::Publish
        }
        _ => false,
    }
}
