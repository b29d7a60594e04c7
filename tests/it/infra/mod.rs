mod envelope;
mod jobs;
mod keys;
mod mailbox;
mod mailer;
mod prepared;
mod telemetry;
