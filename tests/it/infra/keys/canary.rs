//! One word in every sensitive field, by the forms that people use, and then in no dump, data file, log,
//! mail, queue, and on no page of anybody else.

use std::fs;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::{Duration, SecondsFormat, Timelike as _};
use diesel::{
    RunQueryDsl as _, sql_query,
    sql_types::{Binary, Uuid as SqlUuid},
};
use huntzen::infra::{
    clock::Clock,
    config::KeySource,
    envelope::{CannotRead, Envelope, Field, Scope, Sealed, open_kms},
    session::AccountRole,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    privacy::export::{all_text, unzip},
    security::matrix::admits,
    support::{
        TestApp,
        actors::{Account, Company, Employee, PASSWORD, Practitioner},
        app::Setup,
        canary::Canary,
        client::Client,
        cluster::Cluster,
        consultations::NewConsultation,
        dump,
        process::Server,
    },
};

/// Between two looks at what another process does.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

#[test]
fn the_search_finds_what_it_is_for() {
    let canary = Canary::new();
    let text = format!("Je dors mal, {}, depuis mars.", canary.word);
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut hidden: Vec<Vec<u8>> = vec![low.clone(), high.clone()];
    for bytes in [text.as_bytes(), &low, &high] {
        hidden.push(bytes.to_vec());
        hidden.push(hex(bytes).into_bytes());
        hidden.push(hex(bytes).to_uppercase().into_bytes());
        hidden.push(serde_json::to_vec(bytes).expect("numbers"));
        for cut in 0..3 {
            hidden.push(STANDARD.encode(&bytes[cut..]).into_bytes());
            hidden.push(URL_SAFE_NO_PAD.encode(&bytes[cut..]).into_bytes());
        }
    }
    for bytes in hidden {
        assert!(
            canary.spelling_in(&bytes).is_some(),
            "{}",
            String::from_utf8_lossy(&bytes)
        );
    }
    assert_eq!(canary.spelling_in(b"canari"), None);
    assert_eq!(canary.spelling_in(Canary::new().word.as_bytes()), None);
}

/// What is written, by whom, and through which process.
struct Run {
    app: TestApp,
    server: Server,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    patient: Client,
    doctor: Client,
}

impl Run {
    async fn start() -> Self {
        let app = TestApp::start_with(Setup {
            clock: Clock::system(),
            ..Setup::default()
        })
        .await;
        let server = Server::start_logging(&app).await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        let practitioner = app.practitioner();
        Self {
            patient: app.client().signed_in_as(&employee).at(server.address),
            doctor: app.client().signed_in_as(&practitioner).at(server.address),
            app,
            server,
            company,
            employee,
            practitioner,
        }
    }

    /// So many days and minutes from now, on the minute.
    fn moment(&self, days: i64, minutes: i64) -> String {
        let at = self.app.now() + Duration::days(days) + Duration::minutes(minutes);
        at.with_second(0)
            .and_then(|at| at.with_nanosecond(0))
            .expect("a minute")
            .to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn day(&self, days: i64) -> String {
        (self.app.now() + Duration::days(days))
            .format("%Y-%m-%d")
            .to_string()
    }

    fn met(&self, days: i64) -> NewConsultation<'_> {
        self.app
            .consultation(&self.employee, &self.practitioner)
            .at(&self.moment(days, 0))
    }

    /// With a booking: the message to the practitioner.
    async fn books(&self, text: &str) {
        let profile = format!("/employee/booking/{}", self.practitioner.id);
        let offered = self
            .patient
            .get(&profile)
            .await
            .attributes(".slot-days button", "value");
        let start = offered.first().expect("a slot");
        let kept = self
            .patient
            .post(&format!("{profile}/holds"), &[("start", start)])
            .await;
        kept.assert_status(303);
        let confirmation = format!("{}/confirmation", kept.location());
        let fields = [("format", "video"), ("message", text)];
        let booked = self.patient.post(&confirmation, &fields).await;
        booked.assert_status(303);
    }

