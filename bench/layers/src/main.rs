//! Tickwire's own WebSocket layer beside the libraries that it could have used.
//!
//! ```text
//! reading      CPU time of a message that arrives          out of memory
//! memory       heap of a connection that is idle           over streams that never yield
//! conformance  what happens to a peer that misbehaves      each cell is an experiment
//! writing      CPU time of a frame that leaves             1,000 loopback sockets
//! ```
//!
//! Prints a Markdown table of each; arguments name those that are wanted.

mod allocations;
mod clock;
mod conformance;
mod frames;
mod layer;
mod memory;
mod reading;
mod stream;
mod writing;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const SECTIONS: [(&str, fn()); 4] = [
    ("reading", reading::run),
    ("memory", memory::run),
    ("conformance", conformance::run),
    ("writing", writing::run),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted
        .iter()
        .find(|name| SECTIONS.iter().all(|(section, _)| section != name))
    {
        eprintln!("{unknown}: expected reading, memory, conformance or writing");
        std::process::exit(2);
    }
    for (section, run) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|name| name == section) {
            run();
            println!();
        }
    }
}
