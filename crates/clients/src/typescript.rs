//! The TypeScript client.
//!
//! The generated part is types, an interface with a method for each request and topic family, and a
//! table of the contract that the runtime works from; so there is hardly anything to run, and
//! `.ts`, `.js` and `.d.ts` can be written without a compiler. The runtime is written in
//! `typescript/` of this crate, and comes built from its `dist/`.
//!
//! | module | owns |
//! |---|---|
//! | `names` | which name everything has in TypeScript |
//! | `types` | schemas as types |
//! | `api` | the client's interface |
//! | `table` | what the runtime needs of the contract |
//! | `package` | the files around it: `package.json`, `README.md` |

mod api;
mod names;
mod package;
mod prose;
mod table;
mod types;

use names::Names;

use crate::view::View;
use crate::{Client, Download, File, GenerateError};

const RUNTIME_TS: &str = include_str!("../typescript/dist/runtime.ts");
const RUNTIME_JS: &str = include_str!("../typescript/dist/runtime.js");
const RUNTIME_TYPES: &str = include_str!("../typescript/dist/runtime.d.ts");
const REACT_JS: &str = include_str!("../typescript/dist/react.js");
const REACT_TYPES: &str = include_str!("../typescript/dist/react.d.ts");

/// What the interface of a client refers to in the runtime.
const FROM_RUNTIME: &str =
    "BaseClient, ConnectOptions, ContractTable, RequestOptions, Topic, TopicOptions";

/// The generated part, in pieces that go together differently in each form.
struct Generated {
    header: String,
    /// Types and interfaces: the same text in `.ts` and `.d.ts`.
    types: String,
    /// `interface ContractTypes`, which adds to the one of the runtime.
    register: String,
    /// The object literal.
    table: String,
}

/// The TypeScript package for a contract.
pub(crate) fn client(view: &View<'_>) -> Result<Client, GenerateError> {
    let names = Names::new(view, RUNTIME_TS)?;
    let contract = view.contract;
    let generated = Generated {
        header: format!(
            "// {} {}: a client made from the contract by `tickwire generate typescript`. Not edited by hand.\n",
            prose::line(&contract.title),
            prose::line(&contract.version)
        ),
        types: format!(
            "{}\n{}",
            types::types(view, &names)?,
            api::api(view, &names)
        ),
        register: api::register(view, &names),
        table: table::table(view, &names),
    };
    let name = package::name(contract);
    Ok(Client {
        files: vec![
            file("README.md", package::readme(view, &names)),
            file("index.d.ts", generated.package_types()),
            file("index.js", generated.package_js()),
            file("package.json", package::manifest(contract)),
            file("react.d.ts", REACT_TYPES.to_owned()),
            file("react.js", REACT_JS.to_owned()),
            file("runtime.d.ts", RUNTIME_TYPES.to_owned()),
            file("runtime.js", RUNTIME_JS.to_owned()),
        ],
        downloads: downloads(&generated, &name),
    })
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}

fn downloads(generated: &Generated, name: &str) -> Vec<Download> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    // Browsers take `.ts` for a video; nobody runs it, so it is text.
    const TEXT: &str = "text/plain; charset=utf-8";
    let react = |text: &str| text.replace("'./runtime.js'", &format!("'./{name}.js'"));
    let download = |path, file_name: String, content_type, text| Download {
        path,
        file_name,
        content_type,
        text,
    };
    vec![
        download(
            "typescript",
            format!("{name}.ts"),
            TEXT,
            generated.single_ts(),
        ),
        download(
            "typescript.js",
            format!("{name}.js"),
            SCRIPT,
            generated.single_js(),
        ),
        download(
            "typescript.d.ts",
            format!("{name}.d.ts"),
            TEXT,
            generated.single_types(),
        ),
        download(
            "typescript/react.js",
            "react.js".to_owned(),
            SCRIPT,
            react(REACT_JS),
        ),
        download(
            "typescript/react.d.ts",
            "react.d.ts".to_owned(),
            TEXT,
            react(REACT_TYPES),
        ),
    ]
}

const CONTRACT_DOC: &str = "/** The contract, as far as the client needs it. */";

impl Generated {
    fn package_types(&self) -> String {
        let Self {
            header,
            types,
            register,
            ..
        } = self;
        format!(
            "{header}\nimport type {{ {FROM_RUNTIME} }} from './runtime.js';\nexport * from './runtime.js';\n\n\
             declare module './runtime.js' {{\n  {register}\n}}\n\n{types}\n{DECLARATIONS}"
        )
    }

    fn package_js(&self) -> String {
        let Self { header, table, .. } = self;
        format!(
            "{header}\nimport {{ createClient }} from './runtime.js';\nexport * from './runtime.js';\n\n\
             {CONTRACT_DOC}\nexport const contract = {table};\n\n{CONNECT_JS}"
        )
    }

    fn single_ts(&self) -> String {
        let Self {
            header,
            types,
            register,
            table,
        } = self;
        format!(
            "{header}\n{RUNTIME_TS}\n{}export {register}\n\n{types}\n{CONTRACT_DOC}\n\
             export const contract: ContractTable = {table};\n\n{CONNECT_TS}",
            rule("the contract")
        )
    }

    fn single_js(&self) -> String {
        let Self { header, table, .. } = self;
        format!(
            "{header}\n{RUNTIME_JS}\n{}{CONTRACT_DOC}\nexport const contract = {table};\n\n{CONNECT_JS}",
            rule("the contract")
        )
    }

    fn single_types(&self) -> String {
        let Self {
            header,
            types,
            register,
            ..
        } = self;
        format!(
            "{header}\n{RUNTIME_TYPES}\n{}export {register}\n\n{types}\n{DECLARATIONS}",
            rule("the contract")
        )
    }
}

/// A line above a part of a file, as between the modules of the runtime.
fn rule(title: &str) -> String {
    format!("// {} {title}\n", "-".repeat(90 - title.len()))
}

const DECLARATIONS: &str = "\
/** The contract, as far as the client needs it. */
export declare const contract: ContractTable;

/** Connects to a server of this contract, such as `ws://localhost:8080/ws`, and stays connected. */
export declare function connect(url: string | URL, options?: ConnectOptions): Client;
";

const CONNECT_TS: &str = "\
/** Connects to a server of this contract, such as `ws://localhost:8080/ws`, and stays connected. */
export function connect(url: string | URL, options: ConnectOptions = {}): Client {
  return createClient(contract, url, options) as Client;
}
";

const CONNECT_JS: &str = "\
/** Connects to a server of this contract, such as `ws://localhost:8080/ws`, and stays connected. */
export function connect(url, options = {}) {
  return createClient(contract, url, options);
}
";