    /// In the chat: text, name and content of a file. The consultation.
    async fn chats(&self, canary: &Canary, text: &str) -> Uuid {
        let talked = self.met(40).scheduled();
        let path = format!("consultations/{talked}/messages");
        let content = format!("%PDF-1.7 {text}");
        let sent = self
            .patient
            .upload(
                &format!("/employee/{path}"),
                &[("text", text)],
                &format!("Bilan {}.pdf", canary.word),
                content.as_bytes(),
            )
            .await;
        sent.assert_status(303);
        let page = self.doctor.get(&format!("/practitioner/{path}")).await;
        page.assert_ok().assert_text(&canary.word);
        talked
    }

    /// During a call: what one browser tells the other.
    async fn calls(&self, text: &str) {
        let now = self.app.consultation(&self.employee, &self.practitioner);
        let id = now.at(&self.moment(0, 10)).confirmed();
        let (one, other) = (Uuid::new_v4(), Uuid::new_v4());
        let mut patient = self.patient.socket_of("employee", id).await;
        let mut doctor = self.doctor.socket_of("practitioner", id).await;
        for (socket, peer) in [(&mut patient, one), (&mut doctor, other)] {
            socket
                .say(json!({ "to": "presence", "type": "join", "peer": peer }))
                .await;
            while socket.hear().await["to"] != "presence" {}
        }
        let signal = json!({ "sdp": text });
        doctor
            .say(json!({ "to": "call", "type": "signal", "target": one, "data": signal }))
            .await;
        loop {
            let heard = patient.hear().await;
            if heard["to"] == "call" {
                assert_eq!(heard["data"], signal);
                break;
            }
        }
    }

    /// Why it is cancelled, and what a day off is called.
    async fn is_away(&self, text: &str) {
        let cancelled = self.met(41).confirmed();
        let path = format!("/practitioner/consultations/{cancelled}/cancellation");
        let sent = self.doctor.post(&path, &[("reason", text)]).await;
        sent.assert_status(303);
        let day = self.day(50);
        let fields = [
            ("kind", "closed"),
            ("first_day", day.as_str()),
            ("last_day", ""),
            ("from", ""),
            ("until", ""),
            ("label", text),
            ("place", ""),
        ];
        let sent = self
            .doctor
            .post("/practitioner/agenda/exceptions", &fields)
            .await;
        sent.assert_status(303);
    }

    /// Afterwards: a review, and a report.
    async fn judges(&self, text: &str) {
        let path = format!("/employee/consultations/{}", self.met(-3).completed(2_400));
        for (what, fields) in [
            ("review", [("rating", "4"), ("comment", text)]),
            ("report", [("category", "technical"), ("details", text)]),
        ] {
            let sent = self.patient.post(&format!("{path}/{what}"), &fields).await;
            sent.assert_status(303);
        }
    }

    /// In the journal: title, text, mood and tags of a page, and a summary for the practitioner.
    async fn confides(&self, canary: &Canary, text: &str) -> String {
        const HOME: &str = "/employee/journal";
        let form = self.patient.get(&format!("{HOME}/new")).await;
        let fields = [
            ("title", canary.word.as_str()),
            ("text", text),
            ("mood", "2"),
            ("tags", canary.word.as_str()),
        ];
        let sent = self.patient.submit(form.assert_ok(), HOME, &fields).await;
        let page = sent.assert_status(303).location().to_owned();
        let read = self.patient.get(&page).await;
        read.assert_ok().assert_text(&canary.word);
        let shares = format!("{HOME}/shares");
        let form = self.patient.get(&format!("{shares}/new")).await;
        let until = self.day(20);
        let fields = [("text", text), ("until", until.as_str())];
        let sent = self
            .patient
            .submit(form.assert_ok(), &shares, &fields)
            .await;
        sent.assert_see_other(&shares);
        page
    }

