//! The real program, at once and cut off: whatever happens, a service's crates are the old ones or the new, and cargo loads the
//! workspace that they are in.

use crate::repository::{Model, Repository, Tree, text};
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::{Duration, Instant};

/// Where the random times of this run come from.
const SEED: u64 = 0x5EED_0009;
const KILLS: usize = 40;
const ROUNDS: usize = 8;

/// How long a run may take that nothing holds, on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_secs(60);

/// [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: Duration) -> Duration {
        limit.mul_f64((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// The crates of a model, as an undisturbed run writes them.
fn written(repository: &Repository, model: Model) -> Tree {
    repository.put_model(model);
    let output = repository.generate(&[]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    repository.tree()
}

#[test]
fn a_killed_run_leaves_the_old_crates_or_the_new() {
    let repository = Repository::new();
    let (old, new) = (written(&repository, Model::One), written(&repository, Model::Two));
    let began = Instant::now();
    assert_eq!(written(&repository, Model::One), old);
    let whole = began.elapsed();

    let mut random = Random(SEED);
    let mut cut_off = 0;
    for kill in 0..KILLS {
        repository.put_model(Model::Two);
        let mut run = repository.generate(&[]).spawn().unwrap();
        std::thread::sleep(random.below(whole));
        run.kill().unwrap();
        cut_off += usize::from(!run.wait().unwrap().success());

        let tree = repository.tree();
        assert!(tree == old || tree == new, "kill {kill} of seed {SEED:#x} left a tree that is neither old nor new");
        repository.assert_loads(&format!("kill {kill} of seed {SEED:#x}"));
        assert_eq!(written(&repository, Model::One), old, "kill {kill} of seed {SEED:#x}");
        assert_eq!(repository.left_over(), [""; 0], "kill {kill} of seed {SEED:#x}");
    }
    assert!(cut_off > KILLS / 4, "only {cut_off} of {KILLS} runs were cut off");
}

#[test]
fn runs_at_once_write_one_after_the_other_and_readers_see_whole_trees() {
    let repository = Repository::new();
    let full = repository.put_full_model(Model::Two);
    let (new, old) = (written(&repository, Model::Two), written(&repository, Model::One));
    let drift = {
        let output = repository.generate(&["--check", "--docs", &full]).output().unwrap();
        text(&output)
    };
    for round in 0..ROUNDS {
        let spawn = |arguments: &[&str]| repository.generate(arguments).spawn().unwrap();
        let writers: Vec<_> = (0..3).flat_map(|_| [spawn(&[]), spawn(&["--docs", &full])]).collect();
        let readers: Vec<_> = (0..3).map(|_| spawn(&["--check", "--docs", &full])).collect();
        repository.assert_loads(&format!("round {round}"));
        for writer in writers {
            let output = writer.wait_with_output().unwrap();
            assert!(output.status.success(), "round {round}: {}", text(&output));
        }
        for reader in readers {
            let output = reader.wait_with_output().unwrap();
            let said: String =
                text(&output).lines().filter(|line| !line.starts_with("waiting")).map(|line| format!("{line}\n")).collect();
            assert!(said.is_empty() || said == drift, "round {round}: a reader saw part of a tree: {said}");
        }
        let tree = repository.tree();
        assert!(tree == old || tree == new, "round {round} left a tree that no run wrote");
        assert_eq!(repository.left_over(), [""; 0]);
    }
}

#[test]
fn a_run_waits_for_another_and_says_so() {
    let repository = Repository::new();
    let other = File::open(repository.root()).unwrap();
    other.lock().unwrap();
    repository.put_model(Model::One);
    let mut run = repository.generate(&[]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(run.try_wait().unwrap().is_none(), "it did not wait");
    assert!(!repository.root().join("generated/desk").exists());
    other.unlock().unwrap();
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(text(&output).contains("waiting for another task"), "{}", text(&output));
}

#[test]
fn a_check_writes_nothing_not_even_to_clean_up() {
    let repository = Repository::new();
    written(&repository, Model::One);
    repository.put(".codegen/desk/api/Cargo.toml", "left by a run that was killed");
    repository.put_model(Model::Two);
    let before = repository.state();
    let output = repository.generate(&["--check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(repository.state(), before);
    repository.assert_loads("a run that was killed");
}

#[test]
fn a_check_names_a_hundred_files_and_counts_the_others() {
    let repository = Repository::new();
    let (new, old) = (written(&repository, Model::Two), written(&repository, Model::One));
    repository.put_model(Model::Two);
    let stale = old.keys().filter(|path| !new.contains_key(*path)).count();
    let changed = new.iter().filter(|(path, text)| old.get(*path) != Some(*text)).count();
    let output = repository.generate(&["--check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[..100].iter().all(|line| line.starts_with("generated/desk/")), "{said}");
    let others = format!("and {} other files", stale + changed - 100);
    assert_eq!(lines[100..], [others.as_str(), "generate them again: desk"]);
}

/// One end of a pipe that takes nothing more, and the other, which nobody reads.
fn full_pipe() -> (UnixStream, UnixStream) {
    let (mut writer, reader) = UnixStream::pair().unwrap();
    writer.set_nonblocking(true).unwrap();
    let error = loop {
        if let Err(error) = writer.write_all(b"zq") {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
    writer.set_nonblocking(false).unwrap();
    (writer, reader)
}

/// Whether a run ends soon; it is ended, if it does not.
fn ends(run: &mut Child) -> bool {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if run.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    false
}

#[test]
fn a_check_that_nobody_listens_to_holds_nobody() {
    let repository = Repository::new();
    written(&repository, Model::One);
    repository.put_model(Model::Two);
    let began = Instant::now();
    assert_eq!(repository.generate(&["--check"]).output().unwrap().status.code(), Some(1));
    let whole = began.elapsed();

    let (writer, _reader) = full_pipe();
    let mut check = repository.generate(&["--check"]).stderr(OwnedFd::from(writer)).spawn().unwrap();
    // By now it has something to say.
    std::thread::sleep(3 * whole + Duration::from_millis(200));
    let is_stuck = check.try_wait().unwrap().is_none();
    let mut write = repository.generate(&[]).spawn().unwrap();
    let has_ended = ends(&mut write);
    check.kill().unwrap();
    check.wait().unwrap();
    assert!(is_stuck, "the check has told somebody");
    assert!(has_ended, "a run that writes waits for a check's reader");
}
