//! The client's interface: a method for each request and each family of topics.

use serde_json::Value;
use tickwire_spec::{Direction, Message};

use super::names::Names;
use super::prose::{doc, quoted};
use super::types::reference;
use crate::view::{Request, Topics, View};

/// `ServerFrame`, `ClientFrame`, `Pushes`, `Requests` and `Client`.
pub(super) fn api(view: &View<'_>, names: &Names) -> String {
    let union = |direction: Direction| {
        let frames = view
            .contract
            .messages
            .iter()
            .filter(|message| message.direction == direction);
        let frames: Vec<&str> = frames.map(|message| names.schema(&message.frame)).collect();
        if frames.is_empty() {
            "never".to_owned()
        } else {
            format!("\n  | {}", frames.join("\n  | "))
        }
    };
    let pushes: String = view
        .pushes
        .iter()
        .map(|message| {
            format!(
                "  {}: {};\n",
                quoted(&message.name),
                names.schema(&message.frame)
            )
        })
        .collect();
    let requests: String = view
        .requests
        .iter()
        .map(|request| {
            let (payload, result) = (
                names.schema(&request.message.payload),
                names.schema(&request.reply.payload),
            );
            format!(
                "  {}: {{ payload: {payload}; result: {result} }};\n",
                quoted(&request.message.name)
            )
        })
        .collect();
    let methods: String = view
        .requests
        .iter()
        .map(|request| ask(request, view, names))
        .chain(view.topics.iter().map(|topics| follow(topics, view, names)))
        .collect();
    format!(
        "/** Any frame of the server; `type` tells which. */\nexport type ServerFrame = {};\n\n\
         /** Any frame of a client. */\nexport type ClientFrame = {};\n\n\
         /** What the server sends without being asked, and not for a topic: for `on`. */\n\
         export interface Pushes {{\n{pushes}}}\n\n\
         /** Payloads and results of requests: for `request`. */\nexport interface Requests {{\n{requests}}}\n\n\
         /** A client of the contract. */\n\
         export interface Client extends BaseClient<Pushes, Requests> {{\n{methods}}}\n",
        union(Direction::ServerToClient),
        union(Direction::ClientToServer),
    )
}

/// What the runtime's own types refer to.
pub(super) fn register(view: &View<'_>, names: &Names) -> String {
    let error = view.contract.message("error");
    let code = error
        .and_then(|error| view.contract.schemas.get(&error.payload))
        .and_then(|payload| reference(&payload["properties"]["code"]));
    match code {
        Some(code) => format!(
            "interface ContractTypes {{ errorCode: {} }}",
            names.schema(code)
        ),
        None => "interface ContractTypes {}".to_owned(),
    }
}

fn ask(request: &Request<'_>, view: &View<'_>, names: &Names) -> String {
    let operation = request.operation;
    let optional = if needs(payload(request.message, view), &[]) {
        ""
    } else {
        "?"
    };
    format!(
        "{}  {}(payload{optional}: {}, options?: RequestOptions): Promise<{}>;\n",
        doc(
            operation
                .description
                .as_deref()
                .or(operation.summary.as_deref()),
            "  "
        ),
        names.request(&request.message.name),
        names.schema(&request.message.payload),
        names.schema(&request.reply.payload),
    )
}

fn follow(topics: &Topics<'_>, view: &View<'_>, names: &Names) -> String {
    let request = payload(topics.subscribe, view);
    let options: Vec<&str> = ["since", "history"]
        .into_iter()
        .filter(|option| !request["properties"][option].is_null())
        .collect();
    let quoted_options: Vec<String> = options.iter().map(|option| quoted(option)).collect();
    let quoted_options = quoted_options.join(" | ");
    let mut params = names.schema(&topics.subscribe.payload).to_owned();
    if !options.is_empty() {
        params = format!("Omit<{params}, {quoted_options}>");
    }
    let options = match options.len() {
        0 => String::new(),
        1 => format!(", options?: Pick<TopicOptions, {quoted_options}>"),
        _ => ", options?: TopicOptions".to_owned(),
    };
    let optional = if needs(request, &["since", "history"]) {
        ""
    } else {
        "?"
    };
    format!(
        "{}  {}(params{optional}: {params}{options}): Topic<{}>;\n",
        doc(topics.family.description.as_deref(), "  "),
        names.family(&topics.family.name),
        item(topics, names),
    )
}

/// What a topic gives: payloads, or frames where a snapshot has to be told from a change.
fn item(topics: &Topics<'_>, names: &Names) -> String {
    let update = names.schema(&topics.update.frame);
    match topics.snapshot {
        Some(snapshot) => {
            let frames = format!("{} | {update}", names.schema(&snapshot.frame));
            format!("{frames}, {frames}")
        }
        None => format!("{}, {update}", names.schema(&topics.update.payload)),
    }
}

fn payload<'v>(message: &Message, view: &'v View<'_>) -> &'v Value {
    view.contract
        .schemas
        .get(&message.payload)
        .unwrap_or(&Value::Null)
}

/// Whether an object requires a member beside these.
fn needs(schema: &Value, beside: &[&str]) -> bool {
    let required = schema["required"].as_array().into_iter().flatten();
    required
        .filter_map(Value::as_str)
        .any(|name| !beside.contains(&name))
}