    /// In clinical notes: a draft, and one that is signed and completed. Where they are.
    async fn notes(&self, canary: &Canary, text: &str) -> [String; 2] {
        let mut written = Vec::new();
        for days in [-4, -5] {
            let met = self.met(days).completed(2_700);
            let path = format!("/practitioner/consultations/{met}/notes");
            let form = self.doctor.get(&path).await;
            let begun = self
                .doctor
                .submit(form.assert_ok(), &path, &[("kind", "session")])
                .await;
            let edit = begun.assert_status(303).location().to_owned();
            let note = edit.strip_suffix("/edit").expect("an editor").to_owned();
            let html = format!("<div>{text} <em>{}</em></div>", canary.word);
            let form = self.doctor.get(&edit).await;
            let saved = self.doctor.submit(&form, &note, &[("html", &html)]).await;
            saved.assert_status(303);
            written.push(note);
        }
        let [draft, signed] = written.try_into().expect("two notes");
        let signature = format!("{signed}/signature");
        let form = self.doctor.get(&signature).await;
        let sent = self.doctor.submit(form.assert_ok(), &signature, &[]).await;
        sent.assert_see_other(&signed);
        let page = self.doctor.get(&signed).await;
        page.assert_ok().assert_text(&canary.word);
        let addenda = format!("{signed}/addenda");
        let sent = self.doctor.submit(&page, &addenda, &[("text", text)]).await;
        sent.assert_see_other(&signed);
        [draft, signed]
    }

    /// In a ticket of another company's HR, with a file, and in a note about it. Where it is.
    async fn asks(&self, canary: &Canary, text: &str) -> String {
        let hr = self.app.hr_of(&self.app.company("Atelier"));
        let office = self.app.client().signed_in_as(&hr).at(self.server.address);
        let fields = [
            ("subject", canary.word.as_str()),
            ("category", "other"),
            ("priority", "low"),
            ("text", text),
        ];
        let file = (format!("{}.pdf", canary.word), format!("%PDF-1.7 {text}"));
        let sent = office
            .upload("/rh/support", &fields, &file.0, file.1.as_bytes())
            .await;
        let mine = sent.assert_status(303).location().to_owned();
        let admin = self.app.admin();
        let desk = self
            .app
            .client()
            .signed_in_as(&admin)
            .at(self.server.address);
        let theirs = mine.replace("/rh/", "/admin/");
        desk.get(&theirs)
            .await
            .assert_ok()
            .assert_text(&canary.word);
        desk.post(&format!("{theirs}/notes"), &[("note", text)])
            .await
            .assert_see_other(&theirs);
        mine
    }

    /// The copies that both ask for of all that is kept of them; the patient's holds what they wrote.
    async fn takes_copies(&self, canary: &Canary) {
        const COPY: &str = "/account/privacy/export";
        for browser in [&self.patient, &self.doctor] {
            browser.post(COPY, &[]).await.assert_see_other(COPY);
        }
        // The process that serves works the outbox off as well: whoever took the work ends it.
        let ready = "SELECT count(*) FROM data_exports WHERE status = 'ready'";
        let mut tries = 0;
        while self.app.count(ready) < 2 {
            self.app.run_jobs().await;
            tokio::time::sleep(PAUSE).await;
            tries += 1;
            assert!(tries < 600, "the copies are not made");
        }
        let file = format!("{COPY}/file");
        let taken = self.patient.post(&file, &[("password", PASSWORD)]).await;
        let copy = all_text(&unzip(&taken));
        assert!(copy.contains(&canary.word), "the copy is one");
    }

    /// A link for an address that has no account: only the queue ever knows it.
    async fn forgets_password(&self, canary: &Canary) {
        let address = format!("{}@ailleurs.example", canary.word);
        let visitor = self.app.client().at(self.server.address);
        let asked = visitor
            .post("/password-reset", &[("email", &address)])
            .await;
        asked.assert_ok();
    }

