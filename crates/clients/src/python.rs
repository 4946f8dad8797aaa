//! The Python client: a package `tickwire`, and the same in one file.
//!
//! | module | owns |
//! |---|---|
//! | `names` | what Python keeps to itself, and what a name becomes instead |
//! | `text` | docstrings and literals |
//! | `schema` | a schema as a Python type, and the expression that reads a value of it |
//! | `models` | the dataclasses, `models.py` |
//! | `tables` | what the runtime has to know of the contract, `_contract.py` |
//! | `methods` | the clients with a method for each request and family, `client.py` |
//! | `package` | what surrounds them: `__init__.py`, `pyproject.toml`, README |
//! | `runtime` | the hand-written part, and its names |
//! | `single` | everything in one file |

mod methods;
mod models;
mod names;
mod package;
mod runtime;
mod schema;
mod single;
mod tables;
mod text;

use crate::view::View;
use crate::{Client, Download, File, GenerateError};
use names::Names;
use schema::Types;

/// The folder of the package within the project.
const PACKAGE: &str = "src/tickwire";

/// The Python package for a contract.
pub(crate) fn client(view: &View<'_>) -> Result<Client, GenerateError> {
    let names = Names::new(view)?;
    let types = Types::new(&view.contract.schemas, &names);
    let generated = Generated {
        models: models::module(view, &types)?,
        tables: tables::module(view, &types)?,
        client: methods::module(view, &types)?,
        exports: package::exports(view, &types)?,
    };
    let mut files = vec![
        file("README.md", package::readme(view)),
        file("pyproject.toml", package::pyproject(view)),
        file(
            &format!("{PACKAGE}/__init__.py"),
            package::init(view, &generated.exports),
        ),
        file(&format!("{PACKAGE}/_contract.py"), generated.tables.clone()),
        file(&format!("{PACKAGE}/client.py"), generated.client.clone()),
        file(&format!("{PACKAGE}/models.py"), generated.models.clone()),
        file(&format!("{PACKAGE}/py.typed"), String::new()),
    ];
    files.extend(
        runtime::MODULES
            .iter()
            .map(|(name, text)| file(&format!("{PACKAGE}/_runtime/{name}.py"), (*text).to_owned())),
    );
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Client {
        files,
        downloads: vec![Download {
            path: "python",
            file_name: "tickwire.py".to_owned(),
            content_type: "text/x-python; charset=utf-8",
            text: single::file(view, &generated),
        }],
    })
}

/// The modules that follow from the contract.
struct Generated {
    models: String,
    tables: String,
    client: String,
    /// What users import.
    exports: Vec<String>,
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}
