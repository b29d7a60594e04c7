//! How the demo's companies look: pictures drawn here, colours, and words for their employees.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use image::{DynamicImage, Rgb, RgbImage};
use uuid::Uuid;

use crate::{
    infra::images,
    schema::{company_images as pictures, company_profiles as profiles},
    seeds::random::stable_id,
};

/// Pixels of a logo's side, and of a cover's.
const LOGO: u32 = 320;
const COVER: (u32, u32) = (1_440, 360);

/// A company's two colours and its words.
struct Look {
    slug: &'static str,
    back: [u8; 3],
    accent: [u8; 3],
    hours: &'static str,
    emergency: &'static str,
}

const LOOKS: [Look; 2] = [
    Look {
        slug: super::cast::TECHCORP.slug,
        back: [0x1b, 0x3a, 0x57],
        accent: [0x6f, 0xc2, 0xb4],
        hours: "Ressources humaines : du lundi au vendredi, de 9 h à 18 h",
        emergency: "Au bureau, le poste 1515 joint un secouriste à toute heure.",
    },
    Look {
        slug: super::cast::ATELIER.slug,
        back: [0x6b, 0x2e, 0x2a],
        accent: [0xf0, 0xb8, 0x6c],
        hours: "",
        emergency: "",
    },
];

/// A ring around a dot: a mark that is nobody's.
fn logo(look: &Look) -> DynamicImage {
    let middle = f64::from(LOGO) / 2.0;
    let drawn = RgbImage::from_fn(LOGO, LOGO, |x, y| {
        let (x, y) = (f64::from(x) + 0.5 - middle, f64::from(y) + 0.5 - middle);
        let far = x.hypot(y) / middle;
        let is_mark = far < 0.2 || (0.42..0.62).contains(&far) && x + y > -0.55 * middle;
        Rgb(if is_mark { look.accent } else { look.back })
    });
    DynamicImage::ImageRgb8(drawn)
}

/// Long waves, from one colour to the other.
fn cover(look: &Look) -> DynamicImage {
    let (width, height) = COVER;
    let drawn = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (
            f64::from(x) / f64::from(width),
            f64::from(y) / f64::from(height),
        );
        let wave =
            ((x * 5.0 + (y * 3.0).sin()).sin() + (x * 11.0 - y * 4.0).cos() * 0.5 + 1.5) / 3.0;
        let share = (wave * 4.0).floor() / 4.0 * 0.55;
        let mut mixed = [0_u8; 3];
        for (channel, mixed) in mixed.iter_mut().enumerate() {
            let (from, to) = (
                f64::from(look.back[channel]),
                f64::from(look.accent[channel]),
            );
            // Between two bytes: a byte.
            *mixed = (from + (to - from) * share).round() as u8;
        }
        Rgb(mixed)
    });
    DynamicImage::ImageRgb8(drawn)
}

pub(super) fn write(conn: &mut PgConnection, written_at: DateTime<Utc>) -> anyhow::Result<()> {
    for look in &LOOKS {
        let company = stable_id(&format!("company:{}", look.slug));
        let mut add = |kind: &str, jpeg: Vec<u8>| -> anyhow::Result<Uuid> {
            let id = stable_id(&format!("{kind}:{}", look.slug));
            diesel::insert_into(pictures::table)
                .values((
                    pictures::id.eq(id),
                    pictures::company_id.eq(company),
                    pictures::kind.eq(kind),
                    pictures::image.eq(jpeg),
                    pictures::created_at.eq(written_at),
                ))
                .execute(conn)?;
            Ok(id)
        };
        let logo_id = add("logo", images::whole(&logo(look), LOGO)?)?;
        let cover_id = add("cover", images::filled(&cover(look), COVER)?)?;
        let [red, green, blue] = look.back;
        diesel::insert_into(profiles::table)
            .values((
                profiles::company_id.eq(company),
                profiles::opening_hours.eq(look.hours),
                profiles::emergency_message.eq(look.emergency),
                profiles::back_color.eq(format!("#{red:02x}{green:02x}{blue:02x}")),
                profiles::ink_color.eq("#ffffff"),
                profiles::logo_id.eq(logo_id),
                profiles::cover_id.eq(cover_id),
            ))
            .execute(conn)?;
    }
    Ok(())
}
