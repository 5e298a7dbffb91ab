//! A recommender: vectors for users and films, learned from nothing but who gave which film how many stars.
//!
//! Two networks, each beside baselines that are not easy to beat: how many stars will a user give a film (`stars.rs`), and, with
//! `--towers`, which of all films will a user like (`two_towers.rs`)?
//!
//! ```text
//! cargo run --release --example recommender                        # made-up ratings
//! cargo run --release --example recommender -- --data FOLDER       # MovieLens: ratings.csv and movies.csv
//! cargo run --release --example recommender -- --data FOLDER --film "Toy Story" --film Matrix
//! cargo run --release --example recommender -- --data FOLDER --towers
//! ```
//!
//! MovieLens's files (F. Maxwell Harper and Joseph A. Konstan 2015, <https://doi.org/10.1145/2827872>) may not be
//! spread with this program; `ml-latest-small` is at <https://grouplens.org/datasets/movielens/latest/>.

mod stars;
mod two_towers;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;
use static_net_examples::ratings::Ratings;

/// How many users and films there may be: as many as MovieLens's small set has.
const USERS: usize = 610;
const FILMS: usize = 9724;

/// Learns what users think of films.
#[derive(Parser)]
struct Options {
    /// A folder with MovieLens's `ratings.csv` and `movies.csv`, compressed or not; by default, ratings that are
    /// made up.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Which films a user will like, instead of how many stars: two towers.
    #[arg(long, conflicts_with = "film")]
    towers: bool,
    /// How often to go through the ratings; by default 40 times, by towers 10 times.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: Option<u32>,
    /// Ratings to a step; by default 256, by towers 64, each of which has eight more films beside it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    batch: Option<u16>,
    /// Where the random numbers start: the same seed gives the same network, and holds out the same ratings.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Show the nearest of films whose title holds this; by default, of those with the most ratings.
    #[arg(long, value_name = "TITLE")]
    film: Vec<String>,
    /// Where to leave the weights; by default a temporary file that is removed again.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// One epoch over a few ratings: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    let ratings = match &options.data {
        Some(folder) => Ratings::read(folder)?,
        None => {
            println!(
                "These ratings are made up, by a rule and chance, and say nothing about real films. For real\n\
                 ones, load ml-latest-small from https://grouplens.org/datasets/movielens/latest/ and give\n\
                 its folder with --data.\n"
            );
            Ratings::made_up(options.seed)
        }
    };
    let (users, films) = (ratings.users, ratings.films.len());
    ensure!(
        users <= USERS && films <= FILMS,
        "{users} users and {films} films, but the network is declared for {USERS} and {FILMS}: change the \
         consts USERS and FILMS in recommender/main.rs"
    );
    for title in &options.film {
        // Refused before the training, not behind it.
        ensure!(
            ratings.films.iter().any(|film| holds(&film.title, title)),
            "no film has \"{title}\" in its title"
        );
    }
    let (mut train, test) = ratings.split(options.seed);
    if options.quick {
        options.epochs = Some(1);
        train.truncate(5000);
    }
    ensure!(!test.is_empty(), "{} ratings are too few to hold some out", ratings.ratings.len());
    println!(
        "{} ratings by {users} users of {films} films to learn from, {} held out",
        train.len(),
        test.len()
    );

    match options.towers {
        true => two_towers::run(options, &ratings, &train, &test),
        false => stars::run(options, &ratings, &train, &test),
    }
}

/// Whether a title has this part, in small or capital letters.
fn holds(title: &str, part: &str) -> bool {
    title.to_lowercase().contains(&part.to_lowercase())
}
