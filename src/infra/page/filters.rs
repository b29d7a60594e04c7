//! The filters of the templates. A module with a template struct says `use crate::infra::page::filters;`.
//!
//! | filter | example |
//! |---|---|
//! | `t` | `{{ "common-save"\|t }}`; also a [`Message`], or an `Option` of either (nothing for `None`) |
//! | `ta` `ta2` | `{{ "hr-import-new"\|ta("count", rows) }}`: one or two named arguments |
//! | `arg` | `{{ "key"\|arg("a", x)\|arg("b", y)\|arg("c", z)\|t }}`: any number of them |
//! | `emergency` | `{{ "common-emergency-line"\|emergency }}`: numbers that a tap calls |
//! | `icon` | `{{ "calendar"\|icon }}`: a drawing of the sprite |
//! | `asset` | `{{ "img/logo.svg"\|asset }}`: the fingerprinted address |
//! | `date_long` `date_short` `month` `weekday` `day_month` `month_short` `day` | an instant or a date |
//! | `time` `datetime` | an instant, in the reader's zone |
//! | `iso` | an instant for `<time datetime="…">` |
//! | `duration` | seconds |
//! | `number` `decimal` `percent` | |

use std::borrow::Cow;

use askama::Values;
use askama::filters::Safe;
use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, Utc};

use super::Reader;
use crate::infra::assets;
use crate::infra::i18n::{self, Arg, CalendarDay, ClockTime, Locale, Message};

/// The name of the runtime value that holds the [`Reader`].
pub(super) const READER: &str = "reader";

fn reader(values: &dyn Values) -> askama::Result<&Reader> {
    askama::get_value(values, READER)
}

/// What the filter `t` can say.
pub trait Translate<'a> {
    /// The sentence in `locale`; nothing when there is nothing to say.
    fn translate(self, locale: Locale) -> Cow<'a, str>;
}

impl<'a> Translate<'a> for &'a str {
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        Cow::Borrowed(i18n::text(locale, self))
    }
}

impl<'a> Translate<'a> for &'a String {
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        self.as_str().translate(locale)
    }
}

impl<'a> Translate<'a> for &'a Message {
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        self.text(locale)
    }
}

/// Loops and `if let` add references of their own.
impl<'a, T: ?Sized> Translate<'a> for &&'a T
where
    &'a T: Translate<'a>,
{
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        (*self).translate(locale)
    }
}

/// What another filter or a method just made.
impl<'a> Translate<'a> for Message {
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        Cow::Owned(self.text(locale).into_owned())
    }
}

impl<'a, T> Translate<'a> for Option<T>
where
    T: Translate<'a>,
{
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        self.map_or(Cow::Borrowed(""), |said| said.translate(locale))
    }
}

impl<'a, T> Translate<'a> for &'a Option<T>
where
    &'a T: Translate<'a>,
{
    fn translate(self, locale: Locale) -> Cow<'a, str> {
        self.as_ref()
            .map_or(Cow::Borrowed(""), |said| said.translate(locale))
    }
}

/// What an argument of a message can be made from, behind any number of references.
pub trait ToArg {
    /// The argument.
    fn to_arg(&self) -> Arg;
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg {
        T::to_arg(self)
    }
}

