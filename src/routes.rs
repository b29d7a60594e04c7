//! The only mount table: public pages, account, five role spaces; and their navigation.

use actix_web::{Scope, web};

pub use crate::infra::role_scope::RouteTable;
use crate::{
    auth, booking, chat, companies, consultation, content, dashboard,
    infra::{
        actor::{Admin, Employee, Hr, Member, Practitioner, SuperAdmin, Visitor},
        app::App,
        db::PgRole,
        error::AppError,
        mailbox,
        page::NavItem,
        role_scope::RoleScope,
        session::FORMER_HOME,
        styleguide,
    },
    journal, metrics, moderation, notes, notifications, practitioners, privacy, support,
};

/// Everything that knows people, mounted on one scope and written down in `table`.
pub fn mount(table: &mut RouteTable, app: &web::Data<App>) -> Scope {
    let mut site = web::scope("");

    let mut employee = RoleScope::<Employee>::new("/employee", "employee", table);
    dashboard::employee::routes(&mut employee);
    booking::employee::routes(&mut employee);
    companies::employee::routes(&mut employee);
    consultation::employee::routes(&mut employee);
    chat::employee::routes(&mut employee);
    content::employee::routes(&mut employee);
    journal::employee::routes(&mut employee);
    moderation::employee::routes(&mut employee);
    practitioners::employee::routes(&mut employee);
    notifications::employee::routes(&mut employee);
    site = site.service(employee.finish());

    let mut practitioner = RoleScope::<Practitioner>::new("/practitioner", "practitioner", table);
    dashboard::practitioner::routes(&mut practitioner);
    booking::practitioner::routes(&mut practitioner);
    consultation::practitioner::routes(&mut practitioner);
    chat::practitioner::routes(&mut practitioner);
    journal::practitioner::routes(&mut practitioner);
    notes::practitioner::routes(&mut practitioner);
    moderation::practitioner::routes(&mut practitioner);
    practitioners::practitioner::routes(&mut practitioner);
    metrics::practitioner::routes(&mut practitioner);
    notifications::practitioner::routes(&mut practitioner);
    site = site.service(practitioner.finish());

    let mut hr = RoleScope::<Hr>::new("/rh", "hr", table);
    dashboard::hr::routes(&mut hr);
    companies::hr::routes(&mut hr);
    content::hr::routes(&mut hr);
    support::hr::routes(&mut hr);
    metrics::hr::routes(&mut hr);
    site = site.service(hr.finish());

    let mut admin = RoleScope::<Admin>::new("/admin", "admin", table);
    dashboard::admin::routes(&mut admin);
    companies::admin::routes(&mut admin);
    metrics::admin::routes(&mut admin);
    moderation::admin::routes(&mut admin);
    support::admin::routes(&mut admin);
    consultation::admin::routes(&mut admin);
    site = site.service(admin.finish());

    let mut super_admin = RoleScope::<SuperAdmin>::new("/super-admin", "super_admin", table);
    dashboard::super_admin::routes(&mut super_admin);
    site = site.service(super_admin.finish());

    let mut account = RoleScope::<Member>::new("/account", "member", table);
    auth::account::routes(&mut account);
    privacy::account::routes(&mut account);
    site = site.service(account.finish());

    let mut figures = RoleScope::<Hr>::new("/api/v1/metrics/employees", "hr", table);
    metrics::hr::api::routes(&mut figures);
    site = site.service(figures.finish());
    let mut figures =
        RoleScope::<Member>::new("/api/v1/metrics/practitioners", "practitioner|admin", table);
    metrics::api::practitioner_routes(&mut figures);
    site = site.service(figures.finish());
    let mut figures = RoleScope::<Admin>::new("/api/v1/metrics/global", "admin", table);
    metrics::admin::api::routes(&mut figures);
    site = site.service(figures.finish());

    let mut api = RoleScope::<Member>::new("/api/v1", "member", table);
    consultation::account::routes(&mut api);
    site = site.service(api.finish());

    if app.config.is_development() {
        // Developers' pages: outside the access matrix, and absent elsewhere.
        site = site
            .route("/styleguide", web::get().to(styleguide::show))
            .service(mailbox::scope());
    }

    let mut public = RoleScope::<Visitor>::new("", "visitor", table);
    content::public::routes(&mut public);
    metrics::api::document_routes(&mut public);
    auth::public::routes(&mut public);
    companies::public::routes(&mut public);
    notifications::public::routes(&mut public);
    // An address with what is no id in it leads nowhere, like one with the id of nothing.
    site.app_data(web::PathConfig::default().error_handler(|_, _| AppError::NotFound.into()))
        .service(public.finish())
}