    /// The same as one more job, which no runner takes before tomorrow: the dump is one of a queue with work.
    fn waits_in_the_queue(&self, canary: &Canary) {
        let id = Uuid::new_v4();
        // The owner of a day's key: another day than today's.
        let owner = Uuid::from_u128(1);
        let payload = json!({ "address": canary.word, "requested_at": self.app.now() }).to_string();
        let place = ("jobs", "payload_sealed", id);
        let sealed = self.app.sealed_for(Scope::Outbox(owner), place, &payload);
        sql_query(
            "INSERT INTO jobs (id, kind, payload, payload_sealed, sealed_by, run_at)
             VALUES ($1, 'auth.password_reset_requested', '{}', $2, $3, now() + interval '1 day')",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Binary, _>(sealed)
        .bind::<SqlUuid, _>(owner)
        .execute(&mut *self.app.owner())
        .expect("a job that waits");
    }

    /// Sealed columns in which nothing was written: a new one is written above too.
    fn unwritten(&self) -> Vec<String> {
        let unwritten = self.app.text(
            "SELECT string_agg(format('%s.%s', c.relname, a.attname), ' ') FROM pg_class c
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname LIKE '%\\_sealed' AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
               AND NOT (xpath('/row/n/text()', query_to_xml(format(
                       'SELECT count(%I) AS n FROM public.%I', a.attname, c.relname), false, true, '')))[1]::text::int > 0",
        );
        let unwritten = unwritten.unwrap_or_default();
        unwritten.split_whitespace().map(str::to_owned).collect()
    }

    /// Pages of other people that hold the word: everything that each of them finds without knowing an
    /// address, files included, and what they are told at somebody else's.
    async fn pages_with(&self, canary: &Canary, foreign: &[String]) -> Vec<String> {
        let colleague = self.app.employee_of(&self.company);
        let other = self.app.practitioner();
        let hr = self.app.hr_of(&self.company);
        let (admin, operator) = (self.app.admin(), self.app.super_admin());
        let people: [(&Account, AccountRole); 5] = [
            (&colleague, AccountRole::Employee),
            (&other, AccountRole::Practitioner),
            (&hr, AccountRole::Hr),
            (&admin, AccountRole::Admin),
            (&operator, AccountRole::SuperAdmin),
        ];
        let (mut found, mut seen, mut answered) = (Vec::new(), 0, 0);
        for (account, role) in people {
            let browser = self.app.client().signed_in_as(account);
            let theirs = self
                .app
                .routes
                .0
                .iter()
                .filter(|route| route.method == "GET" && admits(route, role))
                .map(|route| route.path.clone())
                .filter(|path| !path.contains('{') && !path.ends_with("/socket"))
                // What is submitted to the moderation is for it to read.
                .filter(|path| path != "/admin/moderation")
                // So are tickets for the platform.
                .filter(|path| path != "/admin/support");
            let unknown = ["/metrics".to_owned(), "/nowhere".to_owned()];
            for path in theirs.chain(unknown).chain(foreign.to_owned()) {
                let page = browser.get(&path).await;
                seen += 1;
                answered += usize::from(page.status == 200);
                if canary.spelling_in(&page.body).is_some() {
                    found.push(format!("{role:?} {path}"));
                }
            }
        }
        assert!(seen > 60 && answered > 30, "{answered} of {seen} pages");
        found
    }
}

#[tokio::test]
async fn what_people_confide_is_in_no_dump_file_log_mail_or_page_of_others() {
    let run = Run::start().await;
    let app = &run.app;
    let wal = Canary::wal_file(app);
    let canary = Canary::new();
    // Short enough for every field.
    let text = format!("Je dors mal, {}, depuis mars.", canary.word);

    run.books(&text).await;
    let talked = run.chats(&canary, &text).await;
    run.calls(&text).await;
    run.is_away(&text).await;
    run.judges(&text).await;
    let page = run.confides(&canary, &text).await;
    let [draft, signed] = run.notes(&canary, &text).await;
    let ticket = run.asks(&canary, &text).await;
    run.takes_copies(&canary).await;
    run.forgets_password(&canary).await;
    run.waits_in_the_queue(&canary);
    app.run_jobs().await;
    assert_eq!(run.unwritten(), Vec::<String>::new());

    assert!(!canary.is_in_dump(app), "the dump");
    assert_eq!(canary.data_files(app, &wal), Vec::<String>::new());
    assert!(
        app.count("SELECT count(*) FROM jobs") > 0,
        "mails were queued"
    );
    let mails = serde_json::to_vec(&app.mails()).expect("mails");
    assert_eq!(canary.spelling_in(&mails), None, "the mails");
    let mut seen = 0;
    assert_eq!(
        canary.files(run.server.folder(), &mut seen),
        Vec::<String>::new()
    );
    let log = fs::read_to_string(run.server.log()).expect("the log");
    assert!(
        log.contains("answered") && log.contains("TRACE") && log.len() > 10_000,
        "it logs everything"
    );
    assert!(seen > 0);
    let consultation = format!("/employee/consultations/{talked}");
    let foreign = [
        page.clone(),
        ticket,
        format!("{consultation}/messages"),
        consultation.replace("employee", "practitioner"),
        consultation,
        format!("{draft}/edit"),
        format!("{signed}/print"),
        signed,
        draft,
        format!("/practitioner/notes/patients/{}", run.employee.id),
        "/account/privacy/export".to_owned(),
    ];
    assert_eq!(
        run.pages_with(&canary, &foreign).await,
        Vec::<String>::new()
    );

    // All of it can fail: another word, in clear.
    let planted = Canary::new();
    app.sql(&format!(
        "UPDATE users SET first_name = '{}' WHERE id = '{}'",
        planted.word, run.employee.id
    ));
    fs::write(
        run.server.folder().join("planted"),
        STANDARD.encode(&planted.word),
    )
    .expect("a file");
    assert!(planted.is_in_dump(app));
    assert!(!planted.data_files(app, &wal).is_empty());
    assert_eq!(planted.files(run.server.folder(), &mut seen).len(), 1);
    let pages = run.pages_with(&planted, &foreign).await;
    assert!(pages.contains(&"Hr /rh/employees".to_owned()), "{pages:?}");
}

/// Who has the backup and not the key has nothing: neither the words nor a way to them.
#[tokio::test]
async fn a_backup_without_the_key_reveals_nothing() {
    let app = TestApp::start().await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let consultation = app.consultation(&employee, &practitioner).scheduled();
    let canary = Canary::new();
    let message = app.message(consultation, &employee, &canary.word);
    app.journal_entry(&employee, (&canary.word, &canary.word), Some(2), 1);
    let backup = dump::dump(&app.database);
    assert_eq!(canary.spelling_in(backup.as_bytes()), None);
    let restored = dump::restore(&backup);
    let field = Field {
        table: "chat_messages",
        column: "text_sealed",
        row: message,
    };
    let sealed = app
        .text(&format!(
            "SELECT encode(text_sealed, 'base64') FROM chat_messages WHERE id = '{message}'"
        ))
        .map(|text| text.replace('\n', ""))
        .expect("a message");
    let sealed = Sealed::from_bytes(STANDARD.decode(sealed).expect("base64"));
    let opened = |key: &KeySource| {
        Envelope::new(open_kms(key, false).expect("a key"))
            .open(
                &mut Cluster::shared().connect(&restored),
                Scope::Chat(consultation),
                field,
                &sealed,
            )
            .map(|text| String::from_utf8(text).expect("text"))
    };
    let another = KeySource::Value("b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgIS4=".into());
    assert_eq!(opened(&another), Err(CannotRead));
    // With the key, it is all there: the backup is one.
    assert_eq!(opened(&app.shared.config.kek), Ok(canary.word.clone()));
}
