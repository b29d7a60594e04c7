mod envelope;
mod jobs;
mod mailbox;
mod mailer;
mod prepared;
mod telemetry;
