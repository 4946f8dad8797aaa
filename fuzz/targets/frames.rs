//! The frame decoder: whatever a client sends, it is a request that satisfies the contract, or it
//! is answered by an `error` that does.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tickwire::app::CONTRACT;
use tickwire::wire::{Format, Protocol};

static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
    let contract = tickwire_spec::load("asyncapi.yaml", CONTRACT).expect("a sound contract");
    Protocol::new(contract).expect("schemas that compile")
});

fuzz_target!(|input: &[u8]| {
    // As JSON, as every frame begins with a brace; else as MessagePack, behind a byte of ours.
    let (format, bytes) = match input {
        [b'm', bytes @ ..] => (Format::MessagePack, bytes),
        bytes => (Format::Json, bytes),
    };
    match PROTOCOL.decode(format, bytes) {
        Ok(request) => {
            let frame: Value = match format {
                Format::Json => serde_json::from_slice(bytes).expect("any other parser reads it"),
                Format::MessagePack => rmp_serde::from_slice(bytes).expect("likewise"),
            };
            assert_eq!(frame, request.frame, "and reads the same");
            assert_eq!(frame["type"], *PROTOCOL.operation(&request).name);
            assert_eq!(
                frame.get("msg_id").and_then(Value::as_str),
                request.msg_id.as_deref()
            );
            let written = frame.to_string();
            let again = PROTOCOL.decode(Format::Json, written.as_bytes());
            assert_eq!(again.expect("what was written again").frame, frame);
            let written = rmp_serde::to_vec(&frame).expect("JSON is MessagePack");
            let again = PROTOCOL.decode(Format::MessagePack, &written);
            assert_eq!(again.expect("and in the other format").frame, frame);
        }
        Err(rejection) => {
            let (id, request_type) = (&rejection.msg_id, &rejection.request_type);
            let answer =
                PROTOCOL.encode_refusal(&rejection.refusal, id.as_deref(), request_type.as_deref());
            let answer: Value = serde_json::from_slice(answer.payload()).expect("JSON");
            // An answer that breaks the contract is replaced by one of another code.
            assert_eq!(
                answer["payload"]["code"],
                rejection.refusal.code.to_string()
            );
            if let Some(id) = id {
                assert_eq!(answer["msg_id"], **id);
            }
        }
    }
});
