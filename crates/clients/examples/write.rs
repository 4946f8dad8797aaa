//! Writes a client to a folder, for the tests of clients: the package into `OUT/package`, and what
//! the server hands out into `OUT/download`.
//!
//! ```sh
//! cargo run -p tickwire-clients --example write -- typescript asyncapi.yaml OUT
//! ```

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use tickwire_clients::{Language, generate};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [language, spec, out] = arguments.as_slice() else {
        return Err("usage: write LANGUAGE SPEC OUT".into());
    };
    let language = Language::ALL
        .into_iter()
        .find(|known| known.name() == language)
        .ok_or("there is no such language")?;
    let contract = tickwire_spec::load(spec, &fs::read_to_string(spec)?)?;
    let client = generate(&contract, language)?;
    for file in &client.files {
        write(&Path::new(out).join("package").join(&file.path), &file.text)?;
    }
    for download in &client.downloads {
        // Hooks lie in a folder of their own on the server, and are saved beside the client.
        write(
            &Path::new(out).join("download").join(&download.file_name),
            &download.text,
        )?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
