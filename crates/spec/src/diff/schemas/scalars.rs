//! What a text, a number or a list may be: more than before, less, or something else.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{OpenLists, Pair, became};
use crate::diff::{Rule, rule};
use crate::parse::At;
use crate::validate::validator;

/// The rules for what became less and for what became more.
type Narrowed = Rule;
type Widened = Rule;

pub(super) fn text(pair: &mut Pair<'_, '_, '_>, lists: &OpenLists) {
    let (from, to) = pair.values("enum");
    match (from, to) {
        (Some(Value::Array(from)), Some(Value::Array(to))) => {
            enumeration(pair, &from, &to, lists.rules(pair.way, &pair.new.path));
        }
        // Patterns and lengths never stand beside an enum, so it says all.
        (None, Some(Value::Array(to))) => {
            let rule = if all_fit(&to, pair.old) {
                rule::ENUM_ADDED
            } else {
                rule::TYPE_CHANGED
            };
            pair.add(rule, "enum", "only listed values are left of a free text");
        }
        (Some(Value::Array(from)), None) => {
            let rule = if all_fit(&from, pair.new) {
                rule::ENUM_REMOVED
            } else {
                rule::TYPE_CHANGED
            };
            pair.add(
                rule,
                "enum",
                "a free text has taken the place of listed values",
            );
        }
        _ => {
            lengths(
                pair,
                ("minLength", "maxLength"),
                (rule::LENGTH_NARROWED, rule::LENGTH_WIDENED),
            );
            let rules = (
                rule::PATTERN_ADDED,
                rule::PATTERN_REMOVED,
                rule::PATTERN_CHANGED,
            );
            keyword(pair, "pattern", rules);
            let rules = (
                rule::FORMAT_ADDED,
                rule::FORMAT_REMOVED,
                rule::FORMAT_CHANGED,
            );
            keyword(pair, "format", rules);
        }
    }
}

fn enumeration(
    pair: &mut Pair<'_, '_, '_>,
    from: &[Value],
    to: &[Value],
    (added, removed): (Rule, Rule),
) {
    for value in to.iter().filter(|value| !from.contains(value)) {
        pair.add(added, "enum", &format!("{value} is new among the values"));
    }
    for value in from.iter().filter(|value| !to.contains(value)) {
        pair.add(removed, "enum", &format!("{value} is gone from the values"));
    }
    fn texts(values: &[Value]) -> Vec<&str> {
        values.iter().filter_map(Value::as_str).collect()
    }
    let path = format!("{}/enum", pair.new.path);
    pair.changes.order(&path, &texts(from), &texts(to));
}

/// Whether each of the listed values satisfies a schema of free texts.
fn all_fit(values: &[Value], schema: &At<'_>) -> bool {
    validator(&schema.to_value())
        .is_ok_and(|schema| values.iter().all(|value| schema.is_valid(value)))
}

/// A keyword that allows less when it is there.
fn keyword(
    pair: &mut Pair<'_, '_, '_>,
    keyword: &str,
    (added, removed, changed): (Rule, Rule, Rule),
) {
    let (from, to) = pair.values(keyword);
    let rule = match (&from, &to) {
        (None, Some(_)) => added,
        (Some(_), None) => removed,
        (Some(from), Some(to)) if from != to => changed,
        _ => return,
    };
    pair.add(rule, keyword, &became(keyword, from.as_ref(), to.as_ref()));
}

pub(super) fn items(pair: &mut Pair<'_, '_, '_>) {
    let rules = (rule::ITEMS_NARROWED, rule::ITEMS_WIDENED);
    lengths(pair, ("minItems", "maxItems"), rules);
    let differ = |value: Option<Value>| value == Some(Value::Bool(true));
    let (from, to) = pair.values("uniqueItems");
    match (differ(from), differ(to)) {
        (false, true) => pair.add(
            rules.0,
            "uniqueItems",
            "items have to differ from each other",
        ),
        (true, false) => pair.add(rules.1, "uniqueItems", "items may repeat"),
        _ => {}
    }
}

/// A least and a greatest count. None at all is the same as 0 at least.
fn lengths(
    pair: &mut Pair<'_, '_, '_>,
    (least, most): (&str, &str),
    (narrowed, widened): (Narrowed, Widened),
) {
    let count = |value: &Option<Value>| value.as_ref().and_then(Value::as_u64);
    let (from, to) = pair.values(least);
    let change = count(&to).unwrap_or(0).cmp(&count(&from).unwrap_or(0));
    bound(pair, least, change, (from, to), (narrowed, widened));
    let (from, to) = pair.values(most);
    let change = count(&from)
        .unwrap_or(u64::MAX)
        .cmp(&count(&to).unwrap_or(u64::MAX));
    bound(pair, most, change, (from, to), (narrowed, widened));
}

/// Reports a bound that allows less (`Greater`) or more (`Less`) than before.
fn bound(
    pair: &mut Pair<'_, '_, '_>,
    keyword: &str,
    change: Ordering,
    (from, to): (Option<Value>, Option<Value>),
    (narrowed, widened): (Narrowed, Widened),
) {
    let rule = match change {
        Ordering::Greater => narrowed,
        Ordering::Less => widened,
        Ordering::Equal => return,
    };
    pair.add(rule, keyword, &became(keyword, from.as_ref(), to.as_ref()));
}

