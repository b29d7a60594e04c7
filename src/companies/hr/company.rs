//! `/rh/company`: what the company says of itself, and how it looks to its employees.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use crate::{
    companies::{
        pictures::{self, Picture},
        profile::{EMERGENCY_CHARS, HOURS_CHARS, ProfileForm, ZONES},
        queries::{self, CompanyProfile},
        request::CompanySize,
    },
    infra::{
        actor::{Hr, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Upload},
        i18n::text,
        images,
        page::{Choice, Flash, PageContext, Tab, filters},
        role_scope::RoleScope,
    },
};

const COMPANY: &str = "/rh/company";

pub(super) fn routes(scope: &mut RoleScope<Hr>) {
    scope
        .get("/company", show_company)
        .post("/company", write_company)
        .get("/company/pictures/{picture}", show_picture)
        .post("/company/logo", set_logo)
        .post("/company/logo/removal", remove_logo)
        .post("/company/cover", set_cover)
        .post("/company/cover/removal", remove_cover);
}

/// The pages of one's company, as tabs of each other.
pub(super) fn tabs(page: &PageContext, here: &str) -> Vec<Tab> {
    [
        (COMPANY, "clients-company-profile"),
        ("/rh/company/domains", "clients-domains"),
        ("/rh/company/team", "clients-team"),
    ]
    .into_iter()
    .map(|(href, key)| Tab::new(href, text(page.locale, key), href == here))
    .collect()
}

#[derive(Template)]
#[template(path = "companies/hr/company.html")]
struct CompanyPage {
    page: PageContext,
    tabs: Vec<Tab>,
    form: ProfileForm,
    logo: Option<Uuid>,
    cover: Option<Uuid>,
    sizes: Vec<Choice>,
    zones: Vec<Choice>,
    errors: FormErrors,
}

async fn show_company(hr: Hr) -> PageResult {
    draw(&hr, None, FormErrors::default()).await
}

async fn draw(hr: &Hr, form: Option<ProfileForm>, errors: FormErrors) -> PageResult {
    let profile: CompanyProfile = hr.db().read(queries::own_profile).await?;
    let page = hr.page();
    let status = errors.status();
    let template = CompanyPage {
        tabs: tabs(&page, COMPANY),
        form: form.unwrap_or_else(|| ProfileForm::of(&profile)),
        logo: profile.logo_id,
        cover: profile.cover_id,
        sizes: CompanySize::ALL
            .into_iter()
            .map(|size| Choice::new(size.code(), text(page.locale, size.label_key())))
            .collect(),
        zones: ZONES
            .into_iter()
            .map(|zone| Choice::new(zone.name(), zone.name().replace('_', " ")))
            .collect(),
        page,
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn write_company(hr: Hr, Form(form): Form<ProfileForm>) -> PageResult {
    let mut errors = FormErrors::default();
    match form.read() {
        Err(wrong) => {
            for (field, message) in wrong {
                errors.add(field, message);
            }
        }
        Ok(draft) => {
            let written = hr
                .db()
                .write(move |tx| queries::write_profile(tx, &draft))
                .await;
            match written {
                Ok(()) => {
                    hr.forget_sessions();
                    return Ok(see_other_with(
                        COMPANY,
                        Flash::success("clients-company-saved"),
                    ));
                }
                Err(error) if error.is_constraint("companies_siret") => {
                    errors.add("siret", "clients-siret-taken");
                }
                Err(error) => return Err(error),
            }
        }
    }
    draw(&hr, Some(form), errors).await
}

async fn show_picture(hr: Hr, picture: web::Path<Uuid>) -> PageResult {
    let id = picture.into_inner();
    let jpeg = hr.db().read(move |tx| queries::picture(tx, id)).await?;
    Ok(pictures::answer(jpeg))
}

async fn set_logo(hr: Hr, upload: Result<Upload, AppError>) -> PageResult {
    set(&hr, Picture::Logo, upload).await
}

async fn set_cover(hr: Hr, upload: Result<Upload, AppError>) -> PageResult {
    set(&hr, Picture::Cover, upload).await
}

async fn set(hr: &Hr, kind: Picture, upload: Result<Upload, AppError>) -> PageResult {
    let wrong = match upload {
        Ok(mut upload) if upload.size() > 0 && upload.size() <= pictures::MOST_BYTES => {
            let made = images::in_turn(move || {
                let file = upload.read(pictures::MOST_BYTES).unwrap_or_default();
                kind.make(&file)
            })
            .await?;
            match made {
                Ok(jpeg) => {
                    hr.db()
                        .write(move |tx| queries::set_picture(tx, kind, Some(&jpeg)))
                        .await?;
                    let flash = Flash::success("clients-picture-saved");
                    return Ok(see_other_with(COMPANY, flash));
                }
                Err(_) => "clients-picture-unreadable",
            }
        }
        Ok(upload) if upload.size() == 0 => "clients-picture-missing",
        Ok(_) | Err(AppError::TooLarge) => "clients-picture-large",
        Err(error) => return Err(error),
    };
    let mut errors = FormErrors::default();
    errors.add(kind.code(), wrong);
    draw(hr, None, errors).await
}

async fn remove_logo(hr: Hr, Form(Nothing {}): Form<Nothing>) -> PageResult {
    remove(&hr, Picture::Logo).await
}

async fn remove_cover(hr: Hr, Form(Nothing {}): Form<Nothing>) -> PageResult {
    remove(&hr, Picture::Cover).await
}

async fn remove(hr: &Hr, kind: Picture) -> PageResult {
    hr.db()
        .write(move |tx| queries::set_picture(tx, kind, None))
        .await?;
    Ok(see_other_with(
        COMPANY,
        Flash::success("clients-picture-removed"),
    ))
}
