//! What is made from the contract: its types, its topics, a method for each request and family.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use tickwire_codegen::parts::{self, doc, snake, upper_camel};
use tickwire_spec::{Delivery, Family, Message, Parameter, Segment};

use super::names::Methods;
use crate::GenerateError;
use crate::view::{Request, Topics, View};

/// Everything but the runtime, which it expects as `runtime` beside it.
pub(super) fn generate(view: &View<'_>) -> Result<TokenStream, GenerateError> {
    let types = parts::types(view.contract)?;
    let topics = view
        .topics
        .iter()
        .enumerate()
        .map(|(index, topics)| topic(index, topics))
        .collect::<Result<Vec<_>, _>>()?;
    let constants = constants(view);
    let client = client(view)?;
    let pushes = pushes(view)?;
    Ok(quote! {
        pub use runtime::{Options, Token};

        #client
        #pushes

        /// One struct for each topic family.
        pub mod topic {
            #(#topics)*
        }

        #types
        #constants
    })
}

/// What the package says of itself.
pub(super) fn about(view: &View<'_>, krate: &str) -> String {
    let title = format!(
        "A client for {} {}.",
        view.contract.title, view.contract.version
    );
    format!(
        "{title}

```text
let client = {krate}::connect(\"ws://localhost:8080/ws\", {krate}::Options::default()).await?;
```

Every topic family is a method that gives a stream, every request one that gives an answer. Subscriptions
outlive connections: the client reconnects, resumes and repairs gaps. For `wss:` there is the feature `tls`.
"
    )
}

/// The client with its typed methods.
fn client(view: &View<'_>) -> Result<TokenStream, GenerateError> {
    let mut names = Methods::default();
    let mut methods = Vec::new();
    for Topics { family, .. } in &view.topics {
        let what = format!("channels/{}", family.key);
        let name = names.name(&family.name, what.clone())?;
        let topic = upper_camel(&family.name, &what)?;
        let about = doc(&about_family(family));
        methods.push(quote! {
            #about
            pub fn #name(&self, topic: topic::#topic) -> runtime::Subscribe<topic::#topic> {
                self.connection.subscribe(topic)
            }
        });
    }
    for Request {
        operation,
        message,
        reply,
    } in &view.requests
    {
        let what = format!("operations/{}", operation.key);
        let name = names.name(&operation.key, what.clone())?;
        let (payload, answer) = (payload(message)?, payload(reply)?);
        let wire_type = &message.name;
        let texts = [
            operation.summary.as_deref(),
            operation.description.as_deref(),
        ];
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        let about = doc(&format!("`{wire_type}`: {}", texts.join("\n\n")));
        methods.push(quote! {
            #about
            pub fn #name(&self, request: types::#payload) -> runtime::Request<types::#answer> {
                self.connection.request(#wire_type, &request)
            }
        });
    }
    Ok(quote! {
        /// Connects to `url`, and stays connected.
        ///
        /// # Errors
        ///
        /// The server does not want this client, or there was no connection within the `timeout` of
        /// the options.
        pub async fn connect(url: impl Into<String>, options: Options) -> Result<Client, runtime::ConnectError> {
            let client = Client::start(url, options);
            client.connection.connected().await?;
            Ok(client)
        }

        /// A client: connected, or about to be. Clones are the same client.
        #[derive(Clone)]
        pub struct Client {
            connection: runtime::Connection,
        }

        impl Client {
            /// A client that connects to `url`. It returns at once; requests and subscriptions wait
            /// for the connection. Called within a Tokio runtime.
            pub fn start(url: impl Into<String>, options: Options) -> Self {
                Self { connection: runtime::Connection::start(&CONTRACT, url, options) }
            }

            /// What the methods are made of: for requests whose type is known at run time only, the
            /// state, the counters.
            pub fn connection(&self) -> &runtime::Connection {
                &self.connection
            }

            /// What the server tells without being asked, from now on.
            pub fn pushes(&self) -> runtime::Pushes<Push> {
                self.connection.pushes()
            }

            /// Ends the client: requests fail, subscriptions end.
            pub fn close(&self) {
                self.connection.close();
            }

            #(#methods)*
        }
    })
}

