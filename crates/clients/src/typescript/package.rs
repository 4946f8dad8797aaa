//! The files around the code: `package.json` and `README.md`.

use heck::ToKebabCase;
use serde_json::json;
use tickwire_spec::Contract;

use super::names::Names;
use super::prose::line;
use crate::view::View;

/// What the package and its files are called, after the contract's title.
pub(super) fn name(contract: &Contract) -> String {
    let ascii: String = contract
        .title
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    match ascii.to_kebab_case() {
        name if name.is_empty() => "client".to_owned(),
        name => name,
    }
}

/// `package.json`
pub(super) fn manifest(contract: &Contract) -> String {
    let (name, version) = (json!(name(contract)), json!(contract.version));
    let description = json!(format!(
        "A client of {} over WebSocket",
        line(&contract.title)
    ));
    format!(
        r#"{{
  "name": {name},
  "version": {version},
  "description": {description},
  "type": "module",
  "sideEffects": false,
  "exports": {{
    ".": {{ "types": "./index.d.ts", "default": "./index.js" }},
    "./react": {{ "types": "./react.d.ts", "default": "./react.js" }},
    "./package.json": "./package.json"
  }},
  "files": ["*.js", "*.d.ts"],
  "engines": {{ "node": ">=20" }},
  "peerDependencies": {{ "react": ">=18" }},
  "peerDependenciesMeta": {{ "react": {{ "optional": true }} }}
}}
"#
    )
}

/// `README.md`
pub(super) fn readme(view: &View<'_>, names: &Names) -> String {
    let contract = view.contract;
    let name = name(contract);
    let mut methods = String::new();
    for request in &view.requests {
        let summary = request.operation.summary.as_deref().unwrap_or_default();
        let method = names.request(&request.message.name);
        methods.push_str(&format!(
            "| `await client.{method}(…)` | {} |\n",
            cell(summary)
        ));
    }
    for topics in &view.topics {
        let method = names.family(&topics.family.name);
        let pattern = &topics.family.pattern;
        methods.push_str(&format!(
            "| `client.{method}(…)` | the topics `{pattern}` |\n"
        ));
    }
    let topic = view.topics.first().map(|topics| {
        let method = names.family(&topics.family.name);
        format!(
            "\nA topic is a callback, an async iterator, or an observable state:\n\n```ts\n\
             const topic = client.{method}({{ … }});\n\
             const leave = topic.subscribe((item) => console.log(item));\n\
             for await (const item of topic) console.log(item);\n\
             topic.onChange(() => console.log(topic.state.data));\n```\n"
        )
    });
    format!(
        "# {title}\n\nA client of {title} {version}, for browsers and Node (≥ 20), without dependencies. \
         It reconnects, resumes, and checks what it sends.\n\n```ts\n\
         import {{ connect }} from '{name}';\n\n\
         const client = connect('ws://localhost:8080/ws', {{ token: () => fetchToken() }});\n```\n\n\
         Without authentication leave `token` out. Node 20 has no WebSocket: `npm install ws`, and \
         `connect(url, {{ WebSocket }})` with `import WebSocket from 'ws'`.\n{topic}\n\
         | | |\n|---|---|\n{methods}\n\
         `{name}/react` has the hooks `useTopic`, `useRequest` and `useConnection`. All of it is told in \
         Tickwire's `docs/clients.md`. This folder was made by `tickwire generate typescript`, and is not \
         edited.\n",
        title = line(&contract.title),
        version = line(&contract.version),
        topic = topic.unwrap_or_default(),
    )
}

/// A text within a table.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}
