//! `/practitioner/profile`: what a practitioner says of themselves, and their portrait.

use askama::Template;

use super::{
    model::{Gender, LANGUAGES, ProfileDraft, WrongProfile, language_name},
    portraits,
    queries::own::{self, OwnProfile},
};
use crate::infra::{
    actor::{Practitioner, render_status, see_other_with},
    error::{AppError, PageResult},
    form::{Form, FormErrors, Nothing, Upload},
    i18n::{self, Message},
    images,
    page::{Choice, Flash, PageContext, filters},
    role_scope::RoleScope,
};

const PROFILE: &str = "/practitioner/profile";

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/profile", show_profile)
        .post("/profile", write_profile)
        .get("/profile/portrait", show_portrait)
        .post("/profile/portrait", set_portrait)
        .post("/profile/portrait/removal", remove_portrait);
}

/// A profile as its form holds it. Each language ticked is a field of its own.
#[derive(Clone, Debug, Default)]
struct ProfileForm {
    bio: String,
    gender: String,
    experience: String,
    video: String,
    languages: Vec<String>,
}

/// The fields of a form, in order.
type Fields = Vec<(String, String)>;

impl ProfileForm {
    fn sent(fields: Fields) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "bio" => form.bio = value,
                "gender" => form.gender = value,
                "experience" => form.experience = value,
                "video" => form.video = value,
                _ => {
                    if let Some(code) = name.strip_prefix("language-")
                        && LANGUAGES.iter().any(|(known, _)| *known == code)
                    {
                        form.languages.push(code.to_owned());
                    }
                }
            }
        }
        form
    }

    fn of(profile: &OwnProfile) -> Self {
        Self {
            bio: profile.bio.clone(),
            gender: profile.gender.clone().unwrap_or_default(),
            experience: profile
                .experience_years
                .map(|years| years.to_string())
                .unwrap_or_default(),
            video: profile.presentation_video_url.clone().unwrap_or_default(),
            languages: profile.languages.clone(),
        }
    }

    /// # Errors
    /// What is wrong with it.
    fn read(&self) -> Result<ProfileDraft, FormErrors> {
        ProfileDraft::parse(
            &self.bio,
            &self.gender,
            (&self.experience, &self.video),
            self.languages.clone(),
        )
        .map_err(|wrong| {
            let mut errors = FormErrors::default();
            for wrong in wrong {
                match wrong {
                    WrongProfile::Bio(most) => {
                        let message = Message::new("practitioners-profile-bio-long");
                        errors.add("bio", message.with("count", most));
                    }
                    WrongProfile::Gender => {
                        errors.add("gender", "practitioners-profile-gender-error");
                    }
                    WrongProfile::Experience => {
                        errors.add("experience", "practitioners-profile-experience-error");
                    }
                    WrongProfile::Video => {
                        errors.add("video", "practitioners-profile-video-error");
                    }
                    WrongProfile::Languages => {
                        errors.add("languages", "practitioners-profile-languages-error");
                    }
                }
            }
            errors
        })
    }
}

/// A language to tick.
struct Tongue {
    code: &'static str,
    name: String,
    spoken: bool,
}

#[derive(Template)]
#[template(path = "practitioners/practitioner/profile.html")]
struct ProfilePage {
    page: PageContext,
    initials: String,
    name: String,
    /// The address of the portrait, which changes with it.
    portrait: Option<String>,
    visible: bool,
    genders: Vec<Choice>,
    tongues: Vec<Tongue>,
    form: ProfileForm,
    errors: FormErrors,
}

async fn show_profile(practitioner: Practitioner) -> PageResult {
    draw(&practitioner, None, FormErrors::default()).await
}

async fn draw(
    practitioner: &Practitioner,
    form: Option<ProfileForm>,
    errors: FormErrors,
) -> PageResult {
    let profile = practitioner.db().read(own::own_profile).await?;
    let page = practitioner.page();
    let text = |key| i18n::text(page.locale, key);
    let form = form.unwrap_or_else(|| ProfileForm::of(&profile));
    let mut tongues: Vec<Tongue> = LANGUAGES
        .iter()
        .map(|&(code, _)| Tongue {
            code,
            name: language_name(page.locale, code),
            spoken: form.languages.iter().any(|spoken| spoken == code),
        })
        .collect();
    // Two are what most people look for; the others by name.
    tongues[2..].sort_by(|one, other| one.name.cmp(&other.name));
    let status = errors.status();
    let person = page.person.as_ref();
    let template = ProfilePage {
        initials: person.map_or_else(String::new, |person| person.initials.clone()),
        name: person.map_or_else(String::new, |person| person.display_name.clone()),
        portrait: profile
            .portrait_id
            .map(|id| format!("{PROFILE}/portrait?version={id}")),
        visible: profile.verification == "verified",
        genders: Gender::ALL
            .into_iter()
            .map(|gender| Choice::new(gender.as_str(), text(gender.label_key())))
            .collect(),
        tongues,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn write_profile(practitioner: Practitioner, Form(fields): Form<Fields>) -> PageResult {
    let form = ProfileForm::sent(fields);
    let draft = match form.read() {
        Ok(draft) => draft,
        Err(errors) => return draw(&practitioner, Some(form), errors).await,
    };
    practitioner
        .db()
        .write(move |tx| own::write_profile(tx, &draft))
        .await?;
    Ok(see_other_with(
        PROFILE,
        Flash::success("practitioners-profile-saved"),
    ))
}

async fn show_portrait(practitioner: Practitioner) -> PageResult {
    let jpeg = practitioner.db().read(own::own_portrait).await?;
    Ok(portraits::answer(jpeg))
}

async fn set_portrait(practitioner: Practitioner, upload: Result<Upload, AppError>) -> PageResult {
    let refuse = |key: &'static str| {
        let mut errors = FormErrors::default();
        errors.add("file", key);
        errors
    };
    let mut upload = match upload {
        Ok(upload) => upload,
        Err(AppError::TooLarge) => {
            return draw(
                &practitioner,
                None,
                refuse("practitioners-portrait-too-large"),
            )
            .await;
        }
        Err(error) => return Err(error),
    };
    if upload.size() == 0 {
        return draw(
            &practitioner,
            None,
            refuse("practitioners-portrait-missing"),
        )
        .await;
    }
    if upload.size() > portraits::MOST_BYTES {
        return draw(
            &practitioner,
            None,
            refuse("practitioners-portrait-too-large"),
        )
        .await;
    }
    let made = images::in_turn(move || {
        let file = upload.read(portraits::MOST_BYTES).unwrap_or_default();
        portraits::make(&file)
    })
    .await?;
    let Ok(jpeg) = made else {
        return draw(
            &practitioner,
            None,
            refuse("practitioners-portrait-unreadable"),
        )
        .await;
    };
    practitioner
        .db()
        .write(move |tx| own::set_portrait(tx, &jpeg))
        .await?;
    Ok(see_other_with(
        PROFILE,
        Flash::success("practitioners-portrait-saved"),
    ))
}

async fn remove_portrait(
    practitioner: Practitioner,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    practitioner.db().write(own::remove_portrait).await?;
    Ok(see_other_with(
        PROFILE,
        Flash::success("practitioners-portrait-removed"),
    ))
}
