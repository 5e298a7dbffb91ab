//! Which films to show to whom: not how many stars a film gets, but which of all films a user will like.

use std::collections::HashSet;

use static_net::rand::seq::SliceRandom;
use static_net::rand::{Rng, RngExt};

use crate::ratings::Rating;

/// From so many stars on a film is liked.
const LIKED: f32 = 4.0;

/// What users have rated and liked, and what of the ratings that are held out they like.
pub struct Retrieval {
    /// How many films there are.
    pub films: usize,
    /// Of each user, the films to learn from that are liked.
    pub liked: Vec<Vec<u32>>,
    /// Of each user, the films whose ratings are held out and that are liked.
    pub wanted: Vec<Vec<u32>>,
    rated: Vec<HashSet<u32>>,
}

impl Retrieval {
    /// From ratings to learn from and ratings that are held out.
    pub fn of(train: &[Rating], test: &[Rating], users: usize, films: usize) -> Self {
        let liked = |ratings: &[Rating]| {
            let mut of_each = vec![Vec::new(); users];
            for rating in ratings.iter().filter(|rating| rating.stars >= LIKED) {
                of_each[rating.user as usize].push(rating.film);
            }
            of_each
        };
        let mut rated = vec![HashSet::new(); users];
        for rating in train {
            rated[rating.user as usize].insert(rating.film);
        }
        Retrieval { films, liked: liked(train), wanted: liked(test), rated }
    }

    /// All that is liked, as pairs of a user and a film, but for users who have rated all films: of them there is nothing to
    /// tell what is liked from.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let users = (0..self.liked.len()).filter(|&user| self.rated[user].len() < self.films);
        users
            .flat_map(|user| self.liked[user].iter().map(move |&film| (user as u32, film)))
            .collect()
    }

    /// A film drawn of all those that the user has not rated.
    ///
    /// # Panics
    /// If there is none.
    pub fn unrated<R: Rng + ?Sized>(&self, user: u32, rng: &mut R) -> u32 {
        let rated = &self.rated[user as usize];
        assert!(rated.len() < self.films, "user {user} has rated all films");
        loop {
            let film = rng.random_range(0..self.films as u32);
            if !rated.contains(&film) {
                return film;
            }
        }
    }

    /// So many films that a user likes, drawn anew and without the one that is to be foretold; or all, where there are
    /// fewer.
    pub fn history<R: Rng + ?Sized>(
        &self,
        user: u32,
        without: Option<u32>,
        most: usize,
        rng: &mut R,
    ) -> Vec<u32> {
        let films = self.liked[user as usize].iter().copied();
        let mut films: Vec<u32> = films.filter(|&film| Some(film) != without).collect();
        let (drawn, _) = films.partial_shuffle(rng, most);
        drawn.to_vec()
    }

    /// What is liked as ratings of one star, and for each of them so many of no star, of films that the user has not rated.
    pub fn as_ratings<R: Rng + ?Sized>(&self, negatives: usize, rng: &mut R) -> Vec<Rating> {
        let mut ratings = Vec::new();
        for (user, film) in self.pairs() {
            ratings.push(Rating { user, film, stars: 1.0 });
            for _ in 0..negatives {
                ratings.push(Rating { user, film: self.unrated(user, rng), stars: 0.0 });
            }
        }
        ratings
    }

    /// The films that a user has not rated, the best first, `count` of them at most.
    pub fn best(&self, user: u32, count: usize, mut score: impl FnMut(u32) -> f32) -> Vec<u32> {
        let unrated =
            (0..self.films as u32).filter(|film| !self.rated[user as usize].contains(film));
        let mut scored: Vec<(f32, u32)> = unrated.map(|film| (score(film), film)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().take(count).map(|(_, film)| film).collect()
    }

    /// Of the films that are wanted, the part that is among the `count` best: the mean over all users who want some. All
    /// of them are found if these are nothing but wanted ones.
    pub fn recall(&self, count: usize, mut score: impl FnMut(u32, u32) -> f32) -> f64 {
        let users = (0..self.wanted.len() as u32).zip(&self.wanted);
        let of_each = users.filter(|(_, wanted)| !wanted.is_empty()).map(|(user, wanted)| {
            let best = self.best(user, count, |film| score(user, film));
            let found = best.iter().filter(|film| wanted.contains(film)).count();
            found as f64 / wanted.len().min(count) as f64
        });
        let of_each: Vec<f64> = of_each.collect();
        of_each.iter().sum::<f64>() / of_each.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use static_net::rand::SeedableRng;
    use static_net::rand::rngs::StdRng;

    use super::*;

    fn retrieval() -> Retrieval {
        let rating = |user, film, stars| Rating { user, film, stars };
        let train = [rating(0, 0, 5.0), rating(0, 1, 1.0), rating(0, 2, 4.0), rating(1, 5, 3.0)];
        let test = [rating(0, 3, 4.5), rating(0, 4, 4.0), rating(0, 5, 2.0), rating(1, 0, 3.5)];
        Retrieval::of(&train, &test, 2, 6)
    }

    #[test]
    fn what_is_liked_is_told_from_what_is_rated() {
        let retrieval = retrieval();
        assert_eq!(retrieval.liked, [vec![0, 2], vec![]]);
        assert_eq!(retrieval.wanted, [vec![3, 4], vec![]]);
        assert_eq!(retrieval.pairs(), [(0, 0), (0, 2)]);
        assert_eq!(Retrieval { films: 3, ..self::retrieval() }.pairs(), []);
        let mut rng = StdRng::seed_from_u64(1);
        let drawn: HashSet<u32> = (0..100).map(|_| retrieval.unrated(0, &mut rng)).collect();
        assert_eq!(drawn, HashSet::from([3, 4, 5]));
        assert_eq!(retrieval.history(0, Some(2), 8, &mut rng), [0]);
        assert_eq!(retrieval.history(0, None, 1, &mut rng).len(), 1);
        let stars: Vec<f32> =
            retrieval.as_ratings(2, &mut rng).iter().map(|rating| rating.stars).collect();
        assert_eq!(stars, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn recall_is_of_the_wanted_films_among_the_best_unrated() {
        let retrieval = retrieval();
        // Films 0 and 1 are rated, so that 3, 4 and 5 are left of this order.
        let rising = |_: u32, film: u32| film as f32;
        assert_eq!(retrieval.best(0, 2, |film| rising(0, film)), [5, 4]);
        assert_eq!(retrieval.recall(1, rising), 0.0);
        assert_eq!(retrieval.recall(2, rising), 0.5);
        assert_eq!(retrieval.recall(3, rising), 1.0);
        // One film of which both are wanted is all that one place can have.
        assert_eq!(retrieval.recall(1, |_, film| -rising(0, film)), 1.0);
    }
}
