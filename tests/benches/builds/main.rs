//! What a user waits for: release builds of a program whose packages are built already.
//!
//!     cargo bench -p static-net-tests --bench builds [-- PROGRAM...]
//!
//! A row is the time of the processor that one build takes, over all its threads, and the size of the program.
//! `STATIC_NET=path` builds with another copy of `core`, so that two can be compared.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

/// How often each program is built; the quickest counts.
const TURNS: usize = 2;

const MANIFEST: &str = r#"
[package]
name = "builds"
edition = "2024"

[workspace]

[dependencies]
static-net = { path = "CORE" }
"#;

fn main() {
    let wanted: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let package = Package::new();
    println!(
        "{:<20} {:>8} {:>8} {:>10} {:>10}",
        "program", "user s", "wall s", "bytes", "stripped"
    );
    for (name, source) in programs() {
        if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            let builds: Vec<Build> = (0..TURNS).map(|_| package.build(&name, &source)).collect();
            let seconds =
                |of: fn(&Build) -> f64| builds.iter().map(of).fold(f64::INFINITY, f64::min);
            println!(
                "{name:<20} {:>8.1} {:>8.1} {:>10} {:>10}",
                seconds(|build| build.user),
                seconds(|build| build.wall),
                builds[0].bytes,
                package.stripped_bytes(&name),
            );
        }
    }
}

fn programs() -> Vec<(String, String)> {
    let mut programs: Vec<(String, String)> =
        [0, 2, 4, 8, 12].map(|count| (format!("norms-{count}"), norms(count))).into();
    for (name, source) in [
        ("mobilenet", include_str!("mobilenet.rs")),
        ("mobilenet-training", include_str!("mobilenet.rs")),
        ("wavenet", include_str!("wavenet.rs")),
        ("gpt", include_str!("gpt.rs")),
    ] {
        let source = if name.ends_with("training") { trained(source) } else { source.into() };
        programs.push((name.into(), source));
    }
    programs
}

/// Dense layers, so many of them behind a normalization; one forward pass and one step of training.
fn norms(count: usize) -> String {
    let stages = "layer_norm => 8 => ".repeat(count);
    format!(
        "use static_net::prelude::*;
        network! {{ struct Net< [8, 8] => {stages} 8 >; }}
        fn main() {{
            let mut net = Net::new(&mut StdRng::seed_from_u64(1));
            println!(\"{{}}\", net.forward(&[0.5; 64]));
            let x = SMatrix::<f32, 64, 4>::repeat(0.5);
            let activations = net.activations(&x);
            let (_, d_output) = MeanSquaredError.loss(&activations.output, &x);
            let mut gradient = Net::zeros();
            net.backward(&activations, &d_output, &mut gradient);
            Adam::new(&net).step(&mut net, &gradient);
            println!(\"{{}}\", net.stage1.bias);
        }}"
    )
}

/// MobileNetV2 with a step of training in place of a forward pass.
fn trained(source: &str) -> String {
    let (declaration, _) = source.split_once("fn main").expect("a program has a main function");
    format!(
        "{declaration}
        fn main() {{
            let mut rng = StdRng::seed_from_u64(1);
            let mut net = MobileNet::new(&mut rng);
            let x = OMatrix::<f32, Const<{{ 3 * 224 * 224 }}>, Dyn>::repeat(2, 0.5);
            let activations = net.train(&x, &mut rng);
            let (loss, d_output) = CrossEntropy.loss(&activations.output, &[1, 2]);
            let mut gradient = MobileNet::zeros();
            net.backward(&activations, &d_output, &mut gradient);
            Sgd::new(&net).step(&mut net, &gradient);
            println!(\"{{loss}}\");
        }}"
    )
}

/// The package whose programs are built.
struct Package {
    root: PathBuf,
}

struct Build {
    user: f64,
    wall: f64,
    bytes: u64,
}

impl Package {
    fn new() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("builds");
        let core =
            env::var("STATIC_NET").unwrap_or_else(|_| tests.join("../core").display().to_string());
        let _ = fs::remove_dir_all(root.join("src"));
        fs::create_dir_all(root.join("src/bin")).expect("a folder for the programs");
        write(&root.join("Cargo.toml"), &MANIFEST.replace("CORE", &core));
        // The versions that the workspace has, so that nothing is downloaded.
        fs::copy(tests.join("../Cargo.lock"), root.join("Cargo.lock"))
            .expect("the workspace's lock file");
        let package = Package { root };
        package.build("nothing", "use static_net as _; fn main() {}");
        package
    }

    fn build(&self, name: &str, source: &str) -> Build {
        write(&self.source(name), source);
        let (user, start) = (children_seconds(), Instant::now());
        let status = Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet", "--offline", "--bin", name])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env_remove("RUSTFLAGS")
            .status()
            .expect("cargo runs");
        assert!(status.success(), "`{name}` does not build");
        Build {
            user: children_seconds() - user,
            wall: start.elapsed().as_secs_f64(),
            bytes: bytes(&self.program(name)),
        }
    }

    fn source(&self, name: &str) -> PathBuf {
        self.root.join("src/bin").join(name).with_extension("rs")
    }

    fn program(&self, name: &str) -> PathBuf {
        self.root.join("target/release").join(name)
    }

    /// The size without symbols, where there is a `strip`.
    fn stripped_bytes(&self, name: &str) -> String {
        let (program, stripped) = (self.program(name), self.root.join("stripped"));
        match Command::new("strip").arg(&program).arg("-o").arg(&stripped).status() {
            Ok(status) if status.success() => bytes(&stripped).to_string(),
            _ => "-".into(),
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn bytes(path: &Path) -> u64 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).len()
}

/// Seconds that ended child processes have computed for, as Linux tells in hundredths.
fn children_seconds() -> f64 {
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name before may hold spaces. Behind it, `cutime` is the fourteenth word.
    let word = status.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(13));
    word.and_then(|word| word.parse::<f64>().ok()).map_or(f64::NAN, |ticks| ticks / 100.0)
}
