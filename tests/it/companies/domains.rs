//! Several e-mail domains: claimed, proved by a code, one company's each.

use futures_util::future::{join, join_all};
use uuid::Uuid;

use super::Office;
use crate::support::page::Page;

const DOMAINS: &str = "/rh/company/domains";

impl Office {
    async fn claim_domain(&self, address: &str) -> Page {
        self.hr.post(DOMAINS, &[("address", address)]).await
    }

    /// The code of the latest mail.
    fn code(&self) -> String {
        let mails = self.app.mails();
        let text = &mails.last().expect("a mail").text;
        let digits =
            |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
        text.split_whitespace()
            .find(digits)
            .expect("a code")
            .to_owned()
    }

    fn code_path(&self) -> String {
        let id = self
            .app
            .text("SELECT id FROM company_domain_claims ORDER BY asked_since DESC LIMIT 1")
            .expect("a claim");
        format!("{DOMAINS}/{id}/code")
    }

    fn domains(&self) -> String {
        self.app
            .text(&format!(
                "SELECT array_to_string(email_domains, ' ') FROM companies WHERE id = '{}'",
                self.company.id
            ))
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn a_domain_is_proved_by_the_code_that_was_sent_there() {
    let office = Office::open().await;
    let before = office.domains();
    let newcomer = [
        ("email", "nina@filiale.example"),
        ("first_name", "Nina"),
        ("last_name", "Roy"),
    ];
    office
        .hr
        .post("/rh/employees", &newcomer)
        .await
        .assert_status(422);
    office
        .claim_domain("Paul@Filiale.example")
        .await
        .assert_see_other(DOMAINS);
    office
        .hr
        .get(DOMAINS)
        .await
        .assert_ok()
        .assert_text("Code attendu");
    assert_eq!(office.domains(), before, "nothing before the code");
    office.app.run_jobs().await;
    let mails = office.app.mails();
    assert_eq!(mails[0].to, "paul@filiale.example");
    let code = office.code();
    let stored = office
        .app
        .text("SELECT string_agg(d::text, ' ') FROM company_domain_claims d");
    assert!(
        !stored.expect("a claim").contains(&code),
        "the database holds no code"
    );

    let path = office.code_path();
    let typed = format!(" {} {} ", &code[..4], &code[4..]);
    office
        .hr
        .post(&path, &[("code", &typed)])
        .await
        .assert_see_other(DOMAINS);
    assert_eq!(office.domains(), format!("{before} filiale.example"));
    office
        .hr
        .post("/rh/employees", &newcomer)
        .await
        .assert_status(303);
    // The code has served.
    office
        .hr
        .post(&path, &[("code", &code)])
        .await
        .assert_status(404);
    office
        .claim_domain("paul@filiale.example")
        .await
        .assert_status(422)
        .assert_text("déjà confirmé");
}

#[tokio::test]
async fn a_code_ends_after_five_wrong_ones_and_after_half_an_hour() {
    let office = Office::open().await;
    office
        .claim_domain("paul@filiale.example")
        .await
        .assert_status(303);
    office.app.run_jobs().await;
    let (code, path) = (office.code(), office.code_path());
    for left in [
        "Il reste 4 essais",
        "Il reste 3 essais",
        "Il reste 2 essais",
        "Il reste un essai",
    ] {
        let page = office.hr.post(&path, &[("code", "00000000x")]).await;
        page.assert_status(422).assert_text(left);
    }
    office
        .hr
        .post(&path, &[("code", "")])
        .await
        .assert_status(422);
    let page = office.hr.post(&path, &[("code", &code)]).await;
    page.assert_status(422).assert_text("ne fonctionne plus");

    // Another one may be sent; the first is worth nothing any more, and neither is the second too late.
    office
        .claim_domain("paul@filiale.example")
        .await
        .assert_status(303);
    office.app.run_jobs().await;
    let second = office.code();
    assert_ne!(second, code);
    office
        .hr
        .post(&path, &[("code", &code)])
        .await
        .assert_status(422);
    office.app.clock.advance(chrono::Duration::minutes(30));
    office
        .hr
        .post(&path, &[("code", &second)])
        .await
        .assert_status(422);
    assert!(!office.domains().contains("filiale"));
}

#[tokio::test]
async fn tries_at_once_are_counted_one_by_one() {
    let office = Office::open().await;
    office
        .claim_domain("paul@filiale.example")
        .await
        .assert_status(303);
    let path = office.code_path();
    let tries = (0..12).map(|_| office.hr.post(&path, &[("code", "12345678")]));
    for page in join_all(tries).await {
        page.assert_status(422);
    }
    assert_eq!(
        office.app.count("SELECT tries FROM company_domain_claims"),
        5
    );
}

#[tokio::test]
async fn mailboxes_are_not_filled_and_public_providers_are_nobody_s() {
    let office = Office::open().await;
    for (address, said) in [
        ("paul@gmail.com", "une adresse personnelle"),
        ("paul@orange.fr", "une adresse personnelle"),
        ("paul", "n’est pas valable"),
        ("", "n’est pas valable"),
    ] {
        office
            .claim_domain(address)
            .await
            .assert_status(422)
            .assert_text(said);
    }
    for _ in 0..5 {
        office
            .claim_domain("paul@filiale.example")
            .await
            .assert_status(303);
    }
    office
        .claim_domain("zoe@filiale.example")
        .await
        .assert_status(422)
        .assert_text("Trop de codes");
    for number in 0..9 {
        office
            .claim_domain(&format!("a@d{number}.example"))
            .await
            .assert_status(303);
    }
    office
        .claim_domain("a@d9.example")
        .await
        .assert_status(422)
        .assert_text("Trop de codes");
}

#[tokio::test]
async fn a_domain_is_one_company_s_even_when_two_prove_it_at_once() {
    let office = Office::open().await;
    let rival = office.app.company("Rivale");
    let other = office.app.client().signed_in_as(&office.app.hr_of(&rival));
    let mut attempts = Vec::new();
    for client in [&office.hr, &other] {
        let fields = [("address", "paul@filiale.example")];
        client.post(DOMAINS, &fields).await.assert_status(303);
        office.app.run_jobs().await;
        office.app.clock.advance(chrono::Duration::seconds(1));
        attempts.push((client, office.code_path(), office.code()));
    }
    let prove = async |(client, path, code): &(&crate::support::client::Client, String, String)| {
        client.post(path, &[("code", code.as_str())]).await.status
    };
    let (one, two) = join(prove(&attempts[0]), prove(&attempts[1])).await;
    let mut statuses = [one, two];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!(
        office
            .app
            .count("SELECT count(*) FROM companies WHERE 'filiale.example' = ANY (email_domains)"),
        1
    );
    // And what another company has from the start is refused to whoever proves to be there.
    let theirs = format!("paul@{}", rival.domain);
    office.claim_domain(&theirs).await.assert_status(303);
    office.app.run_jobs().await;
    let code = office.code();
    let id = office
        .app
        .text(&format!(
            "SELECT id FROM company_domain_claims WHERE domain = '{}'",
            rival.domain
        ))
        .expect("a claim");
    office
        .hr
        .post(&format!("{DOMAINS}/{id}/code"), &[("code", &code)])
        .await
        .assert_status(422)
        .assert_text("déjà celui d’une autre entreprise");
}

#[tokio::test]
async fn the_last_domain_stays_and_nobody_touches_another_company_s() {
    let office = Office::open().await;
    let rival = office.app.company("Rivale");
    let removal = format!("{DOMAINS}/removal");
    for domain in [office.company.domain.as_str(), rival.domain.as_str(), ""] {
        let page = office.hr.post(&removal, &[("domain", domain)]).await;
        office
            .hr
            .follow(&page)
            .await
            .assert_text("Rien n’a été retiré");
    }
    office.app.sql(&format!(
        "UPDATE companies SET email_domains = array_append(email_domains, 'filiale.example') WHERE id = '{}'",
        office.company.id
    ));
    office
        .hr
        .post(&removal, &[("domain", "filiale.example")])
        .await
        .assert_status(303);
    assert_eq!(office.domains(), office.company.domain);
    // Given up, it is anybody's again.
    office.app.sql(&format!(
        "UPDATE companies SET email_domains = array_append(email_domains, 'filiale.example') WHERE id = '{}'",
        rival.id
    ));
    // Another company's claim is not found.
    let other = office.app.client().signed_in_as(&office.app.hr_of(&rival));
    other
        .post(DOMAINS, &[("address", "a@b.example")])
        .await
        .assert_status(303);
    office
        .hr
        .post(&office.code_path(), &[("code", "12345678")])
        .await
        .assert_status(404);
    let nobody = format!("{DOMAINS}/{}/code", Uuid::new_v4());
    office
        .hr
        .post(&nobody, &[("code", "12345678")])
        .await
        .assert_status(404);
}
