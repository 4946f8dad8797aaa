//! Operations, of requests and of pushes.

use super::ExtendError;
use super::draft::Draft;
use super::flow::{flow, sentence};
use super::frames::below;
use crate::text::camel;

/// An operation to be added.
pub(super) struct NewOperation<'a> {
    /// The key of its channel.
    pub channel: &'a str,
    pub wire_type: &'a str,
    pub summary: &'a str,
    pub description: Option<&'a str>,
    /// The key of its message.
    pub message: &'a str,
    /// The key of the answer's message; a push has none.
    pub answer: Option<&'a str>,
    /// Its tags, as written.
    pub tags: &'a str,
    pub permissions: &'a [String],
}

impl NewOperation<'_> {
    pub fn add(&self, draft: &mut Draft<'_>) -> Result<(), ExtendError> {
        let lines = self.lines(draft.error_key());
        draft.add("operations", &camel(self.wire_type), &below(&lines))
    }

    fn lines(&self, error: &str) -> String {
        let channel = self.channel;
        let action = if self.answer.is_some() {
            "receive"
        } else {
            "send"
        };
        let summary = sentence(self.summary);
        let mut lines = format!(
            "action: {action}\ntitle: {}\nsummary: {summary}\n",
            self.wire_type
        );
        if let Some(description) = self.description {
            lines += &format!("description: {}\n", sentence(description));
        }
        let message = format!("'#/channels/{channel}/messages/{}'", self.message);
        lines += &format!(
            "channel: {{$ref: '#/channels/{channel}'}}\nmessages: [{{$ref: {message}}}]\n"
        );
        if let Some(answer) = self.answer {
            lines += &format!("reply:\n  channel: {{$ref: '#/channels/{channel}'}}\n  messages:\n");
            for key in [answer, error] {
                lines += &format!("    - $ref: '#/channels/{channel}/messages/{key}'\n");
            }
        }
        lines += &format!("tags: {}\n", self.tags);
        if !self.permissions.is_empty() {
            lines += &format!(
                "x-permissions: {}\n",
                flow(&self.permissions.to_vec().into())
            );
        }
        lines
    }
}
