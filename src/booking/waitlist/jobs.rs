//! Asking the line: slots given back are offered, offers left unanswered are ended.

use serde::{Deserialize, Serialize};

use crate::{
    booking::queries::waitlist::line::{self, Freed, NotOffered},
    infra::{
        actor::Worker,
        app::App,
        error::AppError,
        jobs::{Job, JobContext, JobError, Occurrence},
    },
};

/// Somebody gave a slot back: who is next? Written by whoever gives one back, so that the line is asked
/// within a second; [`keep_asking`] asks every minute in any case.
#[derive(Debug, Serialize, Deserialize)]
pub struct OfferFreedSlots {}

impl Job for OfferFreedSlots {
    const KIND: &'static str = "booking.offer_freed_slots";
}

/// Offers every slot that was given back.
///
/// # Errors
/// The database's: tried again.
pub async fn offer_freed_slots(context: JobContext, _: OfferFreedSlots) -> Result<(), JobError> {
    offer_all(context.app()).await?;
    Ok(())
}

/// Every minute: ends the offers whose time is over, and offers what was given back.
///
/// # Errors
/// The database's: tried again.
pub async fn keep_asking(
    context: JobContext,
    _: Occurrence,
) -> Result<serde_json::Value, JobError> {
    let app = context.app();
    let over = Worker::door(app)
        .write(line::end_offers_that_are_over)
        .await?;
    let offered = offer_all(app).await?;
    Ok(serde_json::json!({ "expired": over, "offered": offered }))
}

async fn offer_all(app: &App) -> Result<usize, AppError> {
    let slots = Worker::door(app).read(line::freed_slots).await?;
    let mut offered = 0;
    for slot in slots {
        if offer(app, slot).await? {
            offered += 1;
        }
    }
    Ok(offered)
}

/// Offers one slot to the first in line who can book it; puts it away when there is nobody.
///
/// Nobody is asked at night, when half an hour to answer is none: the slot waits for the morning of whoever
/// is next, bookable by all meanwhile. One that begins before that morning goes to the next in line.
async fn offer(app: &App, slot: Freed) -> Result<bool, AppError> {
    let worker = Worker::door(app);
    for waiting in worker.read(move |tx| line::line(tx, &slot)).await? {
        match waiting.sleeps_until {
            Some(morning) if slot.begins_after(morning) => return Ok(false),
            Some(_) => continue,
            None => {}
        }
        let outcome = Worker::on_behalf_of(app, waiting.employee_id, waiting.company_id)
            .write(move |tx| line::offer(tx, &slot, waiting.request_id))
            .await;
        match outcome {
            Ok(()) => return Ok(true),
            Err(error) => match NotOffered::of(error)? {
                NotOffered::ToThisPerson => {}
                NotOffered::AtAll => return Ok(false),
            },
        }
    }
    worker.write(move |tx| line::put_away(tx, &slot)).await?;
    Ok(false)
}