pub(super) fn number(pair: &mut Pair<'_, '_, '_>) {
    let whole = |at: &At<'_>| at.text("type") == Some("integer");
    let both_whole = whole(pair.old) && whole(pair.new);
    if whole(pair.old) == whole(pair.new) {
        formats(pair);
    }
    let rules = (rule::RANGE_NARROWED, rule::RANGE_WIDENED);
    for (inclusive, exclusive, side) in [
        ("minimum", "exclusiveMinimum", Edge::Low),
        ("maximum", "exclusiveMaximum", Edge::High),
    ] {
        let of = |at: &At<'_>| {
            let written = [(exclusive, true), (inclusive, false)];
            let found = written
                .into_iter()
                .find_map(|(keyword, open)| Some((keyword, at.get(keyword)?.to_value(), open)));
            found.map(|(keyword, value, open)| {
                (keyword, Limit::new(&value, open, side, both_whole), value)
            })
        };
        let (from, to) = (of(pair.old), of(pair.new));
        let limit = |limit: &Option<(_, Limit, Value)>| limit.as_ref().map(|(_, limit, _)| *limit);
        let change = side.compare(limit(&to), limit(&from));
        let keyword = to
            .as_ref()
            .or(from.as_ref())
            .map_or(inclusive, |(keyword, ..)| *keyword);
        let before = from.as_ref().map(|(was, _, value)| (*was, value.clone()));
        let sentence = match (&before, &to) {
            // `exclusiveMinimum` may have taken the place of `minimum`.
            (Some((was, value)), Some((is, _, to))) if was != is => {
                format!("`{is}` is {to}, and `{was}` was {value}")
            }
            _ => became(
                keyword,
                before.as_ref().map(|(_, value)| value),
                to.as_ref().map(|(_, _, value)| value),
            ),
        };
        match change {
            Ordering::Greater => pair.add(rules.0, keyword, &sentence),
            Ordering::Less => pair.add(rules.1, keyword, &sentence),
            Ordering::Equal => {}
        }
    }
}

/// A format of numbers is its type in other languages.
fn formats(pair: &mut Pair<'_, '_, '_>) {
    let (from, to) = pair.values("format");
    let span = |format: &Option<Value>| match format.as_ref().and_then(Value::as_str) {
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some("uint32") => (0, i128::from(u32::MAX)),
        Some("int64") => (i128::from(i64::MIN), i128::from(i64::MAX)),
        Some("uint64") => (0, i128::from(u64::MAX)),
        Some("float") => (-1, 1),
        // `double`, which a number is without a format.
        _ => (-2, 2),
    };
    let (before, after) = (span(&from), span(&to));
    let within =
        |inner: (i128, i128), outer: (i128, i128)| outer.0 <= inner.0 && inner.1 <= outer.1;
    let rule = match (within(before, after), within(after, before)) {
        (true, true) => return,
        (true, false) => rule::TYPE_WIDENED,
        (false, true) => rule::TYPE_NARROWED,
        (false, false) => rule::FORMAT_CHANGED,
    };
    pair.add(
        rule,
        "format",
        &became("format", from.as_ref(), to.as_ref()),
    );
}

/// Which end of a range.
#[derive(Clone, Copy)]
enum Edge {
    Low,
    High,
}

/// An end of a range, its place and whether that belongs to it.
#[derive(Clone, Copy)]
enum Limit {
    Whole(i128),
    Real { at: f64, open: bool },
}

impl Limit {
    /// Of whole numbers an open end is a closed one beside it: above 0 is from 1.
    fn new(value: &Value, open: bool, edge: Edge, whole: bool) -> Self {
        let at = value.as_f64().unwrap_or_default();
        if !whole {
            return Self::Real { at, open };
        }
        let exact = value.as_number().and_then(Number::as_i128);
        Self::Whole(match edge {
            Edge::Low if open => exact.unwrap_or(at.floor() as i128) + 1,
            Edge::Low => exact.unwrap_or(at.ceil() as i128),
            Edge::High if open => exact.unwrap_or(at.ceil() as i128) - 1,
            Edge::High => exact.unwrap_or(at.floor() as i128),
        })
    }
}

impl Edge {
    /// `Greater` when the first limit keeps more out than the second; none keeps nothing out.
    fn compare(self, first: Option<Limit>, second: Option<Limit>) -> Ordering {
        let (Some(first), Some(second)) = (first, second) else {
            return first.is_some().cmp(&second.is_some());
        };
        let (place, open) = match (first, second) {
            (Limit::Whole(first), Limit::Whole(second)) => (first.cmp(&second), Ordering::Equal),
            (
                Limit::Real { at: first, open },
                Limit::Real {
                    at: second,
                    open: other,
                },
            ) => (first.total_cmp(&second), open.cmp(&other)),
            // Both are made in one comparison.
            _ => (Ordering::Equal, Ordering::Equal),
        };
        match self {
            Self::Low => place.then(open),
            Self::High => place.reverse().then(open),
        }
    }
}
