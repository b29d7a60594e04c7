//! Options of the command line: `--name value` pairs and `--flag`s, each named by its command.

use std::{collections::HashMap, fmt::Display, str::FromStr};

use anyhow::{Context as _, bail};

/// The options given to one command.
#[derive(Debug, Default)]
pub struct Options(HashMap<String, Option<String>>);

impl Options {
    /// Reads `words`; `valued` options take the next word, `flags` stand alone.
    ///
    /// # Errors
    /// A word that is neither, an option without its value, or one given twice.
    pub fn parse(words: &[&str], valued: &[&str], flags: &[&str]) -> anyhow::Result<Self> {
        let mut options = HashMap::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let name = word
                .strip_prefix("--")
                .with_context(|| format!("{word}: expected an option that begins with --"))?;
            let value = if valued.contains(&name) {
                let value = words
                    .next()
                    .with_context(|| format!("--{name}: its value is missing"))?;
                Some((*value).to_owned())
            } else if flags.contains(&name) {
                None
            } else {
                bail!("--{name}: no such option");
            };
            if options.insert(name.to_owned(), value).is_some() {
                bail!("--{name}: given twice");
            }
        }
        Ok(Self(options))
    }

    /// Whether a flag was given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// An option's value, or the default.
    ///
    /// # Errors
    /// A value that cannot be read as `T`.
    pub fn value<T: FromStr>(&self, name: &str, default: T) -> anyhow::Result<T>
    where
        T::Err: Display,
    {
        match self.0.get(name).and_then(Option::as_deref) {
            Some(text) => text
                .parse()
                .map_err(|error| anyhow::anyhow!("--{name} {text}: {error}")),
            None => Ok(default),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> anyhow::Result<Options> {
        Options::parse(words, &["companies"], &["check"])
    }

    #[test]
    fn values_and_flags_are_told_apart() {
        let options = parse(&["--check", "--companies", "12"]).expect("well formed");
        assert!(options.has("check"));
        assert_eq!(options.value("companies", 1).expect("a number"), 12);
        assert_eq!(options.value("employees", 7).expect("the default"), 7);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (words, complaint) in [
            (
                &["companies"][..],
                "companies: expected an option that begins with --",
            ),
            (&["--companies"], "--companies: its value is missing"),
            (&["--colour"], "--colour: no such option"),
            (&["--check", "--check"], "--check: given twice"),
        ] {
            let error = parse(words).expect_err("refused");
            assert_eq!(error.to_string(), complaint);
        }
        let options = parse(&["--companies", "many"]).expect("well formed");
        let error = options
            .value::<u32>("companies", 1)
            .expect_err("not a number");
        assert_eq!(
            error.to_string(),
            "--companies many: invalid digit found in string"
        );
    }
}
