//! Operations and messages, by their wire types.

use std::collections::BTreeSet;

use super::changes::{Changes, is_published};
use super::{Reading, Way, channels, document, prose, rule, schemas};
use crate::model::{Contract, Direction, Message, Operation, OperationKind};
use crate::parse::{At, join};

pub(super) fn compare(old: &Reading, new: &Reading, changes: &mut Changes<'_>) {
    let (from, to) = (&old.contract, &new.contract);
    let mut renamed: Vec<(&str, &str)> = Vec::new();
    for before in &from.operations {
        match successor(from, to, before) {
            Some(after) => {
                operation(old, before, new, after, changes);
                if before.name != after.name {
                    renamed.push((&before.name, &after.name));
                }
                if let (Some(was), Some(is)) = (&before.reply, &after.reply)
                    && was != is
                {
                    renamed.push((was, is));
                }
            }
            // The removal of a family is one change.
            None if of_lost_family(from, before, to) => {}
            None => {
                let sentence = format!("{} is gone", told(before));
                changes.add(rule::OPERATION_REMOVED, path(before), sentence);
            }
        }
    }
    for after in &to.operations {
        let is_new = successor(to, from, after).is_none();
        if is_new && !of_lost_family(to, after, from) {
            let sentence = format!("{} is new", told(after));
            changes.add(rule::OPERATION_ADDED, path(after), sentence);
        }
    }
    let same = old
        .contract
        .messages
        .iter()
        .map(|message| (message.name.as_str(), message.name.as_str()));
    let pairs: BTreeSet<(&str, &str)> = same.chain(renamed).collect();
    for (before, after) in pairs {
        if let (Some(before), Some(after)) = (from.message(before), to.message(after)) {
            message(old, before, new, after, changes);
        }
    }
}

/// What an operation of one contract is in the other: that of the same wire type, or else that of the
/// same key, where each has lost the other.
fn successor<'n>(
    from: &Contract,
    to: &'n Contract,
    operation: &Operation,
) -> Option<&'n Operation> {
    to.operation(&operation.name).or_else(|| {
        let other = to
            .operations
            .iter()
            .find(|other| other.key == operation.key)?;
        from.operation(&other.name).is_none().then_some(other)
    })
}

/// Whether an operation belongs to a family that the other contract does not have.
fn of_lost_family(contract: &Contract, operation: &Operation, other: &Contract) -> bool {
    match operation.kind {
        OperationKind::Subscribe(family)
        | OperationKind::Unsubscribe(family)
        | OperationKind::Update(family)
        | OperationKind::Snapshot(family) => {
            other.family(&contract.families[family].name).is_none()
        }
        OperationKind::Session | OperationKind::Request | OperationKind::Push => false,
    }
}

fn path(operation: &Operation) -> String {
    join("operations", &operation.key)
}

fn is_request(operation: &Operation) -> bool {
    !matches!(
        operation.kind,
        OperationKind::Push | OperationKind::Update(_) | OperationKind::Snapshot(_)
    )
}

fn told(operation: &Operation) -> String {
    let what = if is_request(operation) {
        "request"
    } else {
        "push"
    };
    format!("the {what} `{}`", operation.name)
}

fn operation(
    old: &Reading,
    before: &Operation,
    new: &Reading,
    after: &Operation,
    changes: &mut Changes<'_>,
) {
    let (Some(was), Some(is)) = (old.doc.at(&path(before)), new.doc.at(&path(after))) else {
        return;
    };
    let name = &after.name;
    if before.name != after.name {
        let sentence = format!("{} was `{}`", told(after), before.name);
        changes.add(rule::WIRE_TYPE_CHANGED, is.path.clone(), sentence);
    }
    if before.key != after.key {
        let sentence = format!(
            "`{name}` has the key `{}`, and had `{}`: newly generated clients name their method after it",
            after.key, before.key
        );
        changes.add(rule::OPERATION_RENAMED, is.path.clone(), sentence);
    }
    if is_request(before) != is_request(after) {
        let sentence = format!("`{}` has become {}", before.name, told(after));
        changes.add(rule::ACTION_CHANGED, join(&is.path, "action"), sentence);
    }
    if let (Some(from), Some(to)) = (&before.reply, &after.reply)
        && from != to
    {
        let sentence = format!("`{name}` is answered by `{to}`, and was by `{from}`");
        changes.add(rule::REPLY_CHANGED, join(&is.path, "reply"), sentence);
    }
    let permissions = (before.permissions.as_slice(), after.permissions.as_slice());
    let permissions_path = join(&is.path, "x-permissions");
    channels::permissions(
        permissions,
        &permissions_path,
        &format!("`{name}`"),
        changes,
    );
    document::security((old, &was), (new, &is), changes);
    document::bindings(&was, &is, changes);
    prose::compare((old, &was), (new, &is), changes);
}

fn message(
    old: &Reading,
    before: &Message,
    new: &Reading,
    after: &Message,
    changes: &mut Changes<'_>,
) {
    let (Some(was), Some(is)) = (written(old, before), written(new, after)) else {
        return;
    };
    correlation((old, &was), (new, &is), &after.name, changes);
    document::bindings(&was, &is, changes);
    prose::compare((old, &was), (new, &is), changes);
    if before.direction != after.direction {
        return;
    }
    let way = match after.direction {
        Direction::ClientToServer => Way::Sent,
        Direction::ServerToClient => Way::Received,
    };
    schemas::compare((old, &before.frame), (new, &after.frame), way, changes);
    if is_published(old, &before.name) && is_published(new, &after.name) {
        let (was, is) = (
            (old, before.payload.as_str()),
            (new, after.payload.as_str()),
        );
        schemas::compare(was, is, Way::Sent, changes);
    }
}

fn written<'s>(side: &'s Reading, message: &Message) -> Option<At<'s>> {
    side.doc.at(&join("components/messages", &message.key))
}

fn correlation(
    old: (&Reading, &At<'_>),
    new: (&Reading, &At<'_>),
    name: &str,
    changes: &mut Changes<'_>,
) {
    let (before, after) = (correlation_id(old), correlation_id(new));
    let location = |id: &Option<At<'_>>| Some(id.as_ref()?.text("location")?.to_owned());
    let path = join(&new.1.path, "correlationId");
    match (location(&before), location(&after)) {
        (None, Some(location)) => {
            let sentence = format!("`{name}` has its correlation id at `{location}`");
            changes.add(rule::CORRELATION_ID_ADDED, path, sentence);
        }
        (Some(from), None) => {
            let sentence = format!("`{name}` has no correlation id any more; it was at `{from}`");
            changes.add(rule::CORRELATION_ID_CHANGED, path, sentence);
        }
        (Some(from), Some(to)) if from != to => {
            let sentence =
                format!("`{name}` has its correlation id at `{to}`, and had it at `{from}`");
            changes.add(rule::CORRELATION_ID_CHANGED, path, sentence);
        }
        _ => {}
    }
    if let (Some(before), Some(after)) = (before, after) {
        prose::compare((old.0, &before), (new.0, &after), changes);
    }
}

fn correlation_id<'s>((side, message): (&'s Reading, &At<'s>)) -> Option<At<'s>> {
    side.doc.resolve(&message.get("correlationId")?)
}
