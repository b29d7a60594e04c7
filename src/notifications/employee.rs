//! The employee's notices; what only employees have: the personal address.

use actix_web::web;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    queries::addresses,
    screen::{
        self,
        settings::{self, Filled},
    },
};
use crate::{
    auth::{confirmation, email_address::EmailAddress, password::PasswordHasher},
    infra::{
        actor::{Employee, Member, Visitor, kinds, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        page::Flash,
        role_scope::RoleScope,
    },
};

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    screen::routes(scope);
    scope
        .post("/notifications/personal-address", ask_for_link)
        .post("/notifications/personal-address/removal", remove_address);
}

fn settings_path() -> String {
    settings::path::<kinds::Employee>()
}

#[derive(Default, Deserialize)]
struct AddressForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
}

/// Behind the password: to somebody who leaves the company this address is the way back to their journal, which a
/// browser left open at work must not give to anybody else.
async fn ask_for_link(
    employee: Employee,
    member: Member,
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    Form(form): Form<AddressForm>,
) -> PageResult {
    let mut errors = FormErrors::default();
    let address = match EmailAddress::parse(&form.email) {
        Err(_) => {
            errors.add("email", "notifications-address-malformed");
            None
        }
        Ok(address) if address.as_str() == employee.identity().email => {
            errors.add("email", "notifications-address-same");
            None
        }
        Ok(address) => Some(address),
    };
    let address = match address {
        Some(address) => {
            let confirmed =
                confirmation::confirm(&member, &visitor, &hasher, form.password).await?;
            let right = confirmed.note(&mut errors, visitor.app().clock.now());
            right.then_some(address)
        }
        None => None,
    };
    if let Some(address) = address {
        let sent = employee
            .db()
            .write(move |tx| addresses::ask(tx, &address))
            .await?;
        if sent {
            let said = Flash::success("notifications-address-asked");
            return Ok(see_other_with(&settings_path(), said));
        }
        errors.add("email", "notifications-address-too-many");
    }
    let filled = Filled {
        address: Some(form.email),
        errors,
        ..Filled::default()
    };
    settings::draw(&employee, filled).await
}

async fn remove_address(employee: Employee, Form(Nothing {}): Form<Nothing>) -> PageResult {
    employee.db().write(addresses::remove).await?;
    let said = Flash::success("notifications-address-removed");
    Ok(see_other_with(&settings_path(), said))
}
