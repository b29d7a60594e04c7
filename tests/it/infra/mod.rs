mod jobs;
mod mailer;
