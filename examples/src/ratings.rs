//! Ratings of films: MovieLens's files, or ratings that are made up here.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use static_net::rand::SeedableRng;
use static_net::rand::rngs::StdRng;
use static_net::rand::seq::SliceRandom;

use crate::random::standard_normal;

/// What a user thinks of a film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    /// Which user, counted from 0.
    pub user: u32,
    /// Which film, counted from 0.
    pub film: u32,
    /// From half a star to five.
    pub stars: f32,
}

/// A film that was rated.
#[derive(Clone, Debug, PartialEq)]
pub struct Film {
    /// What it is called.
    pub title: String,
    /// What kinds of film it is of.
    pub genres: Vec<String>,
}

/// Who rated what.
#[derive(Clone, Debug)]
pub struct Ratings {
    /// All ratings.
    pub ratings: Vec<Rating>,
    /// How many users there are.
    pub users: usize,
    /// The films, by their number.
    pub films: Vec<Film>,
    /// What made them up, if they are made up.
    pub rule: Option<Rule>,
}

impl Ratings {
    /// Reads MovieLens's `ratings.csv` and `movies.csv` in a folder, compressed (`.gz`) or not.
    ///
    /// A name may have more in front. Users and films that have ratings are numbered from 0 in the order in which
    /// they come.
    ///
    /// # Errors
    /// If a file is missing or there are several, cannot be read, or has a line that is not as it should be.
    pub fn read(folder: &Path) -> Result<Self> {
        let (text, path) = find(folder, "ratings.csv")?;
        let (titles, titles_path) = find(folder, "movies.csv")?;
        let mut ratings = Vec::new();
        let (mut users, mut films) = (HashMap::new(), HashMap::new());
        let number = |ids: &mut HashMap<u32, u32>, id: &str| -> Result<u32> {
            let next = ids.len() as u32;
            Ok(*ids.entry(id.parse()?).or_insert(next))
        };
        rows(&text, ["userId", "movieId", "rating"], |[user, film, stars]| {
            let stars: f32 = stars.parse()?;
            ensure!((0.0..=5.0).contains(&stars), "a rating of {stars} stars");
            let (user, film) = (number(&mut users, user)?, number(&mut films, film)?);
            ratings.push(Rating { user, film, stars });
            Ok(())
        })
        .context(path.clone())?;
        ensure!(!ratings.is_empty(), "{path} has no ratings");

        let mut named = vec![Film { title: String::new(), genres: Vec::new() }; films.len()];
        for (id, number) in &films {
            named[*number as usize].title = format!("film {id}");
        }
        rows(&titles, ["movieId", "title", "genres"], |[film, title, genres]| {
            if let Some(number) = films.get(&film.parse()?) {
                let genres = genres.split('|').filter(|genre| !genre.starts_with('('));
                let genres = genres.map(str::to_owned).collect();
                named[*number as usize] = Film { title: title.to_owned(), genres };
            }
            Ok(())
        })
        .context(titles_path)?;
        Ok(Ratings { ratings, users: users.len(), films: named, rule: None })
    }

    /// Ratings that nobody gave: 400 users, 300 films of six kinds, 40,000 ratings by a [`Rule`] and chance.
    pub fn made_up(seed: u64) -> Self {
        const USERS: usize = 400;
        const KINDS: [&str; 6] = ["western", "musical", "thriller", "romance", "cartoon", "ghosts"];
        let mut rng = StdRng::seed_from_u64(seed);
        let mut normal = move |deviation: f32| deviation * standard_normal(&mut rng);
        let kinds = KINDS.map(|_| [0; TASTES].map(|_| normal(1.0)));
        let films = (0..300).map(|number| Film {
            title: format!("made-up film {number}, {}", KINDS[number % KINDS.len()]),
            genres: vec![KINDS[number % KINDS.len()].to_owned()],
        });
        let films: Vec<Film> = films.collect();
        let rule = Rule {
            users: (0..USERS).map(|_| (normal(0.4), [0; TASTES].map(|_| normal(0.5)))).collect(),
            films: (0..films.len())
                .map(|film| {
                    (normal(0.4), kinds[film % KINDS.len()].map(|taste| taste + normal(0.3)))
                })
                .collect(),
        };
        let mut ratings = Vec::new();
        for user in 0..USERS as u32 {
            let mut watched: Vec<u32> = (0..films.len() as u32).collect();
            watched.shuffle(&mut StdRng::seed_from_u64(seed + u64::from(user)));
            for &film in &watched[..100] {
                let opinion = rule.stars(user, film) + normal(0.6);
                ratings.push(Rating {
                    user,
                    film,
                    stars: ((2.0 * opinion).round() / 2.0).clamp(0.5, 5.0),
                });
            }
        }
        Ratings { ratings, users: USERS, films, rule: Some(rule) }
    }

