//! `POST /api/v1/jitsi/token`: what the room's script asks for when one of the two clicks "join".

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    model::Objection,
    queries::{Participant, room},
    video::{
        jitsi::{self, Admission},
        pseudonym,
    },
};
use crate::{
    booking::model::{Actor, Format},
    infra::{
        actor::{Employee, Member, Practitioner},
        config::Jitsi,
        db::Db,
        error::{AppError, PageResult},
        form::Form,
        role_scope::RoleScope,
    },
};

/// Mounts what scripts ask for, whoever of the two is signed in.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope.post("/jitsi/token", jitsi_token);
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct JoinForm {
    consultation: String,
}

/// What the script needs to enter.
#[derive(Serialize)]
struct Entrance {
    domain: String,
    room: String,
    token: String,
}

/// One of the two, as far as joining is concerned.
struct Joiner {
    /// What the other sees.
    name: String,
    pseudonym: String,
}

async fn jitsi_token(member: Member, Form(form): Form<JoinForm>) -> PageResult {
    let config = member.app().config.jitsi.clone();
    let config = config.ok_or(AppError::NotFound)?;
    let id: Uuid = form.consultation.parse().map_err(|_| AppError::NotFound)?;
    let identity = member.identity();
    let joiner = Joiner {
        name: format!("{} {}", identity.first_name, identity.last_name),
        pseudonym: pseudonym(member.app(), id, member.user_id()),
    };
    let now = member.app().clock.now();
    let entrance = if let Some(employee) = member.employee() {
        enter::<Employee>(employee.db(), id, joiner, (config, now)).await?
    } else if let Some(practitioner) = member.practitioner() {
        enter::<Practitioner>(practitioner.db(), id, joiner, (config, now)).await?
    } else {
        return Err(AppError::NotFound);
    };
    Ok(HttpResponse::Ok().json(entrance))
}

async fn enter<P: Participant + 'static>(
    db: Db<P>,
    id: Uuid,
    joiner: Joiner,
    (config, now): (Jitsi, DateTime<Utc>),
) -> Result<Entrance, AppError> {
    let fresh = random_name()?;
    let (room, ends_at) = db
        .write(move |tx| {
            let details = P::details(tx, id)?;
            let ends_at = details.line.ends_at;
            let is_remote = details.line.format()? != Format::InPerson;
            details.plan()?.judge_join(now).map_err(explain)?;
            if !is_remote {
                return Err(AppError::NotFound);
            }
            if now >= jitsi::closes_at(ends_at) {
                return Err(AppError::Conflict("consultation-room-over"));
            }
            Ok((room::name(tx, id, &fresh)?, ends_at))
        })
        .await?;
    let admission = Admission {
        room: &room,
        pseudonym: &joiner.pseudonym,
        name: joiner.name.trim(),
        moderator: P::ACTOR == Actor::Practitioner,
        ends_at,
    };
    Ok(Entrance {
        token: jitsi::token(&config, &admission, now)?,
        domain: config.domain,
        room,
    })
}

/// Why the door is closed, for whoever reads the answer itself: the page has said so already.
fn explain(why: Objection) -> AppError {
    AppError::Conflict(match why {
        Objection::TooEarly(_) => "consultation-room-early",
        _ => "consultation-room-over",
    })
}

/// 128 random bits in lower-case hexadecimal: nothing to guess, and nothing that says whose room it is.
fn random_name() -> Result<String, AppError> {
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| AppError::internal("the system has no randomness"))?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
