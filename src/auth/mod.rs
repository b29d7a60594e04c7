pub mod email_address;
