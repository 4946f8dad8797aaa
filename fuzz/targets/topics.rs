//! Topics: the contract and the generated types read the same texts, and write them back as they
//! were. Patterns of topics, likewise.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tickwire::api::Topic;
use tickwire::app::CONTRACT;
use tickwire::wire::Protocol;
use tickwire_spec::Pattern;

static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("a sound contract");
    Protocol::new(contract).expect("schemas that compile")
});

fuzz_target!(|text: &str| {
    let by_contract = PROTOCOL.topic(text);
    let by_type = text.parse::<Topic>();
    assert_eq!(
        by_contract.is_ok(),
        by_type.is_ok(),
        "{by_contract:?} {by_type:?}"
    );
    if let (Ok(id), Ok(topic)) = (by_contract, by_type) {
        assert_eq!((&**id.name(), topic.to_string().as_str()), (text, text));
        assert_eq!(PROTOCOL.family(id.family()).name, topic.family());
    }
    if let Ok(pattern) = Pattern::parse(text) {
        assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern.clone()));
        if let Some(values) = pattern.matches(text) {
            assert_eq!(pattern.format(&values).as_deref(), Some(text));
        }
    }
});
