//! Replacing a file whole or not at all.
//!
//! This is plain `std`. `tempfile` makes its files readable to their owner only and does not wait for
//! the disk; `atomic-write-file` replaces symbolic links themselves; both bring a layer over system
//! calls that is longer to build than this is to read.

use std::collections::hash_map::RandomState;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::BuildHasher as _;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::SaveFault;

const PREFIX: &str = ".static-net-";
const SUFFIX: &str = ".partial";

/// Gives a path a new file with the contents that `write` writes.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), SaveFault> {
    let target = follow_links(path).map_err(failed("follow a symbolic link"))?;
    let folder = match target.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Err(SaveFault::NotAFile),
    };
    if target.file_name().is_none() {
        return Err(SaveFault::NotAFile);
    }
    if !folder.is_dir() {
        return Err(SaveFault::NoFolder(folder.to_owned()));
    }
    let old = match fs::metadata(&target) {
        Ok(old) if !old.is_file() => return Err(SaveFault::NotAFile),
        Ok(old) if old.permissions().readonly() => return Err(SaveFault::ReadOnly),
        Ok(old) => Some(old),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(failed("look at the file that is there")(error)),
    };

    let mut temporary = Temporary::new(folder).map_err(failed("make a temporary file"))?;
    if let Some(old) = old {
        // Before the contents, which the new file's own permissions might show to others.
        inherit(&temporary.file, &old).map_err(failed("set the permissions"))?;
    }
    write(&mut temporary.file).map_err(failed("write the temporary file"))?;
    temporary.file.sync_all().map_err(failed("bring the temporary file to the disk"))?;
    temporary.rename(&target).map_err(failed("put the new file in place"))?;
    sync_folder(folder).map_err(failed("bring the folder to the disk"))?;
    remove_leftovers(folder);
    Ok(())
}

fn failed(step: &'static str) -> impl Fn(io::Error) -> SaveFault {
    move |source| SaveFault::Io { step, source }
}

/// Where a path leads: `canonicalize` would fail for a link to a file that is still to be made.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(link) => path = path.parent().unwrap_or(Path::new("")).join(link),
            // Not a link, or nothing at all.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("the links form a loop"))
}

/// A file that is removed unless it is renamed.
struct Temporary {
    path: PathBuf,
    file: File,
    renamed: bool,
}

impl Temporary {
    fn new(folder: &Path) -> io::Result<Self> {
        loop {
            // The standard library's random numbers: a process number would not tell containers apart.
            let random = RandomState::new().hash_one(0_u8);
            let path = folder.join(format!("{PREFIX}{random:016x}{SUFFIX}"));
            let file = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            // The lock tells others that it is no leftover. It ends with the process. Where there are
            // no locks, nobody takes one, so nothing is removed either.
            let _ = file.lock();
            // Another process may have taken it for a leftover just before.
            if path.try_exists()? {
                return Ok(Temporary { path, file, renamed: false });
            }
        }
    }

    fn rename(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Gives a file the owner, where that is allowed, and the permissions of the one it replaces.
fn inherit(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        // Only the superuser may give files away; for others the file is theirs, as any new file is.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    file.set_permissions(old.permissions())
}

/// Makes a rename outlast a power failure.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems do not open folders as files.
    if cfg!(unix) {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // The folder may be unreadable, its file system without such a thing.
            Err(error)
                if !matches!(
                    error.kind(),
                    ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported
                ) =>
            {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes the temporary files of processes that were killed. A failure costs space, nothing else.
fn remove_leftovers(folder: &Path) {
    let is_ours = |name: &OsStr| {
        name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_ours(&entry.file_name())) {
        // Opening a pipe of that name would wait for its other end.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(file) = OpenOptions::new().write(true).open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
        // Held until here: whoever has just made the file and waits for its lock must find it gone.
        drop(file);
    }
}
