//! The journal as a PDF: A4, selectable text, long lines wrapped, as many pages as it takes up to
//! [`PAGES_MOST`].
//!
//! The font holds Latin letters; what it cannot draw (an emoji, another script) is a question mark, and
//! the last page says so and where it can be found whole.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use krilla::{
    geom::Point,
    metadata::Metadata,
    page::PageSettings,
    text::{Font, TextDirection},
};
use ttf_parser::Face;

use super::queries::Entry;
use crate::infra::{error::AppError, i18n, page::Reader};

/// Pages of the longest document: what follows is in the Markdown file.
pub const PAGES_MOST: usize = 1_500;

/// A4 and its margins, in points of 1/72 inch.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const LEFT: f32 = 72.0;
const TOP: f32 = 84.0;
const BOTTOM: f32 = 770.0;
/// Where the page number stands.
const FOOT: f32 = 805.0;
/// Room that a heading needs to have text below it.
const HEADING_ROOM: f32 = 90.0;

static REGULAR: LazyLock<Option<Type>> = LazyLock::new(|| {
    Type::read(include_bytes!(
        "../../static/vendor/figtree/figtree-regular.ttf"
    ))
});
static SEMIBOLD: LazyLock<Option<Type>> = LazyLock::new(|| {
    Type::read(include_bytes!(
        "../../static/vendor/figtree/figtree-semibold.ttf"
    ))
});

/// A font, to draw with and to measure with.
struct Type {
    font: Font,
    face: Face<'static>,
}

impl Type {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            face: Face::parse(bytes, 0).ok()?,
        })
    }

    fn can_draw(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }

    /// How wide a letter is at this size.
    fn width_of(&self, letter: char, size: f32) -> f32 {
        let advance = self
            .face
            .glyph_index(letter)
            .and_then(|glyph| self.face.glyph_hor_advance(glyph))
            .unwrap_or_default();
        f32::from(advance) / f32::from(self.face.units_per_em()) * size
    }
}

/// How a line is set.
#[derive(Clone, Copy)]
struct Style {
    bold: bool,
    size: f32,
    /// From one line to the next.
    leading: f32,
}

const TITLE: Style = Style {
    bold: true,
    size: 24.0,
    leading: 34.0,
};
const HEADING: Style = Style {
    bold: true,
    size: 13.5,
    leading: 20.0,
};
const SMALL: Style = Style {
    bold: false,
    size: 9.5,
    leading: 15.0,
};
const BODY: Style = Style {
    bold: false,
    size: 11.0,
    leading: 17.0,
};

struct Line {
    style: Style,
    y: f32,
    text: String,
}

/// A document that grows by entries.
pub struct Document {
    reader: Reader,
    inner: krilla::Document,
    regular: &'static Type,
    semibold: &'static Type,
    /// The page that is being filled.
    lines: Vec<Line>,
    /// Where its next line's top is.
    y: f32,
    pages: usize,
    /// Whether something could not be drawn.
    replaced: bool,
    /// Whether there was more than [`PAGES_MOST`] hold.
    cut: bool,
}

impl Document {
    /// A document with its title.
    ///
    /// # Errors
    /// The fonts of this program are damaged.
    pub fn new(reader: Reader, now: DateTime<Utc>) -> Result<Self, AppError> {
        let font = |of: &'static LazyLock<Option<Type>>| {
            LazyLock::force(of)
                .as_ref()
                .ok_or_else(|| AppError::internal("a font of the PDF cannot be read"))
        };
        let title = i18n::text(reader.locale, "journal-title");
        let mut inner = krilla::Document::new();
        inner.set_metadata(
            Metadata::new()
                .title(title.to_owned())
                .language(reader.locale.code().to_owned()),
        );
        let mut document = Self {
            reader,
            inner,
            regular: font(&REGULAR)?,
            semibold: font(&SEMIBOLD)?,
            lines: Vec::new(),
            y: TOP,
            pages: 0,
            replaced: false,
            cut: false,
        };
        document.paragraph(TITLE, title);
        let on = i18n::date_long(reader.locale, reader.tz, now);
        let on = i18n::text_with(reader.locale, "journal-export-on", &[("date", on.into())]);
        document.paragraph(SMALL, &on);
        Ok(document)
    }

    /// Adds an entry; `false` once the document is full.
    pub fn add(&mut self, entry: &Entry) -> bool {
        if self.pages >= PAGES_MOST {
            self.cut = true;
            return false;
        }
        let (locale, tz) = (self.reader.locale, self.reader.tz);
        let at = i18n::date_time(locale, tz, entry.written_at);
        self.space(26.0);
        if self.y + HEADING_ROOM > BOTTOM {
            self.turn();
        }
        let Ok(content) = &entry.content else {
            self.paragraph(HEADING, &at);
            self.paragraph(BODY, i18n::text(locale, "journal-unreadable"));
            return true;
        };
        let summary = &content.summary;
        if summary.title.is_empty() {
            self.paragraph(HEADING, &at);
        } else {
            self.paragraph(HEADING, &summary.title);
            self.paragraph(SMALL, &at);
        }
        if let Some(mood) = summary.mood {
            let label = i18n::text(locale, "journal-export-mood");
            let name = i18n::text(locale, mood.label_key());
            self.paragraph(SMALL, &format!("{label} {name} ({mood}/5)"));
        }
        if !summary.tags.is_empty() {
            let label = i18n::text(locale, "journal-export-tags");
            self.paragraph(SMALL, &format!("{label} {}", summary.tags.join(", ")));
        }
        self.space(4.0);
        for paragraph in content.text.split('\n') {
            match paragraph.trim().is_empty() {
                true => self.space(9.0),
                false => self.paragraph(BODY, paragraph),
            }
        }
        true
    }

    fn space(&mut self, points: f32) {
        self.y += points;
    }

    fn type_of(&self, style: Style) -> &'static Type {
        match style.bold {
            true => self.semibold,
            false => self.regular,
        }
    }

    /// Sets a text in as many lines as it takes.
    fn paragraph(&mut self, style: Style, text: &str) {
        let font = self.type_of(style);
        let mut drawn = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '\t' => drawn.push_str("    "),
                // Narrow and other spaces, as the font has them.
                '\u{202f}' | '\u{2009}' | '\u{200a}' => drawn.push('\u{a0}'),
                '\u{2011}' => drawn.push('-'),
                // Marks that have no shape of their own.
                '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'
                | '\u{fe0f}'
                | '\u{feff}' => {}
                letter if letter.is_control() => {}
                letter if font.can_draw(letter) => drawn.push(letter),
                _ => {
                    self.replaced = true;
                    drawn.push('?');
                }
            }
        }
        for line in wrapped(font, &drawn, style.size, WIDTH - 2.0 * LEFT) {
            self.line(style, line);
        }
    }

    fn line(&mut self, style: Style, text: String) {
        if self.y + style.leading > BOTTOM {
            self.turn();
        }
        self.y += style.leading;
        self.lines.push(Line {
            style,
            y: self.y,
            text,
        });
    }

    /// Draws the page that is full and begins the next one.
    fn turn(&mut self) {
        self.y = TOP;
        self.pages += 1;
        let lines = std::mem::take(&mut self.lines);
        let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else {
            return;
        };
        let mut page = self.inner.start_page_with(settings);
        let mut surface = page.surface();
        let number = Line {
            style: SMALL,
            y: FOOT,
            text: self.pages.to_string(),
        };
        for line in lines.iter().chain([&number]) {
            let font = match line.style.bold {
                true => self.semibold,
                false => self.regular,
            };
            surface.draw_text(
                Point::from_xy(LEFT, line.y),
                font.font.clone(),
                line.style.size,
                &line.text,
                false,
                TextDirection::LeftToRight,
            );
        }
        surface.finish();
        page.finish();
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// The document cannot be written.
    pub fn finish(mut self) -> Result<Vec<u8>, AppError> {
        let locale = self.reader.locale;
        for (said, key) in [
            (self.cut, "journal-export-cut"),
            (self.replaced, "journal-export-replaced"),
        ] {
            if said {
                self.space(20.0);
                self.paragraph(SMALL, i18n::text(locale, key));
            }
        }
        self.turn();
        self.inner
            .finish()
            .map_err(|error| AppError::internal(format!("a PDF cannot be written: {error:?}")))
    }
}

