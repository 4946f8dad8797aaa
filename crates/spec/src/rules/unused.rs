//! Components that nothing uses, and messages of a channel that no operation carries.

use std::collections::HashSet;

use crate::parse::{At, Doc, Kind};
use crate::report::{Problems, rule};
use crate::text::nearest;

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let used = reached(doc);
    for (container, components) in doc.members("components") {
        if container.starts_with("x-") {
            continue;
        }
        for (key, component) in components.members() {
            if !used.contains(&component.path) {
                let problem = format!("`{key}` is used nowhere: use it or remove it");
                problems.add_key(&component, rule::UNUSED_COMPONENT, problem);
            }
        }
    }
    for (name, channel) in doc.members("channels") {
        for (key, message) in channel
            .get("messages")
            .map(|at| at.members())
            .unwrap_or_default()
        {
            if !used.contains(&message.path) {
                let problem = format!(
                    "no operation carries `{key}` over the channel `{name}`: add one, or remove the message"
                );
                problems.add_key(&message, rule::UNUSED_COMPONENT, problem);
            }
        }
    }
}

/// Paths of everything that references lead to, beginning outside of `components`.
fn reached(doc: &Doc) -> HashSet<String> {
    let mut used = HashSet::new();
    let mut open: Vec<At<'_>> = Vec::new();
    for (key, member) in doc.root().members() {
        if key != "components" {
            open.push(member);
        }
    }
    while let Some(at) = open.pop() {
        if let Some(target) = at.reference().and_then(|reference| doc.target(reference))
            && used.insert(target.path.clone())
        {
            open.push(target);
        }
        if let Some(meant) = at.reference().and_then(|reference| meant(doc, reference))
            && used.insert(meant.path.clone())
        {
            open.push(meant);
        }
        match at.node.kind {
            Kind::Object(_) => open.extend(at.members().into_iter().map(|(_, member)| member)),
            Kind::Array(_) => open.extend(at.items()),
            _ => {}
        }
    }
    used
}

/// What a dangling reference was probably meant to lead to. It is reported as dangling; that its
/// target is unused follows from that.
fn meant<'a>(doc: &'a Doc, reference: &str) -> Option<At<'a>> {
    if doc.target(reference).is_some() {
        return None;
    }
    let (container, name) = reference.rsplit_once('/')?;
    let members = doc.target(container)?.members();
    let near = nearest(name, members.iter().map(|(name, _)| *name))?;
    members
        .iter()
        .find(|(name, _)| *name == near)
        .map(|(_, at)| at.clone())
}