    /// Two parts, drawn at random: nine tenths to learn from, and a tenth that is held out. The same seed gives the
    /// same split.
    pub fn split(&self, seed: u64) -> (Vec<Rating>, Vec<Rating>) {
        let mut train = self.ratings.clone();
        train.shuffle(&mut StdRng::seed_from_u64(seed));
        let test = train.split_off(train.len() - train.len() / 10);
        (train, test)
    }
}

/// How many tastes the made-up users have.
const TASTES: usize = 4;

/// What made-up ratings are but for chance and rounding: three stars and a half, the user's and the film's bias, and
/// how well the film suits the user's tastes.
#[derive(Clone, Debug)]
pub struct Rule {
    users: Vec<(f32, [f32; TASTES])>,
    films: Vec<(f32, [f32; TASTES])>,
}

impl Rule {
    /// The stars it expects.
    pub fn stars(&self, user: u32, film: u32) -> f32 {
        let (user, film) = (&self.users[user as usize], &self.films[film as usize]);
        let suits: f32 = user.1.iter().zip(&film.1).map(|(user, film)| user * film).sum();
        3.5 + user.0 + film.0 + suits
    }
}

/// The text of the one file whose name ends so, and its path.
fn find(folder: &Path, ending: &str) -> Result<(String, String)> {
    let context = || format!("cannot read the folder {}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        // A name that is not Unicode is none of those looked for.
        names.extend(entry.with_context(context)?.file_name().into_string());
    }
    let compressed = format!("{ending}.gz");
    names.retain(|name| name.ends_with(ending) || name.ends_with(&compressed));
    names.sort();
    // In front of its compressed copy.
    names.dedup_by(|name, before| *name == format!("{before}.gz"));
    let name = match names.as_slice() {
        [name] => name,
        [] => bail!(
            "{} holds no {ending}, nor {compressed}; MovieLens's files are at \
             https://grouplens.org/datasets/movielens/latest/ (ml-latest-small)",
            folder.display()
        ),
        several => bail!("{} holds several {ending}: {}", folder.display(), several.join(", ")),
    };
    let path = folder.join(name).display().to_string();
    let bytes = fs::read(folder.join(name)).with_context(|| path.clone())?;
    let text = match name.ends_with(".gz") {
        true => {
            let mut text = String::new();
            let mut decoder = flate2::read::MultiGzDecoder::new(bytes.as_slice());
            decoder.read_to_string(&mut text).map(|_| text).with_context(|| path.clone())?
        }
        false => String::from_utf8(bytes).with_context(|| path.clone())?,
    };
    Ok((text, path))
}

/// Calls `row` with three fields of each line, which the first line names.
fn rows(
    text: &str,
    columns: [&str; 3],
    mut row: impl FnMut([&str; 3]) -> Result<()>,
) -> Result<()> {
    let mut lines = text.lines();
    let header = fields(lines.next().unwrap_or_default().trim_start_matches('\u{feff}'));
    let places = columns.map(|column| header.iter().position(|name| name == column));
    let [Some(first), Some(second), Some(third)] = places else {
        bail!("the first line should name {}, but is `{}`", columns.join(", "), header.join(","));
    };
    for (index, line) in lines.enumerate() {
        let values = fields(line);
        let all = [first, second, third].map(|place| values.get(place).map(String::as_str));
        let [Some(first), Some(second), Some(third)] = all else {
            bail!("line {}: too few fields: `{line}`", index + 2);
        };
        row([first, second, third]).with_context(|| format!("line {}: `{line}`", index + 2))?;
    }
    Ok(())
}