/// The text in lines that fit: broken at spaces, or within a word that is longer than a line.
fn wrapped(font: &Type, text: &str, size: f32, width: f32) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in text.split_inclusive(' ') {
        let long: f32 = word
            .trim_end()
            .chars()
            .map(|letter| font.width_of(letter, size))
            .sum();
        if used > 0.0 && used + long > width {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        for letter in word.chars() {
            let wide = font.width_of(letter, size);
            if letter != ' ' && used > 0.0 && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(letter);
            used += wide;
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        infra::{envelope::CannotRead, i18n::Locale},
        journal::model::{Content, Mood, Summary},
    };

    fn document() -> Document {
        let reader = Reader {
            locale: Locale::Fr,
            tz: chrono_tz::Europe::Paris,
        };
        let now = "2026-03-20T09:00:00Z".parse().expect("a date");
        Document::new(reader, now).expect("fonts")
    }

    fn entry(text: &str) -> Entry {
        Entry {
            id: uuid::Uuid::nil(),
            version: 1,
            written_at: "2026-03-20T09:00:00Z".parse().expect("a date"),
            changed_at: None,
            content: Ok(Content {
                summary: Summary {
                    title: "Été".to_owned(),
                    mood: Mood::try_from(4).ok(),
                    tags: vec!["forêt".to_owned()],
                },
                text: text.to_owned(),
            }),
        }
    }

    #[test]
    fn lines_fit_and_hold_every_word() {
        let font = REGULAR.as_ref().expect("a font");
        let text = format!("Un œuf, {} et la suite de l’été.", "long".repeat(200));
        let lines = wrapped(font, &text, 11.0, 400.0);
        assert!(lines.len() > 5);
        for line in &lines {
            let width: f32 = line.chars().map(|letter| font.width_of(letter, 11.0)).sum();
            assert!(width <= 400.0, "{width}: {line}");
        }
        let joined: String = lines.concat().split(' ').collect();
        assert_eq!(joined, text.replace(' ', ""));
    }

    #[test]
    fn french_letters_are_drawn_and_what_is_not_is_said() {
        let mut plain = document();
        plain.add(&entry(
            "Çà et là, l’œil s’émeut\u{202f}! «\u{a0}Où\u{a0}?\u{a0}» … – 20 €",
        ));
        assert!(!plain.replaced);
        let mut other = document();
        other.add(&entry("Un cœur\u{a0}: 💚"));
        assert!(other.replaced);
        let bytes = other.finish().expect("a file");
        assert!(bytes.starts_with(b"%PDF-"));
    }

    #[test]
    fn pages_follow_one_another_up_to_the_last_that_is_allowed() {
        let mut long = document();
        assert!(long.add(&entry(&"Une ligne.\n".repeat(200))));
        assert!((4..=7).contains(&long.pages), "{}", long.pages);
        long.pages = PAGES_MOST;
        assert!(!long.add(&entry("Trop.")));
        assert!(long.cut);
        let mut unreadable = document();
        unreadable.add(&Entry {
            content: Err(CannotRead),
            ..entry("")
        });
        assert!(unreadable.finish().expect("a file").len() > 1000);
    }
}
