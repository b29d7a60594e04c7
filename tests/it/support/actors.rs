//! Typed people, put in place as the owner. All of them know [`PASSWORD`].

use std::{ops::Deref, sync::OnceLock};

use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Array, Binary, Nullable, Text, Uuid as SqlUuid},
};
use huntzen::{
    auth::password::hash_blocking,
    infra::{crypto::random_token, session::AccountRole},
    privacy::consents::CURRENT_VERSION,
};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::app::TestApp;

/// Everybody's password.
pub const PASSWORD: &str = "sept corbeaux traversent Nantes";

/// A client company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id.
    pub id: Uuid,
    /// As the test named it.
    pub name: String,
    /// The domain of its employees' addresses.
    pub domain: String,
}

/// A person with an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// The address it signs in with.
    pub email: String,
    /// Its role.
    pub role: AccountRole,
    /// The company of an employee or HR.
    pub company_id: Option<Uuid>,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
}

macro_rules! actor {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Account);

        impl Deref for $name {
            type Target = Account;

            fn deref(&self) -> &Account {
                &self.0
            }
        }
    };
}
actor!(/// An employee of a client company.
    Employee);
actor!(/// A practitioner.
    Practitioner);
actor!(/// A company's HR.
    Hr);
actor!(/// HuntZen's platform admin.
    Admin);
actor!(/// The technical operator.
    SuperAdmin);

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

const FIRST_NAMES: [&str; 6] = ["Camille", "Noé", "Inès", "Gaël", "Zoé", "Björn"];
const LAST_NAMES: [&str; 5] = ["Lefèvre", "N’Diaye", "Müller", "de La Tour", "O’Brien"];

impl TestApp {
    /// An active company.
    pub fn company(&self, name: &str) -> Company {
        let slug = format!("{}-{}", slug(name), self.next_number());
        let domain = format!("{slug}.example");
        let id = sql_query(
            "INSERT INTO companies (name, slug, email_domains, status) VALUES ($1, $2, $3, 'active') RETURNING id",
        )
        .bind::<Text, _>(name)
        .bind::<Text, _>(&slug)
        .bind::<Array<Text>, _>(vec![domain.clone()])
        .get_result::<Id>(&mut *self.owner())
        .expect("the company is written")
        .id;
        Company {
            id,
            name: name.to_owned(),
            domain,
        }
    }

    /// What HR of a company sees, as it always was.
    pub fn discloses(&self, company: &Company, setting: &str) {
        self.sql(&format!(
            "INSERT INTO disclosure_settings (company_id, setting, effective_from, chosen_at, agreed_with)
             VALUES ('{}', '{setting}', '2000-01-01', '2000-01-01', 'Claire Roy')",
            company.id
        ));
    }

    /// An active employee.
    pub fn employee_of(&self, company: &Company) -> Employee {
        let account = self.account(AccountRole::Employee, Some(company));
        sql_query("INSERT INTO employees (user_id, company_id, department, position) VALUES ($1, $2, 'Finance', 'Comptable')")
            .bind::<SqlUuid, _>(account.id)
            .bind::<SqlUuid, _>(company.id)
            .execute(&mut *self.owner())
            .expect("the employee is written");
        sql_query("INSERT INTO consents (user_id, kind, version, locale, given_at) SELECT $1, kind, $2, 'fr', '2026-01-05' FROM unnest(ARRAY['terms', 'health_data']) kind")
            .bind::<SqlUuid, _>(account.id)
            .bind::<Text, _>(CURRENT_VERSION)
            .execute(&mut *self.owner())
            .expect("the agreements are written");
        Employee(account)
    }