/// The enum of what comes without a question.
fn pushes(view: &View<'_>) -> Result<TokenStream, GenerateError> {
    // Topics tell that themselves.
    let pushes = view
        .pushes
        .iter()
        .filter(|message| message.name != "topic.reset");
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for message in pushes {
        let what = format!("components/messages/{}", message.key);
        let variant = upper_camel(&message.key, &what)?;
        let payload = payload(message)?;
        let wire_type = &message.name;
        let about = doc(&format!(
            "`{wire_type}`: {}",
            message.summary.as_deref().unwrap_or_default()
        ));
        variants.push(quote! { #about #variant(types::#payload), });
        arms.push(quote! { #wire_type => read(&push).map(Self::#variant), });
    }
    let from = if arms.is_empty() {
        quote!(Self::Other(push))
    } else {
        quote! {
            fn read<T: ::serde::de::DeserializeOwned>(push: &runtime::Push) -> Option<T> {
                T::deserialize(&push.payload).ok()
            }
            let known = match push.wire_type.as_str() {
                #(#arms)*
                _ => None,
            };
            known.unwrap_or(Self::Other(push))
        }
    };
    Ok(quote! {
        /// What the server tells without being asked, and that belongs to no topic.
        #[derive(Debug, Clone)]
        pub enum Push {
            #(#variants)*
            /// Something else, or not what its type says.
            Other(runtime::Push),
        }

        impl From<runtime::Push> for Push {
            fn from(push: runtime::Push) -> Self {
                #from
            }
        }
    })
}

/// The struct of a family's topics.
fn topic(index: usize, topics: &Topics<'_>) -> Result<TokenStream, GenerateError> {
    let family = topics.family;
    let what = format!("channels/{}", family.key);
    let ident = upper_camel(&family.name, &what)?;
    let about = doc(&about_family(family));
    let fields = family
        .parameters
        .iter()
        .map(|parameter| field(family, parameter))
        .collect::<Result<Vec<_>, _>>()?;
    let body = if fields.is_empty() {
        quote!(;)
    } else {
        let fields = fields.iter().map(
            |Field {
                 about,
                 ident,
                 schema,
                 ..
             }| quote!(#about pub #ident: super::types::#schema,),
        );
        quote!({ #(#fields)* })
    };
    let (format, written) = format_string(family, &fields);
    let places = fields.iter().map(|Field { ident, path, .. }| {
        quote!(super::runtime::place(&mut payload, &[#(#path),*], self.#ident.to_string());)
    });
    let binding = if fields.is_empty() {
        quote!(::serde_json::Map::new())
    } else {
        quote! {{
            let mut payload = ::serde_json::Map::new();
            #(#places)*
            payload
        }}
    };
    let update = payload(topics.update)?;
    let (item, read) = match topics.snapshot {
        None => (
            quote!(super::types::#update),
            quote!(::serde::Deserialize::deserialize(payload)),
        ),
        Some(snapshot) => {
            let wire_type = &snapshot.name;
            let snapshot = payload(snapshot)?;
            (
                quote!(super::runtime::Change<super::types::#update, super::types::#snapshot>),
                quote! {
                    match wire_type {
                        #wire_type => ::serde::Deserialize::deserialize(payload).map(super::runtime::Change::Snapshot),
                        _ => ::serde::Deserialize::deserialize(payload).map(super::runtime::Change::Update),
                    }
                },
            )
        }
    };
    let wire_type = if topics.snapshot.is_some() {
        quote!(wire_type)
    } else {
        quote!(_)
    };
    Ok(quote! {
        #about
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct #ident #body

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, #format #(, self.#written)*)
            }
        }

        impl super::runtime::Topic for #ident {
            const FAMILY: &'static super::runtime::Family = &super::FAMILIES[#index];
            type Item = #item;

            fn parameters(&self) -> ::serde_json::Map<String, ::serde_json::Value> {
                #binding
            }

            fn read(#wire_type: &str, payload: &::serde_json::Value) -> Result<Self::Item, ::serde_json::Error> {
                #read
            }
        }
    })
}

/// A parameter of a family, as a field.
struct Field {
    parameter: String,
    ident: Ident,
    schema: Ident,
    about: TokenStream,
    /// The members of a `subscribe`'s payload that lead to it.
    path: Vec<String>,
}

fn field(family: &Family, parameter: &Parameter) -> Result<Field, GenerateError> {
    let what = format!("channels/{}/parameters/{}", family.key, parameter.name);
    let name = format!("`{}`", parameter.name);
    let path = parameter.pointer.split('/').skip(2);
    Ok(Field {
        parameter: parameter.name.clone(),
        ident: snake(&parameter.name, &what)?,
        schema: upper_camel(&parameter.schema, &what)?,
        about: doc(parameter.description.as_deref().unwrap_or(&name)),
        path: path
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .collect(),
    })
}

/// The format string of a topic, and the fields that it takes.
fn format_string<'f>(family: &Family, fields: &'f [Field]) -> (String, Vec<&'f Ident>) {
    let mut taken = Vec::new();
    let mut parts = Vec::new();
    for segment in &family.pattern.segments {
        match segment {
            Segment::Literal(text) => parts.push(text.replace('{', "{{").replace('}', "}}")),
            Segment::Parameter(name) => {
                taken.extend(
                    fields
                        .iter()
                        .find(|field| field.parameter == *name)
                        .map(|field| &field.ident),
                );
                parts.push("{}".to_owned());
            }
        }
    }
    (parts.join(":"), taken)
}

fn about_family(family: &Family) -> String {
    let text = family.description.as_deref().unwrap_or_default();
    format!("`{}`\n\n{text}", family.pattern)
        .trim_end()
        .to_owned()
}

/// The type of what a message says.
fn payload(message: &Message) -> Result<Ident, GenerateError> {
    Ok(upper_camel(
        &message.payload,
        &format!("components/messages/{}", message.key),
    )?)
}

/// What the runtime has to know.
fn constants(view: &View<'_>) -> TokenStream {
    let contract = view.contract;
    let title = &contract.title;
    let reply = |message: &Message| {
        let mut operations = contract.operations.iter();
        let operation = operations.find(|operation| operation.name == message.name)?;
        operation.reply.clone()
    };
    let messages = contract.messages.iter().map(|message| {
        let (wire_type, frame) = (&message.name, &message.frame);
        let reply = option(reply(message).as_deref());
        quote!(runtime::Message { wire_type: #wire_type, frame: #frame, reply: #reply })
    });
    let families = view.topics.iter().map(|topics| constant(contract, topics));
    let count = view.topics.len();
    let max_topics = max_topics(contract);
    let schemas = contract.schemas_document()["definitions"].to_string();
    quote! {
        /// The topic families, as the runtime sees them.
        pub static FAMILIES: [runtime::Family; #count] = [#(#families),*];

        /// The contract, as the runtime sees it.
        pub static CONTRACT: runtime::Contract = runtime::Contract {
            title: #title,
            messages: &[#(#messages),*],
            families: &FAMILIES,
            max_topics: #max_topics,
            schemas: #schemas,
        };
    }
}

fn constant(contract: &tickwire_spec::Contract, topics: &Topics<'_>) -> TokenStream {
    let Topics {
        family, subscribe, ..
    } = topics;
    let name = &family.name;
    let delivery = format_ident!(
        "{}",
        match family.delivery {
            Delivery::Lossless => "Lossless",
            Delivery::Window => "Window",
            Delivery::Latest => "Latest",
            Delivery::Delta => "Delta",
        }
    );
    let messages = &family.messages;
    let (subscribe_type, unsubscribe, update) =
        (&messages.subscribe, &messages.unsubscribe, &messages.update);
    let snapshot = option(messages.snapshot.as_deref());
    let takes = |member: &str| {
        contract
            .schemas
            .get(&subscribe.payload)
            .is_some_and(|schema| !schema["properties"][member].is_null())
    };
    let (since, history) = (takes("since"), takes("history"));
    quote! {
        runtime::Family {
            name: #name,
            delivery: runtime::Delivery::#delivery,
            subscribe: #subscribe_type,
            unsubscribe: #unsubscribe,
            update: #update,
            snapshot: #snapshot,
            since: #since,
            history: #history,
        }
    }
}

/// The `maxItems` of the topics of `subscribe`.
fn max_topics(contract: &tickwire_spec::Contract) -> usize {
    let topics = contract
        .message("subscribe")
        .and_then(|message| contract.schemas.get(&message.payload))
        .map_or(&Value::Null, |payload| &payload["properties"]["topics"]);
    let target = topics["$ref"]
        .as_str()
        .and_then(|target| target.rsplit('/').next());
    let schema = target
        .and_then(|name| contract.schemas.get(name))
        .unwrap_or(topics);
    schema["maxItems"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok())
        .unwrap_or(usize::MAX)
}

fn option(value: Option<&str>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
