//! Codegen killed, many at once, on full disks and in folders that cannot be written: the crates are the old ones or the new ones,
//! the workspace loads, and the next run leaves nothing behind.

mod tree;

use crate::campaign::Round;
use crate::report::{Part, Report};
use crate::rng::{self, Rng};
use anyhow::Context;
use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tree::{SERVICES, State, Tree, Version};

/// What the figure is called.
const FIGURE: &str = "runs that leave a tree neither old nor new, or a workspace that does not load";

/// How long a run may take, on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the part.
pub(crate) fn run(round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let broken = report.broken(Part::Runs);
    let mut runs = Runs::prepare(round, report)?;
    for number in round.numbers() {
        let wrong = runs.attack(&mut rng::of("runs", round.seed, number))?;
        report.case(Part::Runs, round.seed, number, wrong);
    }
    report.measure(FIGURE, "runs", Some(0.0), (report.broken(Part::Runs) - broken) as f64);
    Ok(())
}

/// What is done to a run.
#[derive(Clone, Copy, Debug)]
enum Attack {
    /// So many at once, on all services or one each.
    Together(usize),
    /// Killed after this part of its time, in thousandths.
    Killed(u32),
    /// The same, of several at once.
    KilledTogether(u32),
    /// No file may be larger than so many blocks of 512 bytes.
    Full(u32),
    /// Nothing may be written.
    ReadOnly,
    /// A file is where a service's folder should be.
    Blocked,
}

impl Attack {
    fn choose(rng: &mut Rng) -> Self {
        match rng.u8(..20) {
            0..=5 => Self::Together(rng.usize(2..=8)),
            6..=12 => Self::Killed(rng.u32(..1_100)),
            13..=14 => Self::KilledTogether(rng.u32(..1_100)),
            15..=17 => Self::Full(rng.u32(..80)),
            18 => Self::ReadOnly,
            _ => Self::Blocked,
        }
    }
}

/// A repository of its own, whose models change between two versions.
struct Runs<'r> {
    round: &'r Round,
    tree: Tree,
    /// What the crates are, and what is in the models.
    old: Version,
    /// How long a run takes that nobody disturbs.
    usual: Duration,
    states: [State; 2],
}

impl<'r> Runs<'r> {
    fn prepare(round: &'r Round, report: &mut Report) -> anyhow::Result<Self> {
        let tree = Tree::create(round, &round.folder("runs")?)?;
        let empty = || State::default();
        let mut runs = Self { round, tree, old: Version::A, usual: Duration::ZERO, states: [empty(), empty()] };
        for version in [Version::B, Version::A] {
            runs.tree.set_models(version)?;
            let began = Instant::now();
            let output = runs.codegen(&[]).output()?;
            runs.usual = began.elapsed();
            anyhow::ensure!(output.status.success(), "codegen fails undisturbed: {}", text(&output));
            runs.states[version as usize] = runs.tree.state()?;
        }
        anyhow::ensure!(
            runs.states[0].differs_everywhere(&runs.states[1]),
            "the two versions of the models give the same crates"
        );
        report.measure("codegen of Connect and a fixture, nothing disturbing it", "s", None, runs.usual.as_secs_f64());
        Ok(runs)
    }

