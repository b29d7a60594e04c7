//! When a page offers help at once.
//!
//! A gentle heuristic, not a diagnosis: it looks for phrases that people use when they are at the end of
//! their strength, in French and in English, and for a row of very low moods. It prefers offering help
//! once too often: the block it shows costs a glance. What it finds is shown to the writer, on that page,
//! and is neither stored, counted, logged nor told to anybody.
//!
//! Words are compared without capitals and accents. A phrase counts as denied ("je n’ai pas envie de
//! mourir") when a denial stands among the few words before it, in the same sentence.

use super::{Mood, folded};

/// How many words before a phrase may deny it.
const REACH: usize = 4;
/// So many of the last moods, all of the lowest.
const LOWEST_IN_A_ROW: usize = 3;
/// So many of the last moods, all of the two lowest.
const LOW_IN_A_ROW: usize = 5;

/// Words, one after the other. Those that hold their own denial ("n en peux plus") come to the same.
const PHRASES: &[&str] = &[
    // French
    "envie de mourir",
    "envie de crever",
    "veux mourir",
    "veux crever",
    "voudrais mourir",
    "voudrais etre morte",
    "voudrais etre mort",
    "aimerais mourir",
    "aimerais etre mort",
    "aimerais etre morte",
    "prefererais mourir",
    "prefererais etre mort",
    "prefererais etre morte",
    "pense a mourir",
    "pense a la mort",
    "me tuer",
    "me suicider",
    "suicide",
    "suicider",
    "suicidaire",
    "suicidaires",
    "me foutre en l air",
    "mettre fin a mes jours",
    "mettre fin a ma vie",
    "envie d en finir",
    "veux en finir",
    "voudrais en finir",
    "vais en finir",
    "en finir avec la vie",
    "en finir avec moi",
    "en finir avec tout",
    "idees noires",
    "pensees noires",
    "veux disparaitre",
    "voudrais disparaitre",
    "envie de disparaitre",
    "aimerais disparaitre",
    "ne plus etre la",
    "ne plus me reveiller",
    "ne pas me reveiller",
    "ne plus exister",
    "veux plus vivre",
    "pas envie de vivre",
    "plus envie de vivre",
    "plus la force de vivre",
    "plus la force de continuer",
    "plus le gout de vivre",
    "plus le courage de vivre",
    "plus aucune raison de vivre",
    "aucune raison de vivre",
    "vie ne vaut plus",
    "n en peux plus",
    "en peux plus",
    "en peut plus",
    "suis a bout",
    "a bout de forces",
    "a bout de force",
    "au bout du rouleau",
    "mieux sans moi",
    "un poids pour",
    "un fardeau pour",
    "me faire du mal",
    "me faire mal",
    "me mutiler",
    "me scarifier",
    "me couper les veines",
    "me pendre",
    "me jeter sous",
    "me jeter par la fenetre",
    "sauter par la fenetre",
    "plus aucun espoir",
    "plus d espoir",
    "desespere",
    "desesperee",
    "sans issue",
    "aucune issue",
    "personne ne peut m aider",
    // English
    "want to die",
    "wanna die",
    "wish i was dead",
    "wish i were dead",
    "wish i could die",
    "rather be dead",
    "better off dead",
    "think about dying",
    "thinking about dying",
    "thinking of dying",
    "kill myself",
    "killing myself",
    "end my life",
    "ending my life",
    "end it all",
    "take my own life",
    "take my life",
    "suicidal",
    "better off without me",
    "hurt myself",
    "hurting myself",
    "harm myself",
    "harming myself",
    "self harm",
    "cut myself",
    "cutting myself",
    "hang myself",
    "want to disappear",
    "wish i could disappear",
    "not want to live",
    "not want to be alive",
    "not want to be here anymore",
    "not want to wake up",
    "never wake up",
    "no reason to live",
    "nothing to live for",
    "can not go on",
    "cannot go on",
    "can not take it anymore",
    "cannot take it anymore",
    "can not take it any more",
    "cannot take it any more",
    "can not cope anymore",
    "cannot cope anymore",
    "no way out",
    "hopeless",
    "a burden to",
];

/// What denies the words after it.
const DENIALS: &[&str] = &[
    "pas", "jamais", "aucune", "aucun", "sans", "plus", "ni", "not", "never", "no", "without",
    "nor",
];

/// The words of a text in order; `None` between two sentences.
fn words(text: &str) -> Vec<Option<String>> {
    let folded = folded(text)
        .replace("can't", "can not")
        .replace("won't", "will not")
        .replace("n't", " not")
        .replace("dont ", "do not ");
    let (mut words, mut word) = (Vec::new(), String::new());
    let finish = |word: &mut String, words: &mut Vec<Option<String>>| {
        if !word.is_empty() {
            words.push(Some(std::mem::take(word)));
        }
    };
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            word.push(letter);
            continue;
        }
        finish(&mut word, &mut words);
        if matches!(
            letter,
            '.' | '!' | '?' | ';' | ':' | ',' | '\n' | '…' | '(' | ')'
        ) {
            words.push(None);
        }
    }
    finish(&mut word, &mut words);
    words
}

