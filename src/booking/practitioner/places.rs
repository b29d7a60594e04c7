//! Where the practitioner receives: places, their rooms, and sharing them with colleagues.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{Section, crumbs, tabs};
use crate::{
    booking::queries::places::{self, Colleague, InUse, Place, PlaceDraft, Room},
    infra::{
        actor::{Practitioner, render_status, see_other_with},
        crypto::random_code,
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing},
        i18n::{self, Message},
        page::{Crumb, Flash, PageContext, Tab, filters},
    },
};

/// The list of places.
const PLACES: &str = "/practitioner/agenda/places";
/// Most characters of a name, an address, directions, a room's name: the checks of the tables.
const NAME: usize = 80;
const ADDRESS: usize = 500;
const DIRECTIONS: usize = 500;
const ROOM: usize = 60;
/// Characters of a code to share a place by.
const CODE: usize = 12;

fn path_of(place: Uuid) -> String {
    format!("{PLACES}/{place}")
}

fn place_crumbs(page: &PageContext) -> Vec<Crumb> {
    let mut crumbs = crumbs(page);
    crumbs.push(Crumb::new(
        PLACES,
        i18n::text(page.locale, "agenda-tab-places"),
    ));
    crumbs
}

#[derive(Template)]
#[template(path = "booking/practitioner/places.html")]
struct PlacesPage {
    page: PageContext,
    tabs: Vec<Tab>,
    places: Vec<Place>,
    code: String,
    errors: FormErrors,
}

async fn draw_list(practitioner: &Practitioner, code: String, errors: FormErrors) -> PageResult {
    let places = practitioner.db().read(places::places).await?;
    let page = practitioner.page();
    let status = errors.status();
    let template = PlacesPage {
        tabs: tabs(&page, Section::Places),
        places,
        code,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_places(practitioner: Practitioner) -> PageResult {
    draw_list(&practitioner, String::new(), FormErrors::default()).await
}

/// A place as its form holds it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlaceForm {
    name: String,
    address: String,
    directions: String,
}

/// A text of a form, trimmed, or its message beside the field.
fn text(
    errors: &mut FormErrors,
    field: &'static str,
    value: &str,
    most: usize,
    missing: Option<&'static str>,
) -> String {
    let value = value.trim();
    match missing {
        Some(key) if value.is_empty() => errors.add(field, key),
        _ if value.chars().count() > most => {
            errors.add(
                field,
                Message::new("agenda-text-too-long").with("most", most),
            );
        }
        _ => {}
    }
    value.to_owned()
}

impl PlaceForm {
    fn of(place: &Place) -> Self {
        Self {
            name: place.name.clone(),
            address: place.address.clone(),
            directions: place.directions.clone(),
        }
    }

    fn parse(&self) -> Result<PlaceDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let draft = PlaceDraft {
            name: text(
                &mut errors,
                "name",
                &self.name,
                NAME,
                Some("agenda-place-name-missing"),
            ),
            address: text(
                &mut errors,
                "address",
                &self.address,
                ADDRESS,
                Some("agenda-place-address-missing"),
            ),
            directions: text(
                &mut errors,
                "directions",
                &self.directions,
                DIRECTIONS,
                None,
            ),
        };
        if errors.is_empty() {
            Ok(draft)
        } else {
            Err(errors)
        }
    }
}

#[derive(Template)]
#[template(path = "booking/practitioner/new_place.html")]
struct NewPlacePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    form: PlaceForm,
    errors: FormErrors,
}

fn draw_new(practitioner: &Practitioner, form: PlaceForm, errors: FormErrors) -> PageResult {
    let page = practitioner.page();
    let status = errors.status();
    let template = NewPlacePage {
        crumbs: place_crumbs(&page),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_new_place(practitioner: Practitioner) -> PageResult {
    draw_new(&practitioner, PlaceForm::default(), FormErrors::default())
}

pub(super) async fn add_place(
    practitioner: Practitioner,
    Form(form): Form<PlaceForm>,
) -> PageResult {
    let draft = match form.parse() {
        Ok(draft) => draft,
        Err(errors) => return draw_new(&practitioner, form, errors),
    };
    let id = practitioner
        .db()
        .write(move |tx| places::add_place(tx, &draft))
        .await?;
    Ok(see_other_with(
        &path_of(id),
        Flash::success("agenda-place-added"),
    ))
}

#[derive(Template)]
#[template(path = "booking/practitioner/place.html")]
struct PlacePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    place: Place,
    /// The code in groups of four, as it is read aloud.
    code: Option<String>,
    rooms: Vec<Room>,
    people: Vec<Colleague>,
    form: PlaceForm,
    room: String,
    errors: FormErrors,
}

impl PlacePage {
    fn share_key(&self) -> &'static str {
        match self.code {
            Some(_) => "agenda-share-renew",
            None => "agenda-share-start",
        }
    }
}

/// What a page of a place holds besides what is stored.
#[derive(Default)]
struct Typed {
    form: Option<PlaceForm>,
    room: String,
    errors: FormErrors,
}

