//! The command line as a person or a script sees it: the program itself, its output and exit status.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The program, without what this process happens to have in its environment.
fn tickwire(arguments: &[&str]) -> Command {
    clean(env!("CARGO_BIN_EXE_tickwire"), arguments)
}

fn clean(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env("RUST_BACKTRACE", "0");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TICKWIRE_") {
            command.env_remove(name);
        }
    }
    command
}

/// Exit status, standard output, standard error.
fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

fn in_repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(path)
        .display()
        .to_string()
}

/// A file that is gone with the directory.
fn write(directory: &tempfile::TempDir, name: &str, text: impl AsRef<[u8]>) -> String {
    let path: PathBuf = directory.path().join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

// ---------------------------------------------------------------------------------- check --

#[test]
fn check_is_content_with_sound_documents() {
    let (status, out, err) = run(&mut tickwire(&["check"]));
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("asyncapi.yaml: ok, "), "{out}");
    let files = [
        in_repository("examples/vehicles.yaml"),
        in_repository("examples/scoreboard.yaml"),
        in_repository("asyncapi.yaml"),
    ];
    let (status, out, err) = run(tickwire(&["check"]).args(&files));
    assert_eq!(
        (status, err.as_str(), out.lines().count()),
        (Some(0), "", 3)
    );
    for (line, file) in out.lines().zip(&files) {
        assert!(line.starts_with(&format!("{file}: ok, ")), "{line}");
    }
}

#[test]
fn check_lists_every_problem_of_every_file_each_with_its_place() {
    let directory = tempfile::tempdir().expect("a directory");
    let contract =
        std::fs::read_to_string(in_repository("examples/vehicles.yaml")).expect("a contract");
    let two = contract
        .replace("distance_m: 44310", "distance_m: far")
        .replace("replay: 10}", "replay: -1}");
    let line = |needle| {
        1 + two
            .lines()
            .position(|line| line.contains(needle))
            .expect("the mistake")
    };
    let files = [
        write(&directory, "two.yaml", &two),
        directory.path().join("missing.yaml").display().to_string(),
        write(&directory, "binary.yaml", b"\xff\xfe\x00"),
        write(&directory, "tabs.yaml", "asyncapi: 3.0.0\n\tinfo: {}\n"),
        write(&directory, "empty.yaml", ""),
        in_repository("examples/vehicles.yaml"),
    ];
    let (status, out, err) = run(tickwire(&["check"]).args(&files));
    assert_eq!((status, err.as_str()), (Some(1), ""), "{out}");
    let of = |file: &str| {
        out.lines()
            .filter(|line| line.starts_with(&format!("{file}: ")))
            .collect::<Vec<_>>()
    };
    let [replay, distance] = of(&files[0])[..] else {
        panic!("{out}")
    };
    assert!(
        replay.contains(&format!(
            ": channels/vehicle/x-topic/retention/replay ({}:",
            line("replay: -1}")
        )),
        "{replay}"
    );
    assert!(
        distance.contains(&format!(" ({}:", line("distance_m: far"))),
        "{distance}"
    );
    assert!(
        of(&files[1])[0].ends_with("cannot read it: No such file or directory (os error 2)"),
        "{out}"
    );
    assert!(of(&files[2])[0].contains("cannot read it: "), "{out}");
    for file in &files[3..5] {
        let [problem] = of(file)[..] else {
            panic!("{file}: {out}")
        };
        let place = problem
            .split(['(', ')'])
            .nth(if problem.contains("(document)") { 3 } else { 1 });
        let place = place
            .and_then(|place| place.split_once(':'))
            .expect("a place");
        assert!(
            place.0.parse::<usize>().is_ok() && place.1.parse::<usize>().is_ok(),
            "{problem}"
        );
    }
    assert!(of(&files[5])[0].contains(": ok, "), "{out}");
    let total: usize = files.iter().map(|file| of(file).len()).sum();
    assert_eq!(
        out.lines().count(),
        total,
        "every line belongs to a file: {out}"
    );
}

