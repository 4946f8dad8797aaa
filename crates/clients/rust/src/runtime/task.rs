//! The client's task: a socket, a clock and the user's commands, as the machine wants them.

mod socket;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::Instant;

use self::socket::{Socket, Wire};
use super::connection::{Command, Push};
use super::contract::Contract;
use super::error::{Closed, RequestError};
use super::machine::{Action, Input, Machine, Settings};
use super::mailbox::Mailbox;
use super::options::{Observation, Options, TokenFuture};
use super::requests::RequestId;
use super::state::{State, Stats};
use super::topics::SubscriberId;

/// How many pushes are kept for who reads them slowly.
const PUSHES: usize = 64;

/// Where commands go. Each belongs to a request, a subscription or a handle that the user holds,
/// and that bounds them.
#[derive(Clone)]
pub(super) struct Commands {
    sender: mpsc::UnboundedSender<Command>,
    state: watch::Receiver<State>,
}

impl Commands {
    /// Fails when the task has ended, by what it ended.
    pub(super) fn send(&self, command: Command) -> Result<(), Closed> {
        self.sender
            .send(command)
            .map_err(|_| match &*self.state.borrow() {
                State::Closed(closed) => closed.clone(),
                _ => Closed::default(),
            })
    }

    /// For what does not matter any more when the task has ended.
    pub(super) fn send_if_open(&self, command: Command) {
        if !self.sender.is_closed() {
            // It may end between the two; that is just as good.
            self.sender.send(command).ok();
        }
    }

    pub(super) async fn closed(&self) {
        self.sender.closed().await;
    }
}

pub(super) type Parts = (
    Commands,
    watch::Receiver<State>,
    watch::Receiver<Stats>,
    broadcast::Receiver<Push>,
);

/// Starts a client's task. It ends with the client.
pub(super) fn spawn(contract: &'static Contract, url: String, options: Options) -> Parts {
    let (sender, commands) = mpsc::unbounded_channel();
    let (state, states) = watch::channel(State::Connecting);
    let (stats, counted) = watch::channel(Stats::default());
    let (pushes, pushed) = broadcast::channel(PUSHES);
    let settings = Settings {
        has_token: options.token.is_some(),
        backoff: options.backoff,
        timeout: options.timeout,
        validate_incoming: options.validate_incoming,
        random: rand::random::<f64>,
    };
    let task = Task {
        machine: Machine::new(contract, settings),
        socket: Socket::new(url),
        token: None,
        mailboxes: HashMap::new(),
        answers: HashMap::new(),
        requests: 0,
        options,
        state,
        stats,
        pushes,
    };
    tokio::spawn(task.run(commands));
    let commands = Commands {
        sender,
        state: states.clone(),
    };
    (commands, states, counted, pushed)
}

struct Task {
    machine: Machine,
    socket: Socket,
    token: Option<TokenFuture>,
    mailboxes: HashMap<SubscriberId, Arc<dyn Mailbox>>,
    answers: HashMap<RequestId, oneshot::Sender<Result<Value, RequestError>>>,
    requests: RequestId,
    options: Options,
    state: watch::Sender<State>,
    stats: watch::Sender<Stats>,
    pushes: broadcast::Sender<Push>,
}

impl Task {
    async fn run(mut self, mut commands: mpsc::UnboundedReceiver<Command>) {
        self.input(Input::Start);
        while !self.machine.is_closed() {
            let deadline = self.machine.deadline();
            let input = tokio::select! {
                command = commands.recv() => self.understand(command.unwrap_or(Command::Close)),
                token = answered(&mut self.token) => {
                    self.token = None;
                    Input::Token(token.ok())
                }
                wire = self.socket.next() => match wire {
                    Wire::Opened => Input::Opened,
                    Wire::Text(text) => Input::Text(text),
                    Wire::Other => Input::Heard,
                    Wire::Ended(ended) => Input::Lost(ended),
                },
                () = until(deadline) => Input::Tick,
            };
            self.input(input);
        }
        // Whoever was too late for the machine is answered by it, too.
        commands.close();
        while let Some(command) = commands.recv().await {
            let input = self.understand(command);
            self.input(input);
        }
        self.socket.finish().await;
    }

    fn understand(&mut self, command: Command) -> Input {
        match command {
            Command::Subscribe(subscriber, wanted, mailbox) => {
                self.mailboxes.insert(subscriber, mailbox);
                Input::Subscribe(subscriber, wanted)
            }
            Command::Unsubscribe(subscriber) => {
                self.mailboxes.remove(&subscriber);
                Input::Unsubscribe(subscriber)
            }
            Command::NeedsSnapshot(subscriber) => Input::NeedsSnapshot(subscriber),
            Command::Request {
                wire_type,
                payload,
                timeout,
                answer,
            } => {
                self.requests += 1;
                let id = self.requests;
                self.answers.insert(id, answer);
                Input::Request {
                    id,
                    wire_type,
                    payload,
                    timeout,
                }
            }
            Command::Close => Input::Close,
        }
    }

    fn input(&mut self, input: Input) {
        for action in self.machine.handle(input, Instant::now()) {
            self.perform(action);
        }
        let stats = self.machine.stats();
        self.stats
            .send_if_modified(|known| std::mem::replace(known, stats) != stats);
    }

    fn perform(&mut self, action: Action) {
        match action {
            Action::AskToken => self.token = self.options.token.as_ref().map(|token| token.ask()),
            Action::Connect => self.socket.connect(),
            Action::Send(text) => self.socket.send(text),
            Action::Ping => self.socket.ping(),
            Action::Disconnect => {
                self.token = None;
                self.socket.close();
            }
            Action::Answer(id, result) => {
                if let Some(answer) = self.answers.remove(&id) {
                    // Nobody may wait any more.
                    answer.send(result).ok();
                }
            }
            Action::Confirm(subscriber) => {
                if let Some(mailbox) = self.mailboxes.get(&subscriber) {
                    mailbox.confirm();
                }
            }
            Action::Update {
                subscribers,
                wire_type,
                seq,
                payload,
            } => self.update(&subscribers, &wire_type, seq, &payload),
            Action::Notify(subscribers, notice) => {
                for subscriber in subscribers {
                    if let Some(mailbox) = self.mailboxes.get(&subscriber) {
                        mailbox.notify(&notice);
                    }
                    if notice.is_final() {
                        self.mailboxes.remove(&subscriber);
                    }
                }
            }
            Action::Push { wire_type, payload } => {
                // It fails when no handle is left.
                self.pushes.send(Push { wire_type, payload }).ok();
            }
            Action::Report(observation) => self.report(&observation),
        }
    }

    /// Gives an update to its subscribers; all have the same type, so one that can't read it
    /// stands for all.
    fn update(&mut self, subscribers: &[SubscriberId], wire_type: &str, seq: u64, payload: &Value) {
        let mut unreadable = None;
        for subscriber in subscribers {
            if let Some(mailbox) = self.mailboxes.get(subscriber) {
                unreadable = mailbox.update(wire_type, seq, payload).err();
            }
        }
        if let Some(error) = unreadable {
            let report = self.machine.invalid(format!("{wire_type}: {error}"));
            self.perform(report);
        }
    }

    fn report(&mut self, observation: &Observation) {
        if let Observation::State(state) = observation {
            self.state.send_replace(state.clone());
        }
        if let Some(observer) = &self.options.observer {
            observer(observation);
        }
    }
}

/// The result of a future, or nothing for ever.
async fn answered<F: Future + Unpin>(future: &mut Option<F>) -> F::Output {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
