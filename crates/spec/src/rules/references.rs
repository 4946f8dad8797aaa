//! Where a reference may lead: each place of a document has one container that it takes its
//! references from, such as `components/messages`, or `channels/*/messages`.

use crate::parse::{At, Doc, join, unescape};
use crate::report::{Problems, rule};
use crate::text::nearest;

/// Checks that the reference `at` names a member of `container`, and says nothing else.
pub(crate) fn check(doc: &Doc, at: &At<'_>, container: &str, problems: &mut Problems) {
    siblings(at, problems);
    let (Some(reference), Some(place)) = (at.reference(), at.get("$ref")) else {
        return;
    };
    let Some(path) = reference.strip_prefix("#/") else {
        let problem = format!(
            "`{reference}` leads out of the document: a contract is one file, so {} is expected",
            example(container)
        );
        problems.add(&place, rule::REF_KIND, problem);
        return;
    };
    if !inside(path, container) {
        let problem = match doc.at(path) {
            Some(_) => format!(
                "`{reference}` is of the wrong kind: {} is expected",
                example(container)
            ),
            None => format!(
                "`{reference}` leads nowhere: {} is expected",
                example(container)
            ),
        };
        problems.add(&place, rule::REF_KIND, problem);
    } else if doc.at(path).is_none() {
        let problem = format!("`{reference}` leads nowhere: {}", suggestion(doc, path));
        problems.add(&place, rule::REF_DANGLING, problem);
    }
}

/// Keys beside `$ref`, which most tools ignore.
fn siblings(at: &At<'_>, problems: &mut Problems) {
    for (name, member) in at.members() {
        if name != "$ref" {
            let problem = format!(
                "`{name}` beside `$ref` is ignored by most tools: move it to what is referred to"
            );
            problems.add_key(&member, rule::REF_SIBLINGS, problem);
        }
    }
}

/// `a reference such as …`
pub(crate) fn example(container: &str) -> String {
    format!("a reference such as `#/{}/…`", container.replace('*', "…"))
}

fn inside(path: &str, container: &str) -> bool {
    let (steps, expected): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), container.split('/').collect());
    steps.len() == expected.len() + 1
        && steps
            .iter()
            .zip(&expected)
            .all(|(step, expected)| *expected == "*" || step == expected)
}

/// The nearest reference that would lead somewhere: the first step that fails is replaced.
fn suggestion(doc: &Doc, path: &str) -> String {
    let mut at = doc.root();
    for step in path.split('/') {
        let name = unescape(step);
        if let Some(next) = at.get(&name) {
            at = next;
            continue;
        }
        let members = at.members();
        return match nearest(&name, members.iter().map(|(member, _)| *member)) {
            Some(near) => format!("did you mean `#/{}`?", join(&at.path, near)),
            None => format!("`#/{}` has no `{name}`", at.path),
        };
    }
    String::new()
}