// ----------------------------------------------------------------------------------- help --

/// `UPDATE_SNAPSHOTS=1 cargo test --test cli` writes it anew; read the diff.
#[test]
fn help_is_as_in_the_snapshot() {
    let mut text = String::new();
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["diff", "--help"],
        &["new", "topic", "--help"],
        &["new", "operation", "--help"],
        &["token", "--help"],
    ] {
        let (status, out, err) = run(&mut tickwire(arguments));
        assert_eq!((status, err.as_str()), (Some(0), ""));
        // clap puts blanks on empty lines.
        let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
        text.push_str(&format!(
            "$ tickwire {}\n{}\n\n",
            arguments.join(" "),
            lines.join("\n")
        ));
    }
    let snapshot = in_repository("tests/cli/help.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&snapshot, &text).expect("a snapshot");
    }
    let expected = std::fs::read_to_string(&snapshot).expect("a snapshot");
    assert!(
        text == expected,
        "the help differs from {snapshot}:\n{text}"
    );
}

#[test]
fn every_setting_is_in_the_help_of_serve_and_of_the_program() {
    let (_, program, _) = run(&mut tickwire(&["--help"]));
    let (_, serve, _) = run(&mut tickwire(&["serve", "--help"]));
    let flags = |text: &str| {
        let lines = text
            .lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with("--"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(flags(&program), flags(&serve));
    assert_eq!(
        program.matches("[env: TICKWIRE_").count(),
        flags(&program).len(),
        "each has its variable"
    );
    let (_, version, _) = run(&mut tickwire(&["--version"]));
    assert_eq!(version, format!("tickwire {}\n", env!("CARGO_PKG_VERSION")));
}

// -------------------------------------------------------------------------------- refusals --

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let directory = tempfile::tempdir().expect("a directory");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().expect("an address").to_string();
    let columns = write(
        &directory,
        "columns.csv",
        "time,open,high,low,close,volume\n2020-01-01,2,3,1,2,x\n",
    );
    let spec = in_repository("examples/vehicles.yaml");
    let folder = directory.path().display().to_string();
    let rows: [(&[&str], i32, &str); 22] = [
        (&["--listen", &taken], 1, "Address already in use"),
        (
            &["--listen", "localhost"],
            2,
            "expected an IP address and a port, such as 127.0.0.1:8080",
        ),
        (
            &["--spec", "no/such.yaml"],
            1,
            "cannot read no/such.yaml: No such file",
        ),
        (&["--spec", &folder], 1, "Is a directory"),
        (
            &["--spec", &spec, "--modules=datafeed"],
            1,
            "give --spec or --modules, not both",
        ),
        (&["--source", "no/such.csv"], 1, "no/such.csv: No such file"),
        (&["--source", &columns], 1, "columns.csv:2"),
        (
            &["--replay-start", "1999-12-31"],
            1,
            "the recorded days are 2000-03-01 to 2013-03-01",
        ),
        (
            &["--replay-start", "2013-12-31"],
            1,
            "the recorded days are 2000-03-01 to 2013-03-01",
        ),
        (
            &["--replay-start", "tomorrow"],
            2,
            "expected a date, such as 2009-01-02",
        ),
        (
            &["--replay-day", "60"],
            2,
            "expected one of the units ms, s, m, h",
        ),
        (&["--source=synthetic", "--rate", "nan"], 1, "not NaN"),
        (
            &["--source=synthetic", "--symbols", "0"],
            2,
            "0 is not in 1..=10000",
        ),
        (
            &["--modules", "broker"],
            2,
            "invalid value 'broker' for '--modules <NAMES>'",
        ),
        (&["--max-connections", "0"], 2, "expected at least 1"),
        (&["--max-frame-bytes", "x"], 2, "expected a whole number"),
        (&["--heartbeat", "0s"], 2, "expected a duration above zero"),
        (
            &["--log", "tickwire=loud"],
            1,
            "cannot understand the log filter \"tickwire=loud\"",
        ),
        (
            &["--log-format", "xml"],
            2,
            "invalid value 'xml' for '--log-format <FORMAT>'",
        ),
        (&["--colour"], 2, "unexpected argument '--colour'"),
        (&["chek"], 2, "unrecognized subcommand 'chek'"),
        (
            &["check", "--spec", &spec],
            2,
            "unexpected argument '--spec'",
        ),
    ];
    for (arguments, expected, part) in rows {
        let mut command = tickwire(arguments);
        if !arguments.contains(&"--listen") && !arguments.contains(&"check") {
            command.env("TICKWIRE_LISTEN", "127.0.0.1:0");
        }
        let (status, out, err) = run(&mut command);
        assert_eq!(
            (status, out.as_str()),
            (Some(expected), ""),
            "{arguments:?}: {err}"
        );
        let first = err.lines().next().unwrap_or_default();
        let who = if expected == 2 {
            "error: "
        } else {
            "tickwire: "
        };
        assert!(
            first.starts_with(who) && first.contains(part),
            "{arguments:?}: {err}"
        );
        // What clap adds is how to use it; our own errors are the line alone.
        assert!(
            expected == 2 || err.lines().count() == 1,
            "{arguments:?}: {err}"
        );
        for trace in [
            "panicked",
            "backtrace",
            "Error {",
            "Err(",
            "Os {",
            "\u{1b}[",
        ] {
            assert!(!err.contains(trace), "{arguments:?}: {err}");
        }
        let cause = first.rsplit(": ").next().expect("a cause");
        assert_eq!(
            first.matches(cause).count(),
            1,
            "a cause is told once: {first}"
        );
    }
}

#[test]
fn every_problem_of_a_contract_stands_before_the_refusal_to_serve_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let contract =
        std::fs::read_to_string(in_repository("examples/vehicles.yaml")).expect("a contract");
    let spec = write(
        &directory,
        "two.yaml",
        contract
            .replace("distance_m: 44310", "distance_m: far")
            .replace("replay: 10}", "replay: -1}"),
    );
    let (status, out, err) = run(&mut tickwire(&[
        "serve",
        "--listen=127.0.0.1:0",
        "--spec",
        &spec,
    ]));
    assert_eq!(
        (status, out.as_str(), err.lines().count()),
        (Some(1), "", 3),
        "{err}"
    );
    assert!(
        err.lines().take(2).all(|line| line.contains("two.yaml: ")),
        "{err}"
    );
}