    fn codegen(&self, services: &[&str]) -> Command {
        let mut command = Command::new(&self.round.xtask);
        command.arg("--root").arg(&self.tree.root).arg("codegen").args(services);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Changes the models and attacks the run that should follow; what is wrong afterwards. Whatever it was, the tree is whole again.
    fn attack(&mut self, rng: &mut Rng) -> anyhow::Result<Option<String>> {
        let attack = Attack::choose(rng);
        let new = self.old.other();
        self.tree.set_models(new)?;
        let told = |wrong: String| format!("{attack:?}: {wrong}");
        let during = self.disturb(attack, new, rng)?;
        let after = self.check_old_or_new(new)?;
        let next = self.check_next_run(new)?;
        self.old = new;
        let wrong: Vec<String> = [during, after, next].into_iter().flatten().collect();
        if wrong.is_empty() {
            return Ok(None);
        }
        self.tree.reset()?;
        anyhow::ensure!(self.codegen(&[]).output()?.status.success(), "codegen fails in a fresh folder");
        Ok(Some(told(wrong.join("; "))))
    }

    /// Runs codegen as the attack says; what the runs themselves did wrong.
    fn disturb(&self, attack: Attack, new: Version, rng: &mut Rng) -> anyhow::Result<Option<String>> {
        match attack {
            Attack::Together(count) => self.together(count, new, rng),
            Attack::Killed(part) => self.killed(1, part),
            Attack::KilledTogether(part) => self.killed(rng.usize(2..=3), part),
            Attack::Full(blocks) => {
                // The signal would end it; without it, writing fails as on a full disk.
                let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                self.must_speak(wrapped(&["sh", "-c", &script], &self.codegen(&[])).output()?)
            }
            Attack::ReadOnly => self.read_only(),
            Attack::Blocked => {
                let folder = self.tree.root.join("generated").join(SERVICES[rng.usize(..SERVICES.len())]);
                let aside = self.tree.root.join("aside");
                fs::rename(&folder, &aside)?;
                fs::write(&folder, "in the way")?;
                let output = self.codegen(&[]).output()?;
                if fs::metadata(&folder).is_ok_and(|it| it.is_file()) {
                    fs::remove_file(&folder)?;
                    fs::rename(&aside, &folder)?;
                } else {
                    fs::remove_dir_all(&aside)?;
                }
                self.must_speak(output)
            }
        }
    }

    /// Each run succeeds, since nothing is wrong; those that check write nothing, whatever they find.
    fn together(&self, count: usize, new: Version, rng: &mut Rng) -> anyhow::Result<Option<String>> {
        let same = rng.bool();
        let mut children = Vec::new();
        for number in 0..count {
            let services: &[&str] = match (same, number % 4) {
                (true, _) | (false, 0) => &[],
                (false, 1) => &SERVICES[..1],
                (false, 2) => &SERVICES[1..],
                (false, _) => &["--check"],
            };
            let is_check = services == ["--check"];
            // Nobody reads yet what they say: none of them may hold the others for that.
            children.push((is_check, self.codegen(services).spawn().context("cannot run codegen")?));
        }
        let mut wrong = None;
        for (is_check, child) in children {
            let output = child.wait_with_output()?;
            if !is_check && !output.status.success() {
                wrong = Some(format!("one of {count} runs failed: {}", text(&output)));
            }
        }
        let state = self.tree.state()?;
        if wrong.is_none() && state.services != self.states[new as usize].services {
            wrong = Some(format!("{count} runs ended well, and the crates are not the new ones"));
        }
        Ok(wrong)
    }

    fn killed(&self, count: usize, part: u32) -> anyhow::Result<Option<String>> {
        let children: Result<Vec<Child>, _> = (0..count).map(|_| self.codegen(&[]).spawn()).collect();
        sleep(self.usual * part / 1_000);
        for mut child in children? {
            child.kill()?;
            child.wait()?;
        }
        Ok(None)
    }

    fn read_only(&self) -> anyhow::Result<Option<String>> {
        let generated = self.tree.root.join("generated");
        let is_root = Command::new("id").arg("-u").output()?.stdout == b"0\n";
        let output = if is_root {
            // Permissions do not bind root; they bind nobody.
            let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
            match wrapped(&nobody, &self.codegen(&[])).output() {
                Ok(output) => output,
                // Without such a program there is nothing to be tried.
                Err(_) => return Ok(None),
            }
        } else {
            let chmod = |mode: &str| Command::new("chmod").args(["-R", mode]).arg(&generated).status();
            chmod("a-w")?;
            let output = self.codegen(&[]).output();
            chmod("u+w")?;
            output?
        };
        if output.status.success() && self.tree.state()?.services == self.states[self.old as usize].services {
            return Ok(Some("nothing could be written, nothing was, and the run ended well".to_owned()));
        }
        self.must_speak(output)
    }

    /// A run that fails says why; none panics.
    fn must_speak(&self, output: Output) -> anyhow::Result<Option<String>> {
        let text = text(&output);
        let is_silent = !output.status.success() && !text.contains("error");
        let panicked = text.contains("panicked") || output.status.code().is_none();
        Ok((is_silent || panicked).then(|| format!("the run ended with {} and said {text:?}", output.status)))
    }

    fn check_old_or_new(&self, new: Version) -> anyhow::Result<Option<String>> {
        let state = self.tree.state()?;
        let (old, new) = (&self.states[self.old as usize], &self.states[new as usize]);
        for service in SERVICES {
            let files = state.services.get(service);
            if files != old.services.get(service) && files != new.services.get(service) {
                let count = files.map_or(0, |files| files.len());
                return Ok(Some(format!("generated/{service} is neither old nor new: {count} files")));
            }
        }
        self.tree.check_loads()
    }

    /// The next run repairs whatever there is to be repaired, and leaves nothing behind.
    fn check_next_run(&self, new: Version) -> anyhow::Result<Option<String>> {
        let mut child = self.codegen(&[]).spawn()?;
        let began = Instant::now();
        while child.try_wait()?.is_none() {
            if began.elapsed() > PATIENCE {
                child.kill()?;
                child.wait()?;
                return Ok(Some(format!("the next run does not end in {} s", PATIENCE.as_secs())));
            }
            sleep(Duration::from_millis(10));
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Ok(Some(format!("the next run ends with {}: {}", output.status, text(&output))));
        }
        let state = self.tree.state()?;
        let expected = &self.states[new as usize];
        if state.services != expected.services {
            return Ok(Some("the next run does not give the new crates".to_owned()));
        }
        let litter: Vec<&String> = state.others.iter().filter(|path| !expected.others.contains(*path)).take(5).collect();
        Ok((!litter.is_empty()).then(|| format!("the next run leaves {litter:?}")))
    }
}

/// The command, behind another that starts it.
fn wrapped(with: &[&str], command: &Command) -> Command {
    let mut wrapped = Command::new(with[0]);
    wrapped.args(&with[1..]).arg(command.get_program()).args(command.get_args());
    wrapped.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    wrapped
}

/// The end of what a run says: what it warns of comes first.
fn text(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let start = text.rfind("\nerror").or(text.starts_with("error").then_some(0)).unwrap_or_default();
    text[start..].chars().take(400).collect()
}
