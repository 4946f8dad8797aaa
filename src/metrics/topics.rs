//! Topics by family: how many live, who receives them, what is published.

use tickwire_spec::Contract;

use super::label::{Failure, Resume};
use super::number::{Counter, CounterBy, Gauge, Striped};
use super::page::Page;

/// Topics.
#[derive(Debug, Default)]
pub struct TopicMetrics {
    /// How many there may be.
    pub limit: Gauge,
    /// Subscribes that named a position.
    pub resumes: CounterBy<Resume>,
    /// By their indexes in the contract.
    families: Vec<FamilyMetrics>,
}

/// The topics of one family.
#[derive(Debug, Default)]
pub struct FamilyMetrics {
    name: String,
    /// Topics that exist, those that linger included.
    pub topics: Gauge,
    /// Who receives their updates, each once for each topic.
    pub subscriptions: Gauge,
    /// Numbered updates, whoever receives them.
    pub publications: Striped<Counter>,
    /// What their sources failed at.
    pub failures: CounterBy<Failure>,
}

impl TopicMetrics {
    pub(super) fn new(contract: &Contract) -> Self {
        let families = contract.families.iter().map(|family| FamilyMetrics {
            name: family.name.clone(),
            ..FamilyMetrics::default()
        });
        Self {
            families: families.collect(),
            ..Self::default()
        }
    }

    /// The family at an index of the contract.
    pub fn family(&self, index: usize) -> &FamilyMetrics {
        &self.families[index]
    }

    pub(super) fn write(&self, page: &mut Page) {
        let mut topics = page.gauge("tickwire_topics", "Topics that exist.");
        for family in &self.families {
            topics.value(&[("family", &family.name)], family.topics.value());
        }
        page.gauge("tickwire_topics_limit", "Most topics that may exist.")
            .value(&[], self.limit.value());
        let mut subscriptions =
            page.gauge("tickwire_subscriptions", "Subscriptions of connections.");
        for family in &self.families {
            subscriptions.value(&[("family", &family.name)], family.subscriptions.value());
        }
        let mut publications = page.counter(
            "tickwire_publications_total",
            "Updates published, each once, however many receive it.",
        );
        for family in &self.families {
            publications.value(&[("family", &family.name)], family.publications.value());
        }
        let mut resumes = page.counter(
            "tickwire_resumes_total",
            "Subscribes that asked for what came after a position.",
        );
        for (result, count) in self.resumes.values() {
            resumes.value(&[("result", result)], count);
        }
        let mut failures = page.counter(
            "tickwire_producer_failures_total",
            "Failures of the sources of topics.",
        );
        for family in &self.families {
            for (cause, count) in family.failures.values() {
                failures.value(&[("family", &family.name), ("cause", cause)], count);
            }
        }
    }
}
