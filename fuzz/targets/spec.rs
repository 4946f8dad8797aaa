//! The spec check: whatever the text, it is a contract that can be served, or every problem has a
//! place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tickwire::wire::Protocol;

fuzz_target!(|text: &str| {
    match tickwire_spec::load("x", text) {
        Ok(contract) => {
            assert_eq!(contract.source, text);
            Protocol::new(contract).expect("schemas that compile");
        }
        Err(report) => {
            assert!(!report.diagnostics.is_empty());
            // A carriage return of its own ends a line of YAML, too; and the end may count as one.
            let lines = text.replace("\r\n", "\n").split(['\n', '\r']).count();
            let mut last = 0;
            for diagnostic in &report.diagnostics {
                assert!((1..=lines + 1).contains(&diagnostic.line), "{diagnostic}");
                assert!(diagnostic.column >= 1, "{diagnostic}");
                assert!(diagnostic.line >= last, "in the order of their lines");
                last = diagnostic.line;
                assert_ne!(diagnostic.rule, "unresolved", "{diagnostic}");
                assert_eq!(diagnostic.to_string().lines().count(), 1, "{diagnostic:?}");
            }
        }
    }
});
