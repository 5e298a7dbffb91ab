//! Names that are nearly the same.

use static_net_rules::distance;

/// The candidate that is nearest to a name, where one is near: up to a quarter of it is otherwise.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let by_distance = candidates.map(|candidate| (distance(name, candidate), candidate));
    let (distance, nearest) = by_distance.min()?;
    (distance <= (name.len() / 4).max(2)).then_some(nearest)
}
