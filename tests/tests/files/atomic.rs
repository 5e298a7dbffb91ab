//! A save replaces the file whole or not at all.

use std::error::Error as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use static_net::file::SaveFault;
use static_net::prelude::*;

network! {
    struct Small< 3 => 2 >;
    /// 2.6 MB: writing it takes long enough to be interrupted.
    struct Large< 800 => relu 800 => 10 >;
}

/// Tells the child process that it is one, and where to save.
const PATH_OF_CHILD: &str = "STATIC_NET_TEST_SAVE_TO";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Not a test by itself: the process that `a_killed_save_leaves_the_old_file_or_the_new` kills.
#[test]
fn save_until_killed() {
    let Some(path) = std::env::var_os(PATH_OF_CHILD) else { return };
    let mut net = Large::zeros();
    loop {
        for value in [1.0, 2.0] {
            net.state_mut().fill(value);
            net.save(&path).unwrap();
        }
    }
}

#[test]
fn a_killed_save_leaves_the_old_file_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    let mut net = Large::zeros();
    net.state_mut().fill(1.0);
    net.save(&path).unwrap();

    let mut random = StdRng::seed_from_u64(4);
    let (mut seen, mut leftovers) = ([0; 2], 0);
    for _ in 0..60 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "atomic::save_until_killed"])
            .env(PATH_OF_CHILD, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Its first save shows that it runs; the kill comes anywhere in one of the next.
        let (started, saved) = (Instant::now(), fs::metadata(&path).unwrap().modified().unwrap());
        while fs::metadata(&path).unwrap().modified().unwrap() == saved {
            assert!(started.elapsed() < Duration::from_secs(60), "the child saves nothing");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(random.random_range(0..20_000)));
        child.kill().unwrap();
        child.wait().unwrap();

        let net = Large::load(&path).unwrap();
        let first = net.state()[0];
        assert!(first == 1.0 || first == 2.0, "{first}");
        assert!(net.state().iter().all(|&value| value == first), "a mixture of two states");
        seen[usize::from(first == 2.0)] += 1;

        // Leftovers do not pile up: the next process has removed those of the one before.
        let others = names(folder.path()).len() - 1;
        assert!(others <= 2, "{:?}", names(folder.path()));
        leftovers += others;
    }
    assert!(seen.iter().all(|&count| count > 0), "{seen:?} says too little");
    assert!(leftovers > 0, "no save was interrupted");

    net.save(&path).unwrap();
    assert_eq!(names(folder.path()), ["net.safetensors"]);
}

#[test]
fn saves_from_many_threads_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    std::thread::scope(|scope| {
        for value in 1..=4_u8 {
            let path = &path;
            scope.spawn(move || {
                let mut net = Small::zeros();
                net.state_mut().fill(f32::from(value));
                for _ in 0..25 {
                    net.save(path).unwrap();
                    let loaded = Small::load(path).unwrap();
                    let first = loaded.state()[0];
                    assert!([1.0, 2.0, 3.0, 4.0].contains(&first), "{first}");
                    assert_eq!(loaded.state(), [first; 8]);
                }
            });
        }
    });
    assert_eq!(names(folder.path()), ["net.safetensors"]);
}

#[test]
fn a_path_without_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let path = missing.join("net.safetensors");
    let error = Small::zeros().save(&path).unwrap_err();
    assert!(matches!(&error.fault, SaveFault::NoFolder(folder) if *folder == missing));
    assert_eq!(error.path, path);
    assert_eq!(
        error.to_string(),
        format!("cannot save to `{}`: there is no folder `{}`", path.display(), missing.display())
    );
}

#[test]
fn a_path_that_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path(), Path::new(""), Path::new("/"), Path::new("..")] {
        let error = Small::zeros().save(path).unwrap_err();
        assert!(matches!(error.fault, SaveFault::NotAFile), "{error}");
        assert_eq!(
            error.to_string(),
            format!("cannot save to `{}`: it is not the path of a file", path.display())
        );
    }
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_read_only_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.safetensors");
    fs::write(&path, "precious").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let error = Small::zeros().save(&path).unwrap_err();
    assert!(matches!(error.fault, SaveFault::ReadOnly));
    assert_eq!(
        error.to_string(),
        format!("cannot save to `{}`: the file is read-only", path.display())
    );
    assert_eq!(fs::read(&path).unwrap(), b"precious");
    assert_eq!(names(folder.path()), ["net.safetensors"]);
}

#[test]
fn what_the_system_refuses_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    // No file system takes a name of 300 bytes, which shows when the file is looked at.
    let path = folder.path().join("n".repeat(300));
    let error = Small::zeros().save(&path).unwrap_err();
    let SaveFault::Io { step, source } = &error.fault else { panic!("{error}") };
    assert_eq!(*step, "look at the file that is there");
    assert_eq!(source.kind(), ErrorKind::InvalidFilename);
    assert_eq!(
        error.to_string(),
        format!("cannot save to `{}`: failed to {step}: {source}", path.display())
    );
    assert!(error.source().is_some());
    assert_eq!(names(folder.path()), [""; 0]);

    // A name that ends in a slash is found out last, when the temporary file should take its place.
    let path = folder.path().join("net/");
    let error = Small::zeros().save(&path).unwrap_err();
    assert!(matches!(error.fault, SaveFault::Io { step: "put the new file in place", .. }));
    assert_eq!(names(folder.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    let net = Small::new(&mut StdRng::seed_from_u64(2));
    fs::create_dir(&real).unwrap();
    symlink("real/net.safetensors", &link).unwrap();

    // A link to a file that is still to be made.
    net.save(&link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let target = real.join("net.safetensors");
    assert_eq!(Small::load(&target).unwrap(), net);

    // The permissions of a new file are those that any program gives it, and are kept from then on.
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&target), mode(&plain));
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    Small::zeros().save(&link).unwrap();
    assert_eq!(mode(&target), 0o640);
    assert_eq!(Small::load(&link).unwrap(), Small::zeros());
    assert_eq!(names(&real), ["net.safetensors"]);

    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    symlink("other", &one).unwrap();
    symlink("one", &other).unwrap();
    assert_eq!(
        net.save(&one).unwrap_err().to_string(),
        format!(
            "cannot save to `{}`: failed to follow a symbolic link: the links form a loop",
            one.display()
        )
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_replaced() {
    let error = Small::zeros().save("/dev/null").unwrap_err();
    assert!(matches!(error.fault, SaveFault::NotAFile), "{error}");
    // A disk that is always full.
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("full");
    std::os::unix::fs::symlink("/dev/full", &link).unwrap();
    let error = Small::zeros().save(&link).unwrap_err();
    assert!(matches!(error.fault, SaveFault::NotAFile), "{error}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
