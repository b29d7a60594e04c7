//! Writing a note: the editor, its savings, and what another page did meanwhile.

use actix_web::{http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{Shown, note, path_of, patient_crumbs, said};
use crate::{
    infra::{
        actor::{Practitioner, render, render_status, see_other_with, wants_fragment},
        db::Tx,
        error::{AppError, PageResult},
        form::{FormErrors, LongForm},
        page::{Crumb, Flash, PageContext, filters},
        rich_text::{RichText, TextField, Typed},
    },
    notes::queries::{
        self,
        drafts::{self, Base, Saved},
    },
};

/// The form, as it is sent. Without a script there is neither `html` nor `writer` nor `turn`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DraftForm {
    revision: String,
    writer: String,
    turn: String,
    text: String,
    html: Option<String>,
    /// Where to go then: `sign`, or the note's page.
    then: String,
}

impl DraftForm {
    fn typed(&self) -> Typed<'_> {
        Typed::sent(self.html.as_deref(), &self.text)
    }

    /// A page that does not say who it is, is a new one each time: nothing that it sends is taken for
    /// something that it sent before.
    fn base(&self) -> Base {
        Base {
            revision: self.revision.parse().unwrap_or_default(),
            writer: self.writer.parse().unwrap_or_else(|_| Uuid::new_v4()),
            turn: self.turn.parse().unwrap_or(1).max(1),
        }
    }
}

/// On the day that it is where the reader is.
fn is_today(practitioner: &Practitioner, at: DateTime<Utc>) -> bool {
    let (tz, now) = (practitioner.page().tz, practitioner.app().clock.now());
    let day = |moment: DateTime<Utc>| moment.with_timezone(&tz).date_naive();
    day(at) == day(now)
}

#[derive(Template)]
#[template(path = "notes/practitioner/draft.html", blocks = ["status"])]
struct DraftPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    note: Shown,
    field: TextField,
    /// The revision from which the form goes on.
    revision: i32,
    saved_at: DateTime<Utc>,
    /// The hour alone says when that was.
    saved_today: bool,
    state: State,
    errors: FormErrors,
    /// Who this page is, for the server.
    writer: Uuid,
    /// Whose draft the browser may keep while it is written.
    owner: Uuid,
}

/// How what is in the form relates to what the server has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Saved,
    Conflict,
    Signed,
    Invalid,
}

impl State {
    fn status(self) -> StatusCode {
        match self {
            Self::Saved => StatusCode::OK,
            Self::Conflict | Self::Signed => StatusCode::CONFLICT,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl DraftPage {
    fn new(
        practitioner: &Practitioner,
        note: queries::Note,
        (field, state): (TextField, State),
    ) -> Self {
        let page = practitioner.page();
        let (revision, saved_at) = (note.revision, note.changed_at);
        let note = Shown::new(note, &page);
        Self {
            crumbs: patient_crumbs(&page, &note),
            field,
            revision,
            saved_at,
            saved_today: is_today(practitioner, saved_at),
            state,
            errors: FormErrors::default(),
            writer: Uuid::new_v4(),
            owner: practitioner.user_id(),
            note,
            page,
        }
    }

    /// The name under which the browser keeps what is being written.
    fn draft(&self) -> String {
        format!("note:{}:{}", self.owner, self.note.id)
    }

    fn state_name(&self) -> &'static str {
        match self.state {
            State::Saved => "saved",
            State::Conflict => "conflict",
            State::Signed => "signed",
            State::Invalid => "invalid",
        }
    }

    /// The form holds words that the server has not taken: no draft takes their place.
    fn was_sent(&self) -> bool {
        self.state != State::Saved
    }

    fn answer(&self, practitioner: &Practitioner) -> PageResult {
        if wants_fragment(practitioner.request()) {
            return render_status(&self.page, &self.as_status(), self.state.status());
        }
        render_status(&self.page, self, self.state.status())
    }
}

pub(super) async fn show_draft(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let note = practitioner
        .db()
        .look(move |tx| queries::find(tx, id))
        .await?;
    if note.signed_at.is_some() {
        return Ok(see_other_with(
            &path_of(id),
            Flash::info("notes-signed-already"),
        ));
    }
    let Ok(text) = &note.content else {
        return Ok(see_other_with(
            &path_of(id),
            Flash::warning("notes-unreadable-edit"),
        ));
    };
    let field = TextField::of(text);
    let template = DraftPage::new(&practitioner, note, (field, State::Saved));
    render(&template.page, &template)
}

pub(super) async fn save(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    LongForm { 0: form }: LongForm<DraftForm>,
) -> PageResult {
    let id = id.into_inner();
    let text = match form.typed().read() {
        Ok(text) => text,
        Err(wrong) => {
            // Another's note is not there, whatever was typed.
            let note = practitioner
                .db()
                .look(move |tx| queries::find(tx, id))
                .await?;
            let field = TextField::kept(form.typed());
            let mut template = DraftPage::new(&practitioner, note, (field, State::Invalid));
            template.revision = form.base().revision;
            template.errors = said(wrong);
            return template.answer(&practitioner);
        }
    };
    let (base, is_plain) = (form.base(), form.html.is_none());
    let saved = practitioner
        .db()
        .write(move |tx| {
            let text = match is_plain {
                true => formatted_as_before(tx, id, text)?,
                false => text,
            };
            drafts::save(tx, id, base, &text)
        })
        .await?;
    match saved {
        Saved::Done { revision, at } => done(&practitioner, id, &form, (revision, at)).await,
        Saved::Conflict(there) => {
            let field = TextField::kept(form.typed());
            DraftPage::new(&practitioner, *there, (field, State::Conflict)).answer(&practitioner)
        }
        Saved::Signed(there) if wants_fragment(practitioner.request()) => {
            let template =
                DraftPage::new(&practitioner, *there, (TextField::default(), State::Signed));
            template.answer(&practitioner)
        }
        // What came too late for the note is offered as an addendum.
        Saved::Signed(_) => note::offer(&practitioner, id, TextField::kept(form.typed())).await,
    }
}

/// A text that was not touched where there is no editor keeps its formatting.
fn formatted_as_before(
    tx: &mut Tx<Practitioner>,
    id: Uuid,
    text: RichText,
) -> Result<RichText, AppError> {
    let there = queries::find(tx, id)?.content;
    Ok(there
        .ok()
        .filter(|there| there.plain() == text.plain())
        .unwrap_or(text))
}

async fn done(
    practitioner: &Practitioner,
    id: Uuid,
    form: &DraftForm,
    (revision, at): (i32, DateTime<Utc>),
) -> PageResult {
    if !wants_fragment(practitioner.request()) {
        let saved = Flash::success("notes-saved");
        return Ok(match form.then.as_str() {
            "sign" => see_other_with(&format!("{}/signature", path_of(id)), saved),
            _ => see_other_with(&path_of(id), saved),
        });
    }
    let note = practitioner
        .db()
        .look(move |tx| queries::find(tx, id))
        .await?;
    let mut template = DraftPage::new(practitioner, note, (TextField::default(), State::Saved));
    (template.revision, template.saved_at) = (revision, at);
    template.saved_today = is_today(practitioner, at);
    template.answer(practitioner)
}
