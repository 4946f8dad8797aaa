//! A copy of this package that can be changed and compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What `cargo` is for the commands of a page.
const CARGO: &str = r#"
cargo() {
  case "$*" in
    "run -- "*) shift 2; "$TICKWIRE" "$@" ;;
    build) "$REAL_CARGO" test --no-run --offline --color=never --test built ;;
    *) echo "the walk does not know: cargo $*" >&2; return 1 ;;
  esac
}
set -e
"#;

/// There is one copy, at one place: another place would be another package to Cargo, and whatever was
/// compiled for it would stay in the target directory.
static COPY: Mutex<()> = Mutex::new(());

/// A copy of what compiling the library needs.
pub struct Package {
    pub path: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Package {
    pub fn with_contract(contract: &str) -> Self {
        let guard = COPY.lock().unwrap_or_else(PoisonError::into_inner);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract-first");
        if path.exists() {
            fs::remove_dir_all(&path).expect("the last copy can be removed");
        }
        for part in ["src", "web/dist", "tests/keys", "examples", "build.rs", "Cargo.lock"] {
            copy(&Path::new(ROOT).join(part), &path.join(part));
        }
        let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).expect("a manifest");
        let manifest = alone(&manifest);
        fs::write(path.join("Cargo.toml"), manifest).expect("the manifest");
        fs::write(path.join("asyncapi.yaml"), contract).expect("the contract");
        Self {
            path,
            _alone: guard,
        }
    }

    /// Puts `code` behind the line `after` of a source file.
    pub fn edit(&self, file: &str, after: &str, code: &str) {
        let path = self.path.join(file);
        let text = fs::read_to_string(&path).expect("a source file");
        assert_eq!(text.matches(after).count(), 1, "{after} is in {file}");
        fs::write(&path, text.replace(after, &format!("{after}{code}"))).expect("a source file");
    }

    /// Lets the program be built under a name of its own: in the target directory, which is shared, it
    /// would else take the place of the one that tests run. It is built for the test `built`.
    pub fn add_program(&self, name: &str) {
        let path = self.path.join("Cargo.toml");
        let manifest = fs::read_to_string(&path).expect("a manifest");
        let program = format!("\n[[bin]]\nname = \"{name}\"\npath = \"src/main.rs\"\n");
        let manifest = manifest.replacen("[package]\n", "[package]\nautobins = false\n", 1);
        fs::write(path, manifest + &program).expect("the manifest");
        fs::create_dir_all(self.path.join("tests")).expect("a directory");
        fs::write(self.path.join("tests/built.rs"), "//! Nothing.\n").expect("a test");
    }

    /// Runs the commands of a page.
    pub fn bash(&self, script: &str) -> Output {
        command("bash")
            .args(["-c", &format!("{CARGO}{script}")])
            .current_dir(&self.path)
            .env("TICKWIRE", env!("CARGO_BIN_EXE_tickwire"))
            .env("REAL_CARGO", env!("CARGO"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("bash runs")
    }

    /// Compiles the library. `Err` has what the compiler said.
    pub fn compile(&self) -> Result<(), String> {
        // As a test: so its dependencies have the features with which this test's were built.
        let mut cargo = command(env!("CARGO"));
        cargo.args(["test", "--lib", "--no-run", "--offline", "--color=never"]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let output = cargo.current_dir(&self.path).output();
        let output = output.expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(())
        } else {
            Err(said)
        }
    }
}

/// Where everything is built.
pub fn target() -> &'static Path {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    target.expect("the target directory")
}

/// A program that builds here, as if a person had called it: what Cargo tells the tests that it runs would
/// make build scripts run again that look at it.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let of_cargo =
            name.starts_with("CARGO_") && !matches!(&*name, "CARGO_HOME" | "CARGO_BUILD_JOBS");
        if of_cargo || name == "OUT_DIR" {
            command.env_remove(name);
        }
    }
    command
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_INCREMENTAL", "0");
    command
}

/// A manifest without benchmarks and examples, whose files are not copied, and with the other packages
/// of the workspace where they are.
fn alone(manifest: &str) -> String {
    let mut kept = true;
    let lines = manifest.lines().filter_map(|line| {
        if line.starts_with('[') {
            kept = !line.starts_with("[[");
        }
        let line = match line.starts_with("members = ") {
            true => "members = []",
            false => line,
        };
        kept.then_some(line)
    });
    let mut manifest: String = lines.map(|line| format!("{line}\n")).collect();
    for folder in ["crates", "clients"] {
        let there = format!(r#"path = "{ROOT}/{folder}/"#);
        manifest = manifest.replace(&format!(r#"path = "{folder}/"#), &there);
    }
    manifest
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a directory")).expect("a directory");
        fs::copy(from, to).expect("a copy");
    }
}