async fn draw_place(practitioner: &Practitioner, id: Uuid, typed: Typed) -> PageResult {
    let (place, rooms, people) = practitioner
        .db()
        .read(move |tx| {
            let place = places::place(tx, id)?;
            let rooms = places::rooms_of(tx, id)?;
            Ok::<_, AppError>((place, rooms, places::people(tx, id)?))
        })
        .await?;
    let page = practitioner.page();
    let status = typed.errors.status();
    let template = PlacePage {
        crumbs: place_crumbs(&page),
        code: place.share_code.as_deref().map(grouped),
        form: typed.form.unwrap_or_else(|| PlaceForm::of(&place)),
        room: typed.room,
        errors: typed.errors,
        place,
        rooms,
        people,
        page,
    };
    render_status(&template.page, &template, status)
}

/// "ABCD EFGH JKLM".
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

pub(super) async fn show_place(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    draw_place(&practitioner, id.into_inner(), Typed::default()).await
}

pub(super) async fn change_place(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<PlaceForm>,
) -> PageResult {
    let id = id.into_inner();
    match form.parse() {
        Ok(draft) => {
            practitioner
                .db()
                .write(move |tx| places::change_place(tx, id, &draft))
                .await?;
            Ok(see_other_with(
                &path_of(id),
                Flash::success("agenda-place-changed"),
            ))
        }
        Err(errors) => {
            let typed = Typed {
                form: Some(form),
                errors,
                ..Typed::default()
            };
            draw_place(&practitioner, id, typed).await
        }
    }
}

pub(super) async fn choose_main(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    practitioner
        .db()
        .write(move |tx| places::choose_main_place(tx, id))
        .await?;
    Ok(see_other_with(
        &path_of(id),
        Flash::success("agenda-place-is-main"),
    ))
}

pub(super) async fn remove_place(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let removed = practitioner
        .db()
        .write(move |tx| places::remove_place(tx, id))
        .await?;
    Ok(match removed {
        Ok(()) => see_other_with(PLACES, Flash::success("agenda-place-removed")),
        Err(InUse::LastOne) => see_other_with(&path_of(id), Flash::warning("agenda-place-is-last")),
        Err(InUse::Shared) => {
            see_other_with(&path_of(id), Flash::warning("agenda-place-is-shared"))
        }
    })
}

/// A new code, or none any more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    stop: String,
}

pub(super) async fn renew_code(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<CodeForm>,
) -> PageResult {
    let id = id.into_inner();
    let code = (form.stop != "true").then(random_code::<CODE>);
    let flash = Flash::success(match code {
        Some(_) => "agenda-share-renewed",
        None => "agenda-share-stopped",
    });
    practitioner
        .db()
        .write(move |tx| places::set_share_code(tx, id, code.as_deref()))
        .await?;
    Ok(see_other_with(&path_of(id), flash))
}

/// The code that a colleague gave.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct JoinForm {
    code: String,
}

pub(super) async fn join_place(
    practitioner: Practitioner,
    Form(form): Form<JoinForm>,
) -> PageResult {
    let code: String = form
        .code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .flat_map(char::to_uppercase)
        .collect();
    let is_code = code.len() == CODE && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let joined = if is_code {
        practitioner
            .db()
            .write(move |tx| places::join_place(tx, &code))
            .await?
    } else {
        None
    };
    match joined {
        Some(id) => Ok(see_other_with(
            &path_of(id),
            Flash::success("agenda-place-joined"),
        )),
        None => {
            let mut errors = FormErrors::default();
            errors.add("code", "agenda-share-unknown");
            draw_list(&practitioner, form.code, errors).await
        }
    }
}

/// A room to add.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RoomForm {
    room: String,
}

pub(super) async fn add_room(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<RoomForm>,
) -> PageResult {
    let id = id.into_inner();
    let mut errors = FormErrors::default();
    let name = text(
        &mut errors,
        "room",
        &form.room,
        ROOM,
        Some("agenda-room-missing"),
    );
    if errors.is_empty() {
        let added = practitioner
            .db()
            .write(move |tx| places::add_room(tx, id, &name))
            .await?;
        if added {
            return Ok(see_other_with(
                &path_of(id),
                Flash::success("agenda-room-added"),
            ));
        }
        errors.add("room", "agenda-room-exists");
    }
    let typed = Typed {
        room: form.room,
        errors,
        form: None,
    };
    draw_place(&practitioner, id, typed).await
}

pub(super) async fn remove_room(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let place = practitioner
        .db()
        .write(move |tx| places::remove_room(tx, id))
        .await?;
    Ok(see_other_with(
        &path_of(place),
        Flash::success("agenda-room-removed"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_in_groups() {
        assert_eq!(grouped("ABCDEFGHJKLM"), "ABCD EFGH JKLM");
    }

    #[test]
    fn a_place_needs_a_name_and_an_address() {
        let form = PlaceForm {
            name: "  ".into(),
            address: "x".repeat(ADDRESS + 1),
            directions: String::new(),
        };
        let errors = form.parse().expect_err("two fields to correct");
        assert!(errors.of("name").is_some() && errors.of("address").is_some());
        assert!(errors.of("directions").is_none());
    }
}
