//! The frame decoder: whatever a client sends, it is a request that satisfies the contract, or it
//! is answered by an `error` that does.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tickwire::app::CONTRACT;
use tickwire::wire::Protocol;

static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("a sound contract");
    Protocol::new(contract).expect("schemas that compile")
});

fuzz_target!(|bytes: &[u8]| {
    match PROTOCOL.decode(bytes) {
        Ok(request) => {
            let frame: Value = serde_json::from_slice(bytes).expect("any other parser reads it");
            assert_eq!(frame, request.frame, "and reads the same");
            assert_eq!(frame["type"], *PROTOCOL.operation(&request).name);
            assert_eq!(
                frame.get("msg_id").and_then(Value::as_str),
                request.msg_id.as_deref()
            );
            let again = PROTOCOL.decode(frame.to_string().as_bytes());
            assert_eq!(again.expect("what was written again").frame, frame);
        }
        Err(rejection) => {
            let (id, request_type) = (&rejection.msg_id, &rejection.request_type);
            let answer = PROTOCOL.encode_refusal(
                &rejection.refusal,
                id.as_deref(),
                request_type.as_deref(),
            );
            let answer: Value = serde_json::from_slice(answer.payload()).expect("JSON");
            // An answer that breaks the contract is replaced by one of another code.
            assert_eq!(answer["payload"]["code"], rejection.refusal.code.to_string());
            if let Some(id) = id {
                assert_eq!(answer["msg_id"], **id);
            }
        }
    }
});