/// Whether a text holds a phrase of distress that is not denied.
pub fn in_text(text: &str) -> bool {
    let words = words(text);
    let starts_here = |at: usize, phrase: &str| {
        phrase
            .split(' ')
            .enumerate()
            .all(|(index, part)| words.get(at + index).and_then(Option::as_deref) == Some(part))
    };
    let denied = |at: usize| {
        words[at.saturating_sub(REACH)..at]
            .iter()
            .rev()
            .map_while(Option::as_deref)
            .any(|word| DENIALS.contains(&word))
    };
    (0..words.len()).any(|at| {
        PHRASES
            .iter()
            .any(|phrase| starts_here(at, phrase) && (own_denial(phrase) || !denied(at)))
    })
}

/// Whether a phrase says itself what is missing: a denial before it belongs to it ("je n’en peux plus").
fn own_denial(phrase: &str) -> bool {
    phrase.split(' ').any(|word| DENIALS.contains(&word))
}

/// Whether the last moods, the newest first, have been very low for a while.
pub fn in_moods(newest_first: &[Mood]) -> bool {
    let low = |count: usize, most: u8| {
        newest_first
            .get(..count)
            .is_some_and(|last| last.iter().all(|mood| mood.value() <= most))
    };
    low(LOWEST_IN_A_ROW, 1) || low(LOW_IN_A_ROW, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_at_the_end_of_their_strength_is_heard() {
        for text in [
            "J’ai envie de mourir.",
            "j'ai ENVIE DE MOURIR",
            "Je n’en peux plus",
            "J en peux plus, vraiment",
            "Franchement, je ne veux plus vivre.",
            "Je n’ai plus la force de continuer",
            "Tout le monde serait mieux sans moi.",
            "J’ai des idées noires depuis trois jours",
            "Je pense au suicide",
            "Je suis désespérée",
            "Je voudrais ne plus me réveiller",
            "Je suis à bout.",
            "Pas dormi. Envie d’en finir.",
            "Je ne dors pas, envie d’en finir",
            "Je me sens au bout du rouleau\u{a0}!",
            "I want to die",
            "I don’t want to live",
            "i can't go on",
            "I can’t take it anymore",
            "They would be better off without me.",
            "I keep thinking about killing myself",
            "There is no way out",
            "Everything feels hopeless",
            "De\u{301}sespe\u{301}re\u{301}",
        ] {
            assert!(in_text(text), "{text}");
        }
    }

    #[test]
    fn what_is_denied_or_ordinary_is_left_alone() {
        for text in [
            "",
            "Je n’ai pas envie de mourir, j’ai envie de vacances.",
            "Je n’ai jamais pensé me tuer",
            "Je n’ai plus d’idées noires",
            "Je ne suis pas suicidaire",
            "Il faut en finir avec ce dossier",
            "Une journée épuisante, trop de réunions.",
            "J’ai tué le temps",
            "I don’t want to die",
            "I have never been suicidal",
            "I am not hopeless",
            "Dead tired after that meeting",
            "My deadline kills me",
            "Trois bonnes choses\u{a0}: un café, un rire, une marche.",
        ] {
            assert!(!in_text(text), "{text}");
        }
    }

    #[test]
    fn a_denial_reaches_no_further_than_its_sentence() {
        assert!(in_text("Je ne vais pas bien. Envie de mourir."));
        assert!(in_text("Ce n’est pas la fatigue\u{a0}: je veux mourir"));
        assert!(in_text("No sleep\nI want to die"));
    }

    #[test]
    fn a_row_of_very_low_moods_is_seen_and_one_bad_day_is_not() {
        let moods = |values: &[u8]| -> Vec<Mood> {
            values
                .iter()
                .filter_map(|value| Mood::try_from(*value).ok())
                .collect()
        };
        for low in [
            &[1, 1, 1][..],
            &[1, 1, 1, 5, 5],
            &[2, 1, 2, 2, 2],
            &[2, 2, 2, 2, 2, 4],
        ] {
            assert!(in_moods(&moods(low)), "{low:?}");
        }
        for ordinary in [
            &[][..],
            &[1],
            &[1, 1],
            &[1, 1, 3, 1],
            &[2, 2, 2, 2],
            &[3, 1, 1, 1, 1],
        ] {
            assert!(!in_moods(&moods(ordinary)), "{ordinary:?}");
        }
    }
}