#[test]
fn the_environment_is_as_good_as_flags_and_loses_against_them() {
    let with = |name, value, arguments: &[&str]| run(tickwire(arguments).env(name, value));
    let (status, _, err) = with(
        "TICKWIRE_REPLAY_START",
        "1999-12-31",
        &["--listen=127.0.0.1:0"],
    );
    assert!(
        status == Some(1) && err.contains("cannot start on 1999-12-31"),
        "{err}"
    );
    let (status, _, err) = with(
        "TICKWIRE_REPLAY_START",
        "1999-12-31",
        &["--listen=127.0.0.1:0", "--replay-start=1998-01-01"],
    );
    assert!(
        status == Some(1) && err.contains("cannot start on 1998-01-01"),
        "{err}"
    );
    let (status, _, err) = with("TICKWIRE_MODULES", "none,broker", &["--listen=127.0.0.1:0"]);
    assert!(
        status == Some(2) && err.contains("invalid value 'broker'"),
        "{err}"
    );
    // One of our names that is none would otherwise be passed over.
    let (status, _, err) = with("TICKWIRE_LISTN", "127.0.0.1:0", &[]);
    let expected = "tickwire: there is no setting for the environment variable TICKWIRE_LISTN; did you mean TICKWIRE_LISTEN?\n";
    assert_eq!((status, err.as_str()), (Some(1), expected));
}

// --------------------------------------------------------------------------------- running --

