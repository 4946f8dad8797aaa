//! The packages under `clients/` are what is generated now.
//!
//! `UPDATE_CLIENTS=1 cargo test -p tickwire-clients` writes them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tickwire_clients::{Language, generate};

/// Where the package of a language is, and what may lie there beside it, made by its tools.
fn folder(language: Language) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("clients").join(language.name())
}

const OF_TOOLS: [&str; 4] = ["target", "Cargo.lock", "node_modules", "__pycache__"];

#[test]
fn the_committed_packages_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../asyncapi.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let contract = tickwire_spec::load("asyncapi.yaml", &text).unwrap();
    for language in Language::ALL {
        let client = generate(&contract, language).unwrap();
        let fresh: BTreeMap<PathBuf, String> = client
            .files
            .into_iter()
            .map(|file| (file.path.into(), file.text))
            .collect();
        let folder = folder(language);
        if env::var_os("UPDATE_CLIENTS").is_some() {
            write(&folder, &fresh);
        }
        let committed = read(&folder);
        let differing: Vec<_> = fresh
            .keys()
            .chain(committed.keys())
            .filter(|path| fresh.get(*path) != committed.get(*path))
            .collect();
        assert!(
            differing.is_empty(),
            "clients/{}: {differing:?}: write them with UPDATE_CLIENTS=1 cargo test -p tickwire-clients",
            language.name()
        );
    }
}

fn write(folder: &Path, files: &BTreeMap<PathBuf, String>) {
    for stale in read(folder)
        .keys()
        .filter(|path| !files.contains_key(*path))
    {
        fs::remove_file(folder.join(stale)).unwrap();
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn read(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            if OF_TOOLS.contains(&name.as_ref()) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    files
}
