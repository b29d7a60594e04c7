//! Texts on their way from and to a form with an editor, which has a plain field where there is no script.

use super::{RichText, text_of};

/// Characters of the longest text: about twenty printed pages.
pub const TEXT_MOST: usize = 40_000;

/// What a form sends: markup from the editor, or a plain text where there is no script.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'a> {
    /// From the editor.
    Markup(&'a str),
    /// From the plain field.
    Plain(&'a str),
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has so many characters, more than [`TEXT_MOST`].
    TooLong(usize),
    /// It is not that long, and has more formatting than any text of that length needs.
    TooMuchMarkup,
}

fn too_long(text: &str) -> Option<Wrong> {
    let length = text.chars().count();
    (length > TEXT_MOST).then_some(Wrong::TooLong(length))
}

impl<'a> Typed<'a> {
    /// What a form sent: the editor's markup where there was one.
    pub fn sent(html: Option<&'a str>, text: &'a str) -> Self {
        html.map_or(Self::Plain(text), Self::Markup)
    }

    /// The text, sanitised.
    ///
    /// # Errors
    /// What is too long.
    pub fn read(&self) -> Result<RichText, Wrong> {
        let text = match self {
            Self::Markup(markup) => RichText::clean(markup)
                .map_err(|_| too_long(&text_of(markup)).unwrap_or(Wrong::TooMuchMarkup))?,
            Self::Plain(text) => RichText::from_plain(text),
        };
        too_long(&text.plain()).map_or(Ok(text), Err)
    }

    /// What the form shows again, whatever it is: of markup that is not looked at, the words remain.
    pub fn kept(&self) -> RichText {
        match self {
            Self::Markup(markup) => {
                RichText::clean(markup).unwrap_or_else(|_| RichText::from_plain(&text_of(markup)))
            }
            Self::Plain(text) => RichText::from_plain(text),
        }
    }
}

/// The two faces of a text in a form: for the editor, and for the plain field where there is no script.
#[derive(Clone, Debug, Default)]
pub struct TextField {
    /// For the editor.
    pub markup: String,
    /// For the plain field.
    pub plain: String,
}

impl TextField {
    /// Of a text that is kept.
    pub fn of(text: &RichText) -> Self {
        Self {
            markup: text.markup().to_owned(),
            plain: text.plain(),
        }
    }

    /// What was typed, whatever it is.
    pub fn kept(typed: Typed<'_>) -> Self {
        let field = Self::of(&typed.kept());
        match typed {
            Typed::Markup(_) => field,
            Typed::Plain(text) => Self {
                plain: text.to_owned(),
                ..field
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_keeps_its_words() {
        let long = "é".repeat(TEXT_MOST + 1);
        for typed in [Typed::Plain(&long), Typed::Markup(&long)] {
            assert_eq!(typed.read(), Err(Wrong::TooLong(TEXT_MOST + 1)));
            assert_eq!(typed.kept().plain(), long);
        }
        let most = "é".repeat(TEXT_MOST);
        assert!(Typed::Plain(&most).read().is_ok());
        // Beyond what is parsed, nothing but the words.
        let markup = format!(
            "<div><b>{}</b><script>x</script></div>",
            "mot ".repeat(300_000)
        );
        assert!(matches!(
            Typed::Markup(&markup).read(),
            Err(Wrong::TooLong(_))
        ));
        let empty = "<b></b>".repeat(TEXT_MOST);
        assert_eq!(Typed::Markup(&empty).read(), Err(Wrong::TooMuchMarkup));
        let kept = Typed::Markup(&markup).kept();
        assert!(kept.plain().starts_with("mot mot") && !kept.markup().contains("<b>"));
    }
}
