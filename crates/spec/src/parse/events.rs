//! Builds the tree from the parser's events, on an explicit stack and within bounds.
//!
//! The text comes from anywhere (`tickwire serve --spec`), so depth, size and what aliases expand
//! to are limited, and nothing recurses over the input.

use std::collections::HashMap;

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::node::{Entry, Kind, Node, Place, join};
use super::open::{Items, Open, merged, path};
use super::scalar;
use crate::report::{Problems, rule};

/// Larger than any contract that a person wrote; the parser is slow on garbage of this size.
const MAX_BYTES: usize = 4 << 20;
/// The deepest part of a real contract is about 15 levels down.
const MAX_DEPTH: usize = 64;
/// Bounds what aliases can blow a small text up to.
const MAX_NODES: usize = 500_000;

/// Parses one document. `None` when there is no tree to check; problems are reported either way.
pub(crate) fn parse(text: &str, problems: &mut Problems) -> Option<Node> {
    if text.len() > MAX_BYTES {
        let problem = format!(
            "the document has {} bytes: at most {MAX_BYTES} are read",
            text.len()
        );
        problems.add_at(String::new(), START, rule::YAML_LIMIT, problem);
        return None;
    }
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let mark = error.marker();
                let place = Place {
                    line: mark.line(),
                    column: mark.col() + 1,
                };
                let problem = format!("not YAML: {}", error.info());
                problems.add_at(builder.path(), place, rule::YAML_SYNTAX, problem);
                return None;
            }
        };
        if builder.event(event, place(span), problems).is_err() {
            return None;
        }
    }
    if builder.root.is_none() {
        let problem = "the document is empty: it should begin with `asyncapi: 3.0.0`".to_owned();
        problems.add_at(String::new(), START, rule::YAML_DOCUMENTS, problem);
    }
    builder.root
}

const START: Place = Place { line: 1, column: 1 };

fn place(span: Span) -> Place {
    Place {
        line: span.start.line(),
        column: span.start.col() + 1,
    }
}

/// Reading can't go on; what was wrong has been reported.
struct Stop;

/// A value that aliases can repeat, and what a repetition costs.
struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

#[derive(Default)]
struct Builder {
    stack: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    nodes: usize,
    documents: usize,
    root: Option<Node>,
}

