//! The two usual baselines for ratings: biases of users and items, and matrix factorisation by alternating least
//! squares (Koren, Bell and Volinsky 2009).

use static_net::nalgebra::{DMatrix, DVector};

use crate::ratings::Rating;

/// The mean rating, and by how much each user's and each film's ratings lie above it.
#[derive(Clone, Debug)]
pub struct Biases {
    mean: f64,
    users: Vec<f64>,
    films: Vec<f64>,
}

impl Biases {
    /// Fits them by turns; `penalty` times the squares of all biases is added to the sum of squared errors.
    pub fn fit(ratings: &[Rating], users: usize, films: usize, penalty: f64) -> Self {
        let mean = mean(ratings);
        let mut biases = Biases { mean, users: vec![0.0; users], films: vec![0.0; films] };
        for _ in 0..15 {
            let left = |rating: &Rating| biases.users[rating.user as usize];
            biases.films = offsets(ratings, films, penalty, |rating| {
                (rating.film, f64::from(rating.stars) - mean - left(rating))
            });
            let left = |rating: &Rating| biases.films[rating.film as usize];
            biases.users = offsets(ratings, users, penalty, |rating| {
                (rating.user, f64::from(rating.stars) - mean - left(rating))
            });
        }
        biases
    }

    /// The stars that they foretell.
    pub fn stars(&self, user: u32, film: u32) -> f64 {
        self.mean + self.users[user as usize] + self.films[film as usize]
    }
}

/// The mean rating.
pub fn mean(ratings: &[Rating]) -> f64 {
    let stars = ratings.iter().map(|rating| f64::from(rating.stars));
    stars.sum::<f64>() / ratings.len() as f64
}

fn offsets(
    ratings: &[Rating],
    count: usize,
    penalty: f64,
    of: impl Fn(&Rating) -> (u32, f64),
) -> Vec<f64> {
    let mut sums = vec![(0.0, penalty); count];
    for (index, value) in ratings.iter().map(of) {
        sums[index as usize].0 += value;
        sums[index as usize].1 += 1.0;
    }
    sums.iter().map(|(sum, weight)| if *weight > 0.0 { sum / weight } else { 0.0 }).collect()
}

/// A vector for each user and each film, whose product is added to their biases.
#[derive(Clone, Debug)]
pub struct Factorization {
    mean: f64,
    users: Side,
    films: Side,
}

/// The vectors of all users or of all films, one in each column, a bias behind it.
#[derive(Clone, Debug)]
struct Side(DMatrix<f64>);

impl Factorization {
    /// Fits vectors of `features` features by turns, each time to the exact optimum; `penalty` times the squares of
    /// all vectors and `bias_penalty` times those of all biases are added to the sum of squared errors.
    pub fn fit(
        ratings: &[Rating],
        users: usize,
        films: usize,
        features: usize,
        [penalty, bias_penalty]: [f64; 2],
    ) -> Self {
        let mean = mean(ratings);
        // Any directions do to begin with, so long as no two are alike.
        let mut films = Side(DMatrix::from_fn(features + 1, films, |feature, film| {
            let turn = (film * features + feature) as f64 * 0.618_033_988_749_894_9;
            if feature < features { 0.4 * (turn.fract() - 0.5) } else { 0.0 }
        }));
        let mut users = Side(DMatrix::zeros(features + 1, users));
        let by_user = grouped(ratings, users.0.ncols(), mean, |rating| (rating.user, rating.film));
        let by_film = grouped(ratings, films.0.ncols(), mean, |rating| (rating.film, rating.user));
        let mut penalties = DVector::from_element(features + 1, penalty);
        penalties[features] = bias_penalty;
        for _ in 0..20 {
            users.solve(&by_user, &films, &penalties);
            films.solve(&by_film, &users, &penalties);
        }
        Factorization { mean, users, films }
    }

    /// The stars that it foretells.
    pub fn stars(&self, user: u32, film: u32) -> f64 {
        let (user, film) = (self.users.0.column(user as usize), self.films.0.column(film as usize));
        let bias = user.len() - 1;
        let product = user.rows(0, bias).dot(&film.rows(0, bias));
        self.mean + user[bias] + film[bias] + product
    }
}

/// For each user or film, the others that its ratings are of, and their distance from the mean.
fn grouped(
    ratings: &[Rating],
    count: usize,
    mean: f64,
    ids: impl Fn(&Rating) -> (u32, u32),
) -> Vec<Vec<(usize, f64)>> {
    let mut groups = vec![Vec::new(); count];
    for rating in ratings {
        let (one, other) = ids(rating);
        groups[one as usize].push((other as usize, f64::from(rating.stars) - mean));
    }
    groups
}

impl Side {
    /// Least squares for each vector, with the other side held.
    fn solve(&mut self, groups: &[Vec<(usize, f64)>], other: &Side, penalties: &DVector<f64>) {
        let bias = penalties.len() - 1;
        for (mut vector, ratings) in self.0.column_iter_mut().zip(groups) {
            let mut matrix = DMatrix::from_diagonal(penalties);
            let mut right = DVector::zeros(penalties.len());
            for &(index, stars) in ratings {
                // The bias of the other side is taken off the rating; a one in its place is multiplied by ours.
                let mut factors = other.0.column(index).clone_owned();
                let stars = stars - factors[bias];
                factors[bias] = 1.0;
                matrix.ger(1.0, &factors, &factors, 1.0);
                right.axpy(stars, &factors, 1.0);
            }
            // Positive definite, since the penalties are.
            let solution = matrix.cholesky().expect("penalties are positive").solve(&right);
            vector.copy_from(&solution);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 12 users and 9 films, three quarters.
    fn ratings(stars: impl Fn(f32, f32) -> f32) -> (Vec<Rating>, Vec<Rating>) {
        let all = (0..12 * 9u32).map(|index| {
            let (user, film) = (index / 9, index % 9);
            Rating { user, film, stars: stars(user as f32 / 12.0, film as f32 / 9.0) }
        });
        all.partition(|rating| (rating.user + rating.film) % 4 != 0)
    }

    fn worst(test: &[Rating], foretold: impl Fn(u32, u32) -> f64) -> f64 {
        let errors = test
            .iter()
            .map(|rating| (foretold(rating.user, rating.film) - f64::from(rating.stars)).abs());
        errors.fold(0.0, f64::max)
    }

    #[test]
    fn biases_are_found() {
        let (train, test) = ratings(|user, film| 2.0 + user + 2.0 * film);
        let biases = Biases::fit(&train, 12, 9, 1e-6);
        assert!(worst(&test, |user, film| biases.stars(user, film)) < 0.01);
        assert!(worst(&test, |_, _| mean(&train)) > 1.0);
        // A penalty draws towards the mean.
        let drawn = Biases::fit(&train, 12, 9, 1e9);
        assert!((drawn.stars(3, 4) - mean(&train)).abs() < 1e-6);
    }

    #[test]
    fn a_product_is_found_where_biases_do_not_do() {
        let (train, test) = ratings(|user, film| 3.0 + 4.0 * (user - 0.5) * (film - 0.5));
        let biases = Biases::fit(&train, 12, 9, 1e-6);
        assert!(worst(&test, |user, film| biases.stars(user, film)) > 0.3);
        let factorization = Factorization::fit(&train, 12, 9, 1, [1e-4, 1e-4]);
        assert!(worst(&test, |user, film| factorization.stars(user, film)) < 0.02);
    }
}