    /// A verified psychologist, available on weekdays from 9 to 12 and from 14 to 18, Paris time.
    pub fn practitioner(&self) -> Practitioner {
        let account = self.account(AccountRole::Practitioner, None);
        sql_query(
            "WITH profile AS (
                INSERT INTO practitioners (user_id, title, specialty, languages, bio, city, offers_in_person,
                                           in_person_address, verification)
                VALUES ($1, 'Psychologue clinicienne', 'clinical_psychologist', '{fr,en}', 'À l’écoute.', 'Lyon',
                        true, '12 rue de la République, 69002 Lyon', 'verified')
                RETURNING user_id)
             INSERT INTO availability_windows (practitioner_id, weekday, start_time, end_time, valid_from)
             SELECT user_id, weekday, part.opens, part.closes, '2026-01-01'
             FROM profile, generate_series(1, 5) AS weekday,
                  (VALUES (time '09:00', time '12:00'), (time '14:00', time '18:00')) AS part (opens, closes)",
        )
        .bind::<SqlUuid, _>(account.id)
        .execute(&mut *self.owner())
        .expect("the practitioner is written");
        Practitioner(account)
    }

    /// A picture of a practitioner: the first bytes of one, which nobody looks at.
    pub fn portrait_of(&self, practitioner: &Practitioner) -> Uuid {
        sql_query(
            "WITH portrait AS (
                INSERT INTO portraits (practitioner_id, image, created_at) VALUES ($1, '\\xffd8ffe0', now())
                RETURNING id, practitioner_id)
             UPDATE practitioners p SET portrait_id = portrait.id FROM portrait
             WHERE p.user_id = portrait.practitioner_id RETURNING p.portrait_id AS id",
        )
        .bind::<SqlUuid, _>(practitioner.id)
        .get_result::<Id>(&mut *self.owner())
        .expect("the portrait is written")
        .id
    }

    /// A logo of a company: the first bytes of one, which nobody looks at.
    pub fn logo_of(&self, company: &Company) -> Uuid {
        sql_query(
            "WITH logo AS (
                INSERT INTO company_images (company_id, kind, image, created_at)
                VALUES ($1, 'logo', '\\xffd8ffe0', now()) RETURNING id, company_id)
             INSERT INTO company_profiles (company_id, logo_id) SELECT company_id, id FROM logo RETURNING logo_id AS id",
        )
        .bind::<SqlUuid, _>(company.id)
        .get_result::<Id>(&mut *self.owner())
        .expect("the logo is written")
        .id
    }

    /// A domain that HR claimed and has not proved.
    pub fn claimed_domain(&self, hr: &Hr) -> Uuid {
        sql_query(
            "INSERT INTO company_domain_claims (company_id, domain, email, asked_by, asked_since, expires_at)
             SELECT company_id, 'filiale-' || company_id || '.example', 'a@filiale-' || company_id || '.example', id,
                    $2, $2 + interval '30 minutes'
             FROM users WHERE id = $1 RETURNING id",
        )
        .bind::<SqlUuid, _>(hr.id)
        .bind::<diesel::sql_types::Timestamptz, _>(self.now())
        .get_result::<Id>(&mut *self.owner())
        .expect("the claim is written")
        .id
    }

    /// A company's HR.
    pub fn hr_of(&self, company: &Company) -> Hr {
        Hr(self.account(AccountRole::Hr, Some(company)))
    }

    /// A file of one employee that HR uploaded and has not confirmed.
    pub fn staged_import(&self, hr: &Hr) -> Uuid {
        sql_query(
            "WITH import AS (
                INSERT INTO employee_imports (company_id, created_by, file_name, row_count)
                SELECT company_id, id, 'salaries.csv', 1 FROM users WHERE id = $1 RETURNING id, company_id),
             staged AS (
                INSERT INTO employee_import_rows (import_id, company_id, line, email, first_name, last_name)
                SELECT id, company_id, 2, 'nouvelle@' || company_id || '.example', 'Nouvelle', 'Venue' FROM import)
             SELECT id FROM import",
        )
        .bind::<SqlUuid, _>(hr.id)
        .get_result::<Id>(&mut *self.owner())
        .expect("the import is written")
        .id
    }

    /// Somebody whose address is confirmed, and who waits for the company's HR.
    pub fn waiting_registration(&self, company: &Company) -> Uuid {
        sql_query(
            "INSERT INTO registrations (email, first_name, last_name, locale, origin_key, status, asked_at, expires_at,
                                        company_id, confirmed_at)
             VALUES ($1, 'Inscrite', 'Seule', 'fr', '\\x00', 'waiting', now(), now() + interval '1 day', $2, now())
             RETURNING id",
        )
        .bind::<Text, _>(format!("inscrite@{}", company.domain))
        .bind::<SqlUuid, _>(company.id)
        .get_result::<Id>(&mut *self.owner())
        .expect("the registration is written")
        .id
    }

    /// A calendar feed of an account: its secret.
    pub fn calendar_feed(&self, account: &Account) -> String {
        let (token, token_hash) = random_token();
        sql_query(
            "INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, now())",
        )
        .bind::<SqlUuid, _>(account.id)
        .bind::<Binary, _>(token_hash.as_slice())
        .execute(&mut *self.owner())
        .expect("the feed is written");
        token
    }

    /// A platform admin.
    pub fn admin(&self) -> Admin {
        Admin(self.account(AccountRole::Admin, None))
    }

    /// A super admin.
    pub fn super_admin(&self) -> SuperAdmin {
        SuperAdmin(self.account(AccountRole::SuperAdmin, None))
    }

    /// An account of each role; employee and HR of the same company.
    pub fn one_of_each(&self, company: &Company) -> Vec<Account> {
        vec![
            self.employee_of(company).0,
            self.practitioner().0,
            self.hr_of(company).0,
            self.admin().0,
            self.super_admin().0,
        ]
    }

    fn account(&self, role: AccountRole, company: Option<&Company>) -> Account {
        let number = self.next_number();
        let pick = |names: &[&str], number: u32| {
            names[usize::try_from(number).unwrap_or_default() % names.len()].to_owned()
        };
        let (first_name, last_name) = (pick(&FIRST_NAMES, number), pick(&LAST_NAMES, number));
        let domain = company.map_or("huntzen.example", |company| company.domain.as_str());
        let email = format!(
            "{}.{number}@{domain}",
            slug(&format!("{first_name} {last_name}"))
        );
        let company_id = company.map(|company| company.id);
        let id = sql_query(
            "WITH account AS (
                INSERT INTO users (email, role, company_id, first_name, last_name, status, email_verified_at)
                VALUES ($1, $2, $3, $4, $5, 'active', '2025-01-01') RETURNING id),
             secret AS (INSERT INTO credentials (user_id, password_hash) SELECT id, $6 FROM account)
             SELECT id FROM account",
        )
        .bind::<Text, _>(&email)
        .bind::<Text, _>(role.as_str())
        .bind::<Nullable<SqlUuid>, _>(company_id)
        .bind::<Text, _>(&first_name)
        .bind::<Text, _>(&last_name)
        .bind::<Text, _>(password_hash())
        .get_result::<Id>(&mut *self.owner())
        .expect("the account is written")
        .id;
        Account {
            id,
            email,
            role,
            company_id,
            first_name,
            last_name,
        }
    }
}

/// One argon2 hash for the whole run: it costs as much as cloning two databases.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        hash_blocking(&SecretString::from(PASSWORD))
            .expect("hashing works")
            .expose_secret()
            .to_owned()
    })
}

/// Lower-case ASCII words joined by hyphens.
fn slug(text: &str) -> String {
    let ascii: String = text
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'é' | 'è' => 'e',
            'ë' => 'e',
            'ï' | 'î' => 'i',
            'ü' => 'u',
            'ö' => 'o',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '-',
        })
        .collect();
    ascii
        .split('-')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
