//! The picture of a piece of news: taken, drawn again, shown, removed.

use actix_web::web;
use uuid::Uuid;

use super::{path_of, post};
use crate::{
    content::{
        employee::picture as answer,
        model::{ALT_MOST, PICTURE_BYTES, PICTURE_PIXELS, on_one_line},
        queries::{self, NewPicture},
    },
    infra::{
        actor::{Hr, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Upload},
        i18n::Message,
        images::{self, NotAPicture},
        page::Flash,
    },
};

pub(super) async fn show_picture(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let jpeg = hr.db().read(move |tx| queries::picture(tx, id)).await?;
    Ok(answer(jpeg))
}

fn refused(key: &'static str) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add("file", key);
    errors
}

/// The picture that was sent, drawn again.
async fn taken(mut upload: Upload) -> Result<Result<NewPicture, FormErrors>, AppError> {
    if upload.size() == 0 {
        return Ok(Err(refused("news-picture-missing")));
    }
    if upload.size() > PICTURE_BYTES {
        return Ok(Err(refused("news-picture-large")));
    }
    let alt = on_one_line(upload.text());
    if alt.chars().count() > ALT_MOST {
        let mut errors = FormErrors::default();
        let message = Message::new("news-picture-alt-long");
        errors.add("alt", message.with("count", ALT_MOST));
        return Ok(Err(errors));
    }
    let drawn = images::in_turn(move || {
        let file = upload.read(PICTURE_BYTES).map_err(|_| NotAPicture)?;
        images::within(&images::read(&file)?, PICTURE_PIXELS)
    })
    .await?;
    Ok(drawn
        .map(|(jpeg, width, height)| NewPicture {
            jpeg,
            width,
            height,
            alt,
        })
        .map_err(|NotAPicture| refused("news-picture-unreadable")))
}

pub(super) async fn set_picture(
    hr: Hr,
    id: web::Path<Uuid>,
    upload: Result<Upload, AppError>,
) -> PageResult {
    let id = id.into_inner();
    // Another's is not there, whatever was sent.
    hr.db().read(move |tx| queries::find(tx, id)).await?;
    let picture = match upload {
        Ok(upload) => taken(upload).await?,
        Err(AppError::TooLarge) => Err(refused("news-picture-large")),
        Err(error) => return Err(error),
    };
    match picture {
        Ok(picture) => {
            hr.db()
                .write(move |tx| queries::set_picture(tx, id, &picture))
                .await?;
            let said = Flash::success("news-picture-kept");
            Ok(see_other_with(&path_of(id), said))
        }
        Err(errors) => post::draw(&hr, id, None, errors).await,
    }
}

pub(super) async fn remove_picture(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    hr.db()
        .write(move |tx| queries::remove_picture(tx, id))
        .await?;
    let said = Flash::success("news-picture-removed");
    Ok(see_other_with(&path_of(id), said))
}
