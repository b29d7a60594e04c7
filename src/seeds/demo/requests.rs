//! A company that asked to join and waits for the platform's answer.

use chrono::Duration;
use diesel::{PgConnection, prelude::*};

use super::Timeline;
use crate::{
    schema::{audit_logs, companies, company_requests as requests},
    seeds::random::stable_id,
};

const SLUG: &str = "verrerie-du-marais";
const NAME: &str = "Verrerie du Marais";
const LEGAL_NAME: &str = "Verrerie du Marais SAS";
const SIRET: &str = "81234567600017";
const EMAIL: &str = "eve.delcourt@verrerie-du-marais.example";

pub(super) fn write(conn: &mut PgConnection, timeline: Timeline) -> anyhow::Result<()> {
    let company = stable_id(&format!("company:{SLUG}"));
    let asked_at = timeline.now - Duration::hours(26);
    let confirmed_at = asked_at + Duration::minutes(12);
    diesel::insert_into(companies::table)
        .values((
            companies::id.eq(company),
            companies::name.eq(NAME),
            companies::slug.eq(SLUG),
            companies::legal_name.eq(LEGAL_NAME),
            companies::siret.eq(SIRET),
            companies::sector.eq("Artisanat verrier"),
            companies::size.eq("small"),
            companies::contact_email.eq(EMAIL),
            companies::status.eq("pending"),
            companies::created_at.eq(confirmed_at),
        ))
        .execute(conn)?;
    diesel::insert_into(requests::table)
        .values((
            (
                requests::name.eq(NAME),
                requests::legal_name.eq(LEGAL_NAME),
                requests::siret.eq(SIRET),
                requests::sector.eq("Artisanat verrier"),
                requests::size.eq("small"),
                requests::first_name.eq("Ève"),
                requests::last_name.eq("Delcourt"),
                requests::email.eq(EMAIL),
                requests::domain.eq("verrerie-du-marais.example"),
            ),
            requests::message.eq(
                "Bonjour,\nnous sommes trente-deux, répartis entre l’atelier et la boutique. \
                 Pouvez-vous nous rappeler un matin ?",
            ),
            requests::locale.eq("fr"),
            requests::origin_key.eq(Vec::<u8>::new()),
            requests::asked_at.eq(asked_at),
            requests::expires_at.eq(asked_at + Duration::hours(48)),
            requests::confirmed_at.eq(confirmed_at),
            requests::company_id.eq(company),
        ))
        .execute(conn)?;
    diesel::insert_into(audit_logs::table)
        .values((
            audit_logs::actor_role.eq("visitor"),
            audit_logs::action.eq("COMPANY_REQUESTED"),
            audit_logs::entity.eq("companies"),
            audit_logs::entity_id.eq(company),
            audit_logs::company_id.eq(company),
            audit_logs::created_at.eq(confirmed_at),
        ))
        .execute(conn)?;
    Ok(())
}