impl Builder {
    fn event(
        &mut self,
        event: Event<'_>,
        place: Place,
        problems: &mut Problems,
    ) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let problem =
                        "a second document begins here: a contract is one document".to_owned();
                    problems.add_at(String::new(), place, rule::YAML_DOCUMENTS, problem);
                    return Err(Stop);
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(tag) = tag {
                    self.tag(&tag.to_string(), place, problems);
                }
                if self.wants_key() {
                    return self.key(&text, style, place, problems);
                }
                let kind = match style {
                    ScalarStyle::Plain => scalar::plain(&text).unwrap_or_else(|problem| {
                        problems.add_at(self.path(), place, rule::YAML_VALUE, problem);
                        Kind::String(text.into_owned())
                    }),
                    _ => Kind::String(text.into_owned()),
                };
                self.count(1, 1, place, problems)?;
                self.value(Node { place, kind }, anchor, 1, 1, problems);
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(
                    tag.map(|t| t.to_string()),
                    anchor,
                    place,
                    Items::Array(Vec::new()),
                    problems,
                )?;
            }
            Event::MappingStart(anchor, tag) => {
                let items = Items::Object {
                    members: IndexMap::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open(tag.map(|t| t.to_string()), anchor, place, items, problems)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(problems),
            Event::Alias(id) => return self.alias(id, place, problems),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn tag(&self, tag: &str, place: Place, problems: &mut Problems) {
        let problem = format!(
            "the tag `{tag}` has no place in JSON: remove it, and quote the value if it should be a string"
        );
        problems.add_at(self.path(), place, rule::YAML_VALUE, problem);
    }

    fn wants_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Open {
                items: Items::Object { key: None, .. },
                ..
            })
        )
    }

    fn key(
        &mut self,
        text: &str,
        style: ScalarStyle,
        place: Place,
        problems: &mut Problems,
    ) -> Result<(), Stop> {
        self.count(1, 1, place, problems)?;
        let path = self.path();
        let Some(Open {
            items: Items::Object { members, key, .. },
            ..
        }) = self.stack.last_mut()
        else {
            return Ok(());
        };
        if style == ScalarStyle::Plain && text != "<<" {
            match scalar::plain(text) {
                Ok(Kind::String(_)) => {}
                Ok(_) => {
                    let problem = format!("the key `{text}` is not a string: put it in quotes");
                    problems.add_at(join(&path, text), place, rule::YAML_VALUE, problem);
                }
                Err(problem) => {
                    problems.add_at(join(&path, text), place, rule::YAML_VALUE, problem)
                }
            }
        }
        if let Some(first) = members.get(text) {
            let problem = format!(
                "the key `{text}` is already in this mapping, in line {}: remove one of the two",
                first.place.line
            );
            problems.add_at(join(&path, text), place, rule::YAML_DUPLICATE_KEY, problem);
        }
        *key = Some((text.to_owned(), place));
        Ok(())
    }

    fn open(
        &mut self,
        tag: Option<String>,
        anchor: usize,
        place: Place,
        items: Items,
        problems: &mut Problems,
    ) -> Result<(), Stop> {
        if let Some(tag) = tag {
            self.tag(&tag, place, problems);
        }
        if self.wants_key() {
            let problem = "a mapping or list can't be a key: write a string".to_owned();
            problems.add_at(self.path(), place, rule::YAML_VALUE, problem);
            return Err(Stop);
        }
        self.count(1, 1, place, problems)?;
        let (before, deepest) = (self.nodes, self.stack.len() + 1);
        self.stack.push(Open {
            place,
            anchor,
            before,
            deepest,
            items,
        });
        Ok(())
    }

    fn close(&mut self, problems: &mut Problems) {
        let path = self.path_of_last();
        let Some(open) = self.stack.pop() else { return };
        let level = self.stack.len();
        if let Some(parent) = self.stack.last_mut() {
            parent.deepest = parent.deepest.max(open.deepest);
        }
        let kind = match open.items {
            Items::Array(items) => Kind::Array(items),
            Items::Object {
                mut members,
                merges,
                ..
            } => {
                for merge in merges {
                    self.nodes += merged(&mut members, merge, &path, problems);
                }
                Kind::Object(members)
            }
        };
        let size = self.nodes.saturating_sub(open.before) + 1;
        let node = Node {
            place: open.place,
            kind,
        };
        self.value(node, open.anchor, size, open.deepest - level, problems);
    }

    fn alias(&mut self, id: usize, place: Place, problems: &mut Problems) -> Result<(), Stop> {
        if self.wants_key() {
            let problem = "an alias can't be a key: write the key out".to_owned();
            problems.add_at(self.path(), place, rule::YAML_VALUE, problem);
            return Err(Stop);
        }
        let Some(anchored) = self.anchors.get(&id) else {
            let problem = "this alias is inside the value that it names".to_owned();
            problems.add_at(self.path(), place, rule::YAML_VALUE, problem);
            return Err(Stop);
        };
        let (size, depth) = (anchored.size, anchored.depth);
        self.count(size, depth, place, problems)?;
        if let Some(node) = self.anchors.get(&id).map(|anchored| anchored.node.clone()) {
            self.value(node, 0, size, depth, problems);
        }
        Ok(())
    }

    /// Accounts for `size` more nodes that reach `depth` levels below here.
    fn count(
        &mut self,
        size: usize,
        depth: usize,
        place: Place,
        problems: &mut Problems,
    ) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(size);
        let level = self.stack.len() + depth;
        let problem = if self.nodes > MAX_NODES {
            format!(
                "the document has more than {MAX_NODES} values, aliases counted as what they repeat"
            )
        } else if level > MAX_DEPTH {
            format!(
                "nested more than {MAX_DEPTH} levels deep: name the inner parts in `components`"
            )
        } else {
            if let Some(open) = self.stack.last_mut() {
                open.deepest = open.deepest.max(level);
            }
            return Ok(());
        };
        problems.add_at(self.path(), place, rule::YAML_LIMIT, problem);
        Err(Stop)
    }

    /// Puts a finished value where it belongs.
    fn value(
        &mut self,
        node: Node,
        anchor: usize,
        size: usize,
        depth: usize,
        problems: &mut Problems,
    ) {
        if anchor != 0 {
            self.nodes = self.nodes.saturating_add(size);
            self.anchors.insert(
                anchor,
                Anchored {
                    node: node.clone(),
                    size,
                    depth,
                },
            );
        }
        let path = self.path();
        match self.stack.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::Array(items)) => items.push(node),
            Some(Items::Object {
                members,
                key,
                merges,
            }) => {
                let Some((key, place)) = key.take() else {
                    return;
                };
                if key != "<<" {
                    // Of a duplicate key (already reported) the first stays.
                    members.entry(key).or_insert(Entry { place, value: node });
                    return;
                }
                match node.kind {
                    Kind::Array(items) => merges.extend(items),
                    Kind::Object(_) => merges.push(node),
                    _ => {
                        let problem =
                            "`<<` merges a mapping or a list of mappings into this one".to_owned();
                        problems.add_at(path, place, rule::YAML_VALUE, problem);
                    }
                }
            }
        }
    }

    /// The path of the value that is being read.
    fn path(&self) -> String {
        path(&self.stack)
    }

    /// The path of the innermost open collection.
    fn path_of_last(&self) -> String {
        path(self.stack.split_last().map_or(&[], |(_, outer)| outer))
    }
}
