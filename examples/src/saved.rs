//! Weights that are saved and loaded again.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use static_net::Network;
use static_net::file::{load, save};

/// Saves the network, loads it as another process would, and checks that both give the same outputs.
///
/// Without a path the weights go through a temporary file, which is removed again.
///
/// # Errors
/// If the file cannot be written or read, or the outputs differ.
pub fn save_and_load<N: Network, Y: PartialEq>(
    net: &N,
    weights: Option<PathBuf>,
    outputs: impl Fn(&N) -> Y,
) -> Result<()> {
    let is_kept = weights.is_some();
    let path = weights.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("{}-{}.safetensors", N::NAME, std::process::id()))
    });
    save(net, &path).with_context(|| format!("cannot save {}", path.display()))?;
    let bytes = std::fs::metadata(&path)?.len();
    let loaded = load::<N>(&path).with_context(|| format!("cannot load {}", path.display()))?;
    ensure!(
        outputs(&loaded) == outputs(net),
        "the loaded network computes otherwise than the saved one"
    );
    let what = if is_kept { "in " } else { "through the temporary file " };
    println!("Saved and loaded {bytes} bytes {what}{}: the same outputs", path.display());
    if !is_kept {
        std::fs::remove_file(&path)?;
    }
    Ok(())
}