/// A server of its own process; killed, should a test fail.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts one that may open so many files (`ulimit`), by default so many and at most so many.
    #[cfg(target_os = "linux")]
    fn start_with_files(soft: u32, hard: u32, arguments: &[&str]) -> Self {
        let script = format!("ulimit -S -n {soft} && ulimit -H -n {hard} && exec \"$0\" \"$@\"");
        let program = env!("CARGO_BIN_EXE_tickwire");
        let mut command = clean("sh", &["-c", &script, program, "--listen=127.0.0.1:0"]);
        Self::start(command.args(arguments))
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut line = String::new();
        let out = child.stdout.as_mut().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            address: address.parse().expect("an address"),
            child,
        }
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let mut kill = Command::new("kill");
        let status = kill.args([signal, &id]).status().expect("kill runs");
        assert!(status.success());
    }

    /// Sends a signal; returns exit status and standard error.
    fn end_by(mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let mut err = String::new();
        self.child
            .stderr
            .take()
            .expect("its log")
            .read_to_string(&mut err)
            .expect("text");
        (self.child.wait().expect("it ends").code(), err)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails where it has ended, which is as well.
        let _ended = self.child.kill();
    }
}

/// A connection on which nothing has been said.
fn dial(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    let patience = Some(Duration::from_secs(20));
    stream.set_read_timeout(patience).expect("a timeout");
    stream
}

/// A WebSocket by hand: no library between the test and the bytes.
fn connect(address: SocketAddr) -> TcpStream {
    let mut stream = dial(address);
    let request = "GET /ws HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        head.push(byte[0]);
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101 "),
        "{}",
        String::from_utf8_lossy(&head)
    );
    stream
}

/// The next frame: its opcode and payload.
fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let mut read = |length: usize| {
        let mut bytes = vec![0; length];
        stream.read_exact(&mut bytes).expect("a frame");
        bytes
    };
    let head = read(2);
    let length = match head[1] {
        126 => u16::from_be_bytes(read(2).try_into().expect("two bytes")).into(),
        length => usize::from(length),
    };
    (head[0] & 0xf, read(length))
}

