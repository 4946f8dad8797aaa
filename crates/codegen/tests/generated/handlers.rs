//! Handler traits can be implemented, mounted and called; the table agrees with what is mounted.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use crate::service::{Call, Handlers, OperationEntry, Publisher, Refusal, TopicSource};
use crate::workshop::types::{
    CreateTopicRequest, Job, JobKind, JobsFindRequest, JobsFound, TopicCreated,
};
use crate::workshop::{self, NightShift, SelfService, topic};
use crate::{echo, tickwire};

struct Workshop;

impl SelfService for Workshop {
    async fn jobs_find(&self, _: &Call, request: JobsFindRequest) -> Result<JobsFound, Refusal> {
        let floor = request.floor.to_string();
        assert_eq!(
            (request.limit.0, request.loud.0),
            (3, true),
            "the defaults of their schemas"
        );
        if floor != "+1" {
            return Err(Refusal("nobody is there"));
        }
        let job = Job {
            type_: JobKind::Crate,
            children: Vec::new(),
            part_of: None,
        };
        Ok(JobsFound { jobs: vec![job] })
    }
}

impl NightShift for Workshop {
    async fn create_topic(&self, _: &Call, _: CreateTopicRequest) -> Result<TopicCreated, Refusal> {
        Ok(TopicCreated {})
    }
}

impl TopicSource<topic::Machines> for Workshop {
    async fn create_topic(
        &self,
        _: topic::Machines,
        _: Publisher<topic::Machines>,
    ) -> Result<(), Refusal> {
        Ok(())
    }

    async fn remove_topic(&self, _: topic::Machines) {}
}

impl TopicSource<topic::WorkOrders> for Workshop {
    async fn create_topic(
        &self,
        _: topic::WorkOrders,
        _: Publisher<topic::WorkOrders>,
    ) -> Result<(), Refusal> {
        Ok(())
    }

    async fn remove_topic(&self, _: topic::WorkOrders) {}
}

fn mounted() -> Handlers {
    let mut handlers = Handlers::default();
    let module = Arc::new(Workshop);
    workshop::mount_self_service(Arc::clone(&module), &mut handlers);
    workshop::mount_night_shift(module, &mut handlers);
    handlers
}

#[test]
fn requests_reach_their_methods() {
    let handlers = mounted();
    let answer = handlers.call("jobs.find", json!({})).unwrap();
    assert_eq!(answer, json!({"jobs": [{"type": "crate", "children": []}]}));
    let refusal = handlers
        .call("jobs.find", json!({"floor": "Self"}))
        .unwrap_err();
    assert_eq!(refusal.0, "nobody is there");
    let request = json!({"type": "self", "self_test": false});
    assert_eq!(handlers.call("create_topic", request).unwrap(), json!({}));
}

#[test]
fn families_of_publishers_are_not_mounted() {
    assert_eq!(mounted().families, ["machines", "work_orders"], "no siren");
}

fn rows(operations: &'static [OperationEntry], kind: &str) -> BTreeSet<&'static str> {
    operations
        .iter()
        .filter(|operation| operation.kind == kind)
        .map(|operation| operation.wire_type)
        .collect()
}

#[test]
fn every_request_of_the_table_is_mounted() {
    let mounted: BTreeSet<_> = mounted().requests.into_keys().collect();
    assert_eq!(rows(workshop::OPERATIONS, "request"), mounted);
    assert_eq!(rows(echo::OPERATIONS, "request"), BTreeSet::from(["echo"]));
}

#[test]
fn the_table_of_the_real_contract() {
    let row = |wire_type: &str| {
        let row = tickwire::OPERATIONS
            .iter()
            .find(|row| row.wire_type == wire_type)
            .unwrap();
        (row.key, row.tag, row.frame, row.reply, row.kind)
    };
    for (wire_type, expected) in [
        (
            "ping",
            ("ping", "session", "PingFrame", Some("pong"), "session"),
        ),
        (
            "welcome",
            ("welcome", "session", "WelcomeFrame", None, "push"),
        ),
        (
            "bars.update",
            ("barsUpdate", "datafeed", "BarsUpdateFrame", None, "update"),
        ),
        (
            "bars.history",
            (
                "barsHistory",
                "datafeed",
                "BarsHistoryFrame",
                Some("bars.history.response"),
                "request",
            ),
        ),
    ] {
        assert_eq!(row(wire_type), expected, "{wire_type}");
    }
    let workshop = workshop::OPERATIONS
        .iter()
        .find(|row| row.key == "createTopic")
        .unwrap();
    assert_eq!(workshop.permissions, ["topics:write", "topics:admin"]);
}