impl ToArg for str {
    fn to_arg(&self) -> Arg {
        Arg::from(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg {
        Arg::from(self.as_str())
    }
}

impl ToArg for Cow<'_, str> {
    fn to_arg(&self) -> Arg {
        Arg::from(self.as_ref())
    }
}

impl ToArg for Arg {
    fn to_arg(&self) -> Arg {
        self.clone()
    }
}

/// A whole number of any width, behind any number of references.
pub trait Whole {
    /// Its value, saturated to 64 bits.
    fn whole(&self) -> i64;
}

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i64 {
        T::whole(self)
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl ToArg for $integer {
            fn to_arg(&self) -> Arg {
                Arg::from(*self)
            }
        }

        impl Whole for $integer {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
integers!(i16, i32, i64, u8, u16, u32, u64, usize);

/// A key or a message in the reader's language.
#[askama::filter_fn]
pub fn t<'a, M: Translate<'a>>(message: M, values: &dyn Values) -> askama::Result<Cow<'a, str>> {
    Ok(message.translate(reader(values)?.locale))
}

/// A key with one named argument.
#[askama::filter_fn]
pub fn ta<K: AsRef<str>, V: ToArg>(
    key: K,
    values: &dyn Values,
    name: &str,
    value: V,
) -> askama::Result<String> {
    let locale = reader(values)?.locale;
    Ok(i18n::text_with(
        locale,
        key.as_ref(),
        &[(name, value.to_arg())],
    ))
}

/// A key with two named arguments.
#[askama::filter_fn]
pub fn ta2<K: AsRef<str>, V: ToArg, W: ToArg>(
    key: K,
    values: &dyn Values,
    name: &str,
    value: V,
    second_name: &str,
    second_value: W,
) -> askama::Result<String> {
    let locale = reader(values)?.locale;
    let args = [(name, value.to_arg()), (second_name, second_value.to_arg())];
    Ok(i18n::text_with(locale, key.as_ref(), &args))
}

/// Adds a named argument to a key or a message; ends with `t`: `{{ "key"|arg("a", x)|arg("b", y)|arg("c", z)|t }}`.
#[askama::filter_fn]
pub fn arg<M: IntoMessage, V: ToArg>(
    message: M,
    _: &dyn Values,
    name: &str,
    value: V,
) -> askama::Result<Message> {
    Ok(message.into_message().with(name.to_owned(), value.to_arg()))
}

/// What the filter `arg` can add an argument to.
pub trait IntoMessage {
    /// The message so far.
    fn into_message(self) -> Message;
}

impl IntoMessage for &str {
    fn into_message(self) -> Message {
        Message::new(self.to_owned())
    }
}

impl IntoMessage for &&str {
    fn into_message(self) -> Message {
        Message::new((*self).to_owned())
    }
}

impl IntoMessage for Message {
    fn into_message(self) -> Message {
        self
    }
}

impl IntoMessage for &Message {
    fn into_message(self) -> Message {
        self.clone()
    }
}

/// A drawing of the sprite `static/img/icons.svg`; decorative, so the text beside it or an `aria-label` says what it means.
#[askama::filter_fn]
pub fn icon<N: AsRef<str>>(name: N, _: &dyn Values) -> askama::Result<Safe<String>> {
    let sprite = assets::url("img/icons.svg");
    let name = name.as_ref();
    Ok(Safe(format!(
        r#"<svg class="icon" data-icon="{name}" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"#
    )))
}

/// A sentence of ours, by its key, whose emergency numbers (of France and of Europe) are called by a tap.
#[askama::filter_fn]
pub fn emergency<K: AsRef<str>>(key: K, values: &dyn Values) -> askama::Result<Safe<String>> {
    let sentence = i18n::text(reader(values)?.locale, key.as_ref());
    Ok(Safe(with_calls(sentence)))
}

/// Nothing in our sentences needs escaping: they hold no markup, and nobody else's words.
pub(super) fn with_calls(sentence: &str) -> String {
    sentence
        .split_inclusive(|sign: char| !sign.is_ascii_digit())
        .map(|word| {
            let number = word.trim_end_matches(|sign: char| !sign.is_ascii_digit());
            match number {
                "15" | "112" | "3114" => {
                    format!(
                        r#"<a href="tel:{number}">{number}</a>{}"#,
                        &word[number.len()..]
                    )
                }
                _ => word.to_owned(),
            }
        })
        .collect()
}

/// The address of a file of `static/`, which changes when the file does.
#[askama::filter_fn]
pub fn asset<P: AsRef<str>>(path: P, _: &dyn Values) -> askama::Result<String> {
    Ok(assets::url(path.as_ref()))
}

/// "vendredi 20 novembre 2026".
#[askama::filter_fn]
pub fn date_long<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::date_long(reader.locale, reader.tz, day))
}

/// "20 nov. 2026".
#[askama::filter_fn]
pub fn date_short<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::date_short(reader.locale, reader.tz, day))
}

/// "vendredi".
#[askama::filter_fn]
pub fn weekday<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<&'static str> {
    let reader = reader(values)?;
    Ok(i18n::weekday(reader.locale, reader.tz, day))
}

/// "20 novembre".
#[askama::filter_fn]
pub fn day_month<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::day_month(reader.locale, reader.tz, day))
}

/// "nov."
#[askama::filter_fn]
pub fn month_short<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<&'static str> {
    let reader = reader(values)?;
    Ok(i18n::month_short(reader.locale, reader.tz, day))
}

/// "20".
#[askama::filter_fn]
pub fn day<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<String> {
    Ok(day.calendar_day(reader(values)?.tz).day().to_string())
}

/// "novembre 2026".
#[askama::filter_fn]
pub fn month<D: CalendarDay>(day: D, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::month_name(reader.locale, reader.tz, day))
}

/// "14 h 30".
#[askama::filter_fn]
pub fn time<C: ClockTime>(at: C, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::time(reader.locale, reader.tz, at))
}

/// "vendredi 20 novembre 2026 à 14 h 30".
#[askama::filter_fn]
pub fn datetime<C: CalendarDay + ClockTime>(at: C, values: &dyn Values) -> askama::Result<String> {
    let reader = reader(values)?;
    Ok(i18n::date_time(reader.locale, reader.tz, at))
}

/// An instant or a date as machines read it, for `<time datetime="…">`.
#[askama::filter_fn]
pub fn iso<M: Machine>(at: M, _: &dyn Values) -> askama::Result<String> {
    Ok(at.iso())
}

/// What has an ISO 8601 form.
pub trait Machine {
    /// The ISO 8601 form, to the second.
    fn iso(&self) -> String;
}

impl Machine for DateTime<Utc> {
    fn iso(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl Machine for NaiveDate {
    fn iso(&self) -> String {
        self.to_string()
    }
}

impl<T: Machine + ?Sized> Machine for &T {
    fn iso(&self) -> String {
        T::iso(self)
    }
}

/// Seconds as "2 h 05".
#[askama::filter_fn]
pub fn duration<N: Whole>(seconds: N, values: &dyn Values) -> askama::Result<String> {
    Ok(i18n::duration(reader(values)?.locale, seconds.whole()))
}

/// "12 500".
#[askama::filter_fn]
pub fn number<N: Whole>(value: N, values: &dyn Values) -> askama::Result<String> {
    Ok(i18n::number(reader(values)?.locale, value.whole()))
}

/// "4,8".
#[askama::filter_fn]
pub fn decimal(value: &f64, values: &dyn Values) -> askama::Result<String> {
    Ok(i18n::decimal(reader(values)?.locale, *value))
}

/// A share between 0 and 1 as "42 %".
#[askama::filter_fn]
pub fn percent(share: &f64, values: &dyn Values) -> askama::Result<String> {
    Ok(i18n::percent(reader(values)?.locale, *share))
}