/// The fields of a line, of which those with a comma stand in quotation marks; doubled ones are one of the text.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let field = fields.last_mut().expect("there is one");
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            _ => field.push(character),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// A folder that is removed again.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn of(name: &str, files: &[(&str, &str)]) -> Self {
            let path = std::env::temp_dir().join(format!("ratings-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            for (name, text) in files {
                let file = fs::File::create(path.join(name)).unwrap();
                if name.ends_with(".gz") {
                    let mut encoder = flate2::write::GzEncoder::new(file, Default::default());
                    encoder.write_all(text.as_bytes()).unwrap();
                    encoder.finish().unwrap();
                } else {
                    (&file).write_all(text.as_bytes()).unwrap();
                }
            }
            Folder(path)
        }

        fn error(&self) -> String {
            let error = format!("{:#}", Ratings::read(&self.0).unwrap_err());
            error.replace(&self.0.display().to_string(), "FOLDER")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const MOVIES: &str = "movieId,title,genres\n7,\"Said \"\"No\"\", The (1999)\",Drama|War\n9,Plain,(none)\n8,Unrated,War\n";

    #[test]
    fn files_are_read_and_numbered() {
        let ratings =
            "userId,movieId,rating,timestamp\n5,9,4.5,1\n5,7,0.5,2\n2,9,3.0,3\n2,11,1,4\n";
        let files =
            [("small-ratings.csv.gz", ratings), ("movies.csv", MOVIES), ("movies.csv.gz", "")];
        let read = Ratings::read(&Folder::of("read", &files).0).unwrap();
        let rating = |user, film, stars| Rating { user, film, stars };
        let expected = [rating(0, 0, 4.5), rating(0, 1, 0.5), rating(1, 0, 3.0), rating(1, 2, 1.0)];
        assert_eq!((read.ratings.as_slice(), read.users), (expected.as_slice(), 2));
        let titles: Vec<&str> = read.films.iter().map(|film| film.title.as_str()).collect();
        assert_eq!(titles, ["Plain", "Said \"No\", The (1999)", "film 11"]);
        assert_eq!(read.films[1].genres, ["Drama", "War"]);
        assert!(read.films[0].genres.is_empty() && read.rule.is_none());
    }

    #[test]
    fn what_is_wrong_with_files_is_told() {
        let error = Folder::of("none", &[("movies.csv", MOVIES)]).error();
        assert!(error.starts_with("FOLDER holds no ratings.csv, nor ratings.csv.gz; "), "{error}");
        let with = |name, ratings| {
            Folder::of(name, &[("ratings.csv", ratings), ("movies.csv", MOVIES)]).error()
        };
        assert_eq!(
            with("header", "a,b\n"),
            "FOLDER/ratings.csv: the first line should name userId, movieId, rating, but is `a,b`"
        );
        assert_eq!(
            with("number", "userId,movieId,rating\n1,7,4\n1,x,4\n"),
            "FOLDER/ratings.csv: line 3: `1,x,4`: invalid digit found in string"
        );
        assert_eq!(
            with("stars", "userId,movieId,rating\n1,7,9\n"),
            "FOLDER/ratings.csv: line 2: `1,7,9`: a rating of 9 stars"
        );
        assert_eq!(
            with("fields", "userId,movieId,rating\n1,7\n"),
            "FOLDER/ratings.csv: line 2: too few fields: `1,7`"
        );
        assert_eq!(with("empty", "userId,movieId,rating\n"), "FOLDER/ratings.csv has no ratings");
    }

    #[test]
    fn made_up_ratings_follow_their_rule_but_for_chance() {
        let made_up = Ratings::made_up(1);
        let rule = made_up.rule.as_ref().unwrap();
        let errors = made_up.ratings.iter().map(|rating| {
            f64::from(rating.stars - rule.stars(rating.user, rating.film).clamp(0.5, 5.0)).powi(2)
        });
        let error = (errors.sum::<f64>() / made_up.ratings.len() as f64).sqrt();
        assert!((0.5..0.65).contains(&error), "{error}");
        let (train, test) = made_up.split(3);
        assert_eq!((train.len(), test.len()), (36_000, 4_000));
        let mut both = [train, test].concat();
        both.sort_by_key(|rating| (rating.user, rating.film));
        let mut all = made_up.ratings.clone();
        all.sort_by_key(|rating| (rating.user, rating.film));
        assert_eq!(both, all);
    }
}