/// What each role's navigation shows: only what works.
pub fn navigation(role: PgRole) -> &'static [NavItem] {
    const EMPLOYEE: [NavItem; 6] = [
        NavItem::new("common-space-employee", "/employee", "house"),
        NavItem::new("booking-nav", "/employee/booking", "calendar-plus")
            .and("/employee/waiting-list")
            .with_a_company(),
        NavItem::new(
            "consultation-nav",
            "/employee/consultations",
            "calendar-days",
        ),
        NavItem::new("chat-nav", "/employee/messages", "message-circle"),
        NavItem::new("journal-nav", "/employee/journal", "notebook-pen"),
        NavItem::new("news-nav", "/employee/news", "newspaper"),
    ];
    // Also what they reach: see `infra::actor`.
    const FORMER: [NavItem; 3] = [
        NavItem::new("privacy-departure-space", FORMER_HOME, "house"),
        NavItem::new("journal-nav", "/employee/journal", "notebook-pen"),
        NavItem::new("privacy-page-title", "/account/privacy", "shield-check"),
    ];
    const PRACTITIONER: [NavItem; 8] = [
        NavItem::new("dashboard-nav", "/practitioner", "house"),
        NavItem::new("agenda-nav", "/practitioner/agenda", "calendar-clock"),
        NavItem::new(
            "consultation-nav-practice",
            "/practitioner/consultations",
            "calendar-days",
        ),
        NavItem::new("chat-nav", "/practitioner/messages", "message-circle"),
        NavItem::new("notes-nav", "/practitioner/notes", "clipboard-list"),
        NavItem::new(
            "journal-shared-nav",
            "/practitioner/journal",
            "notebook-pen",
        ),
        NavItem::new("metrics-activity", "/practitioner/activity", "chart-column"),
        NavItem::new(
            "practitioners-profile-title",
            "/practitioner/profile",
            "circle-user",
        ),
    ];
    const HR: [NavItem; 7] = [
        NavItem::new("dashboard-nav", "/rh", "house"),
        NavItem::new("companies-employees-title", "/rh/employees", "users").with_a_company(),
        NavItem::new("metrics-usage-nav", "/rh/usage", "chart-column").with_a_company(),
        NavItem::new("news-nav", "/rh/news", "newspaper").with_a_company(),
        NavItem::new("support-nav", "/rh/support", "life-buoy"),
        NavItem::new("clients-company", "/rh/company", "building-2").with_a_company(),
        NavItem::new("clients-settings", "/rh/settings", "settings"),
    ];
    const ADMIN: [NavItem; 8] = [
        NavItem::new("dashboard-nav", "/admin", "house"),
        NavItem::new("metrics-companies", "/admin/companies", "building-2"),
        NavItem::new(
            "metrics-practitioners",
            "/admin/practitioners",
            "stethoscope",
        ),
        NavItem::new("metrics-report", "/admin/reports", "chart-column"),
        NavItem::new("moderation-title", "/admin/moderation", "shield-check"),
        NavItem::new("support-nav", "/admin/support", "life-buoy"),
        NavItem::new("consultation-admin-durations", "/admin/durations", "clock"),
        NavItem::new(
            "companies-rules-title",
            "/admin/appointment-rules",
            "sliders-horizontal",
        ),
    ];
    const SUPER_ADMIN: [NavItem; 1] = [NavItem::new("dashboard-system", "/super-admin", "server")];
    match role {
        PgRole::Employee => &EMPLOYEE,
        PgRole::Former => &FORMER,
        PgRole::Practitioner => &PRACTITIONER,
        PgRole::Hr => &HR,
        PgRole::Admin => &ADMIN,
        PgRole::SuperAdmin => &SUPER_ADMIN,
        PgRole::Visitor | PgRole::Worker => &[],
    }
}
