//! Companies: HR's employees, the import of a file, invitations and their acceptance.

mod company;
mod cost;
mod domains;
mod employee;
mod employees;
mod import;
mod import_at_scale;
mod import_files;
mod import_report;
mod invitations;
mod registrations;
mod requests;
mod rules;
mod selection;
mod settings;
mod suspension;
mod team;

use crate::support::{
    TestApp,
    actors::{Account, Company},
    client::Client,
    page::Page,
};
use huntzen::infra::crypto::{LinkPurpose, LinkToken};
use uuid::Uuid;

/// A company, its HR signed in, and where to look.
pub struct Office {
    pub app: TestApp,
    pub company: Company,
    pub hr: Client,
}

impl Office {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let hr = app.client().signed_in_as(&app.hr_of(&company));
        Self { app, company, hr }
    }

    /// An address in the company's domain.
    pub fn address(&self, name: &str) -> String {
        format!("{name}@{}", self.company.domain)
    }

    /// Uploads a file; the path of its preview.
    pub async fn preview(&self, csv: &str) -> String {
        let answer = self.upload(csv.as_bytes()).await;
        answer.assert_status(303);
        answer.location().to_owned()
    }

    pub async fn upload(&self, content: &[u8]) -> Page {
        self.hr
            .upload("/rh/employees/import", &[], "salaries.csv", content)
            .await
    }

    /// Uploads and confirms; the path of the result.
    pub async fn import(&self, csv: &str) -> String {
        let path = self.preview(csv).await;
        self.hr
            .post(&format!("{path}/confirmation"), &[])
            .await
            .assert_see_other(&path);
        path
    }

    /// The link that the account's current invitation is mailed with.
    pub fn link_of(&self, email: &str) -> String {
        let column = |name: &str| -> Uuid {
            self.app
                .text(&format!(
                    "SELECT i.{name} FROM invitations i JOIN users u ON u.id = i.user_id WHERE u.email = '{email}'"
                ))
                .expect("an invitation")
                .parse()
                .expect("a uuid")
        };
        let token = LinkToken {
            id: column("id"),
            user_id: column("user_id"),
            nonce: column("nonce"),
        };
        let signed = self.app.shared.links.sign(LinkPurpose::Invitation, &token);
        format!("/invitation/{signed}")
    }

    pub fn accounts(&self) -> i64 {
        self.app.count("SELECT count(*) FROM users")
    }

    pub fn invitation_mails(&self) -> i64 {
        self.app
            .count("SELECT count(*) FROM jobs WHERE kind = 'companies.send_invitation'")
    }

    pub fn id_of(&self, email: &str) -> Uuid {
        self.app
            .text(&format!("SELECT id FROM users WHERE email = '{email}'"))
            .expect("an account")
            .parse()
            .expect("a uuid")
    }
}

/// Every path below `/rh/employees` for a person and an import.
pub fn gets(person: &Account, import: &str) -> Vec<String> {
    vec![
        "/rh/employees".to_owned(),
        "/rh/employees/new".to_owned(),
        "/rh/employees/import".to_owned(),
        "/rh/employees/import/template".to_owned(),
        format!("/rh/employees/{}", person.id),
        import.to_owned(),
        format!("{import}/refused"),
    ]
}
