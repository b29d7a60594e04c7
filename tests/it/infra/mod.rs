mod envelope;
mod jobs;
mod keys;
mod mailbox;
mod mailer;
mod outbox;
mod prepared;
mod telemetry;