#[test]
fn a_signal_stops_the_server_and_its_connections_are_told() {
    for signal in ["-TERM", "-INT"] {
        let server = Server::start(&mut tickwire(&["--listen=127.0.0.1:0"]));
        let mut socket = connect(server.address);
        let welcome: Value = serde_json::from_slice(&frame(&mut socket).1).expect("JSON");
        assert_eq!(welcome["type"], "welcome");
        let listener = std::thread::spawn(move || {
            let goodbye: Value = serde_json::from_slice(&frame(&mut socket).1).expect("JSON");
            let close = frame(&mut socket);
            // The masked echo that ends the handshake (RFC 6455 section 5.5.1), mask zero.
            socket
                .write_all(&[0x88, 0x82, 0, 0, 0, 0, close.1[0], close.1[1]])
                .expect("it reads");
            (goodbye, close)
        });
        let (status, log) = server.end_by(signal);
        let (goodbye, (opcode, close)) = listener.join().expect("it was told");
        assert_eq!(
            (status, &goodbye["type"]),
            (Some(0), &"shutdown".into()),
            "{log}"
        );
        assert_eq!(
            (opcode, u16::from_be_bytes([close[0], close[1]])),
            (8, 1012)
        );
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    for signals in [["-TERM", "-TERM"], ["-INT", "-TERM"], ["-TERM", "-INT"]] {
        let server = Server::start(&mut tickwire(&["--listen=127.0.0.1:0", "--modules=none"]));
        let mut socket = connect(server.address);
        frame(&mut socket);
        server.signal(signals[0]);
        // This client never answers its close, and holds the end up.
        let (goodbye, close) = (frame(&mut socket), frame(&mut socket));
        assert_eq!((goodbye.0, close.0), (1, 8));
        // Who is told first, this client or the listener, is not said.
        while TcpStream::connect(server.address).is_ok() {
            std::thread::yield_now();
        }
        let (status, log) = server.end_by(signals[1]);
        assert_eq!(status, Some(130), "{signals:?}: {log}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_limit_of_open_files_is_raised_as_far_as_it_may_be() {
    // What it may open by default and at the most, what it then may, and whether that is enough.
    let rows = [
        (64, 500, 214, true),
        (64, 200, 200, false),
        (400, 500, 400, true),
    ];
    for (soft, hard, expected, enough) in rows {
        // And 64 for all else.
        let flags = [
            "--max-connections=100",
            "--max-http-connections=50",
            "--modules=none",
        ];
        let server = Server::start_with_files(soft, hard, &flags);
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.child.id()));
        let limits = limits.expect("limits");
        let mut lines = limits.lines();
        let line = lines.find(|line| line.starts_with("Max open files"));
        let current = line.and_then(|line| line.split_whitespace().nth(3));
        assert_eq!(current, Some(&*expected.to_string()), "{limits}");
        let (_, log) = server.end_by("-TERM");
        let warned = log.contains("the limit of open files leaves less room");
        assert_eq!(warned, !enough, "{log}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn it_goes_on_accepting_after_it_was_out_of_open_files() {
    let server = Server::start_with_files(60, 60, &["--modules=none", "--log-format=json"]);
    let address = server.address;
    // Each is a WebSocket, as far as there are files; the others wait in the kernel's queue.
    let request = "GET /ws HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let mut sockets = Vec::new();
    for _ in 0..80 {
        let mut socket = dial(address);
        socket
            .write_all(request.as_bytes())
            .expect("there is room for it");
        sockets.push(socket);
    }
    let mut child = server;
    let mut log = BufReader::new(child.child.stderr.take().expect("its log"));
    let mut line = String::new();
    while !line.contains("cannot accept connections for now") {
        line.clear();
        assert!(log.read_line(&mut line).expect("text") > 0, "it says so");
    }
    sockets.truncate(20);
    assert_eq!(frame(&mut connect(address)).0, 1, "it serves");
    drop(sockets);

    // Connections that say nothing give theirs back, sooner than their time is over.
    let silent: Vec<_> = (0..80).map(|_| dial(address)).collect();
    assert_eq!(frame(&mut connect(address)).0, 1, "it serves");
    drop(silent);
    child.child.stderr = Some(log.into_inner());
    assert_eq!(child.end_by("-TERM").0, Some(0));
}

#[test]
fn the_log_is_for_people_or_for_programs_and_never_coloured_in_a_file() {
    for (format, arguments) in [("human", &[][..]), ("json", &["--log-format=json"])] {
        let mut command = tickwire(&["serve", "--listen=127.0.0.1:0"]);
        let server = Server::start(command.args(arguments).env("TICKWIRE_LOG", "debug"));
        let address = server.address;
        drop(connect(address));
        let (status, log) = server.end_by("-TERM");
        assert_eq!(status, Some(0));
        assert!(!log.contains('\u{1b}'), "no colours: {log}");
        assert!(
            log.contains(&address.to_string()) && log.contains("connection opened"),
            "{log}"
        );
        for line in log.lines() {
            let parsed = serde_json::from_str::<Value>(line);
            assert_eq!(parsed.is_ok(), format == "json", "{format}: {line}");
            if let Ok(entry) = parsed {
                for field in ["timestamp", "level", "target", "fields"] {
                    assert!(!entry[field].is_null(), "no {field}: {line}");
                }
            }
        }
    }
}

#[test]
fn the_server_runs_without_anyone_to_read_its_output() {
    let probe = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address");
    let mut command = tickwire(&["--listen", &probe.to_string()]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // Closed before the first line is written, as by `tickwire | true`.
    drop(child.stdout.take());
    let log = BufReader::new(child.stderr.take().expect("its log"));
    let listening = log
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("listening"));
    assert!(listening.is_some(), "it says so in the log");
    let server = Server {
        child,
        address: probe,
    };
    assert_eq!(frame(&mut connect(server.address)).0, 1, "it serves");
}
