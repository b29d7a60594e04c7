//! Sealed texts through the database: whose key, how many keys, and what a tampered row becomes.

use actix_web::{HttpResponse, Scope as Routes, web};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use huntzen::infra::{
    actor::{Actor, Kind, kinds},
    config::{Config, KeySource},
    envelope::{CannotRead, Confidant, Field, Scope, Sealed},
    error::AppError,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::support::{
    TestApp,
    actors::{Employee, Practitioner},
    app::Setup,
    client::Client,
};

pub const REFUSAL: &str = "cannot be read";

fn field(row: Uuid) -> Field {
    Field {
        table: "consultations",
        column: "message_sealed",
        row,
    }
}

#[derive(Deserialize)]
struct Given {
    /// The consultation whose key is used.
    scope: Uuid,
    /// The row it is kept in.
    row: Uuid,
    /// The text, or the sealed bytes.
    text: String,
    /// Whether the transaction fails after sealing.
    #[serde(default)]
    fails: bool,
}

async fn seal<K: Kind>(actor: Actor<K>, given: web::Query<Given>) -> Result<HttpResponse, AppError>
where
    Actor<K>: Confidant,
{
    let given = given.into_inner();
    let sealed = actor
        .db()
        .write(move |tx| {
            let sealed = tx.seal(
                Scope::Consultation(given.scope),
                field(given.row),
                &given.text,
            )?;
            if given.fails {
                return Err(AppError::NotFound);
            }
            Ok(sealed)
        })
        .await?;
    Ok(HttpResponse::Ok().body(URL_SAFE_NO_PAD.encode(sealed.as_bytes())))
}

async fn open<K: Kind>(actor: Actor<K>, given: web::Query<Given>) -> Result<HttpResponse, AppError>
where
    Actor<K>: Confidant,
{
    let given = given.into_inner();
    let bytes = URL_SAFE_NO_PAD
        .decode(&given.text)
        .map_err(AppError::internal)?;
    let opened = actor
        .db()
        .read(move |tx| {
            let sealed = Sealed::from_bytes(bytes);
            Ok(tx.open(Scope::Consultation(given.scope), field(given.row), &sealed))
        })
        .await?;
    let text = match opened {
        Ok(text) => text,
        Err(CannotRead) => REFUSAL.to_owned(),
    };
    Ok(HttpResponse::Ok().body(text))
}

fn probes_of<K: Kind>(name: &str) -> Routes
where
    Actor<K>: Confidant,
{
    web::scope(name)
        .route("/seal", web::get().to(seal::<K>))
        .route("/open", web::get().to(open::<K>))
}

fn probes() -> Routes {
    web::scope("/probe")
        .service(probes_of::<kinds::Employee>("/employee"))
        .service(probes_of::<kinds::Practitioner>("/practitioner"))
}

/// The application, and a consultation with the browsers of its two people.
pub struct Stage {
    pub app: TestApp,
    pub employee: Employee,
    pub practitioner: Practitioner,
    pub consultation: Uuid,
}

impl Stage {
    pub async fn set() -> Self {
        Self::set_with(|_| {}).await
    }

    pub async fn set_with(configure: fn(&mut Config)) -> Self {
        let app = TestApp::start_with(Setup {
            configure,
            probes: Some(probes),
            ..Setup::default()
        })
        .await;
        let employee = app.employee_of(&app.company("TechCorp"));
        let practitioner = app.practitioner();
        let consultation = app.consultation(&employee, &practitioner).scheduled();
        Self {
            app,
            employee,
            practitioner,
            consultation,
        }
    }

    pub fn keys(&self) -> i64 {
        self.app.count("SELECT count(*) FROM data_keys")
    }

    pub fn of_employee(&self) -> Person {
        Person("employee", self.app.client().signed_in_as(&self.employee))
    }

    pub fn of_practitioner(&self) -> Person {
        let client = self.app.client().signed_in_as(&self.practitioner);
        Person("practitioner", client)
    }
}

pub struct Person(&'static str, Client);

impl Person {
    pub async fn asks(&self, what: &str, scope: Uuid, row: Uuid, text: &str) -> (u16, String) {
        let page = self
            .1
            .get(&format!(
                "/probe/{}/{what}?scope={scope}&row={row}&text={text}",
                self.0
            ))
            .await;
        (page.status, page.text())
    }

    pub async fn seals(&self, consultation: Uuid, text: &str) -> String {
        let (status, sealed) = self.asks("seal", consultation, consultation, text).await;
        assert_eq!(status, 200, "{sealed}");
        sealed
    }

    pub async fn opens(&self, consultation: Uuid, sealed: &str) -> String {
        let (status, text) = self.asks("open", consultation, consultation, sealed).await;
        assert_eq!(status, 200, "{text}");
        text
    }
}

#[tokio::test]
async fn both_people_of_a_consultation_read_what_either_wrote() {
    let stage = Stage::set().await;
    let (employee, practitioner) = (stage.of_employee(), stage.of_practitioner());
    let id = stage.consultation;

    let written = employee.seals(id, "je-dors-mal").await;
    let answered = practitioner.seals(id, "parlons-en").await;

    assert_eq!(practitioner.opens(id, &written).await, "je-dors-mal");
    assert_eq!(employee.opens(id, &answered).await, "parlons-en");
    assert_eq!(stage.keys(), 1, "one key for the consultation");
}

#[tokio::test]
async fn nobody_else_seals_or_opens_and_the_refusal_is_the_same() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let id = stage.consultation;
    let sealed = stage.of_employee().seals(id, "je-dors-mal").await;
    let colleague = Person(
        "employee",
        app.client()
            .signed_in_as(&app.employee_of(&app.company("Rivale"))),
    );
    let other = Person(
        "practitioner",
        app.client().signed_in_as(&app.practitioner()),
    );
    for person in [colleague, other] {
        assert_eq!(person.opens(id, &sealed).await, REFUSAL);
        assert_eq!(person.asks("seal", id, id, "x").await.0, 403);
        let nowhere = Uuid::new_v4();
        assert_eq!(person.opens(nowhere, &sealed).await, REFUSAL);
        assert_eq!(person.asks("seal", nowhere, nowhere, "x").await.0, 403);
    }
    assert_eq!(stage.keys(), 1);
}

#[tokio::test]
async fn concurrent_first_writers_share_one_key() {
    let stage = Stage::set().await;
    let (employee, practitioner) = (stage.of_employee(), stage.of_practitioner());
    let id = stage.consultation;
    let people = [&employee, &practitioner];
    let sealed = join_all((0..16).map(|n| people[n % 2].seals(id, "ensemble"))).await;
    assert_eq!(stage.keys(), 1);
    for sealed in sealed {
        assert_eq!(employee.opens(id, &sealed).await, "ensemble");
    }
}

#[tokio::test]
async fn a_key_whose_transaction_failed_is_never_used() {
    let stage = Stage::set().await;
    let employee = stage.of_employee();
    let id = stage.consultation;
    let (status, _) = employee.asks("seal", id, id, "perdu&fails=true").await;
    assert_eq!(status, 404);
    assert_eq!(stage.keys(), 0, "the key went with its transaction");
    let sealed = employee.seals(id, "retrouve").await;
    assert_eq!(stage.of_practitioner().opens(id, &sealed).await, "retrouve");
}

#[tokio::test]
async fn what_was_moved_or_tampered_with_is_one_refusal() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let id = stage.consultation;
    let second = app
        .consultation(&stage.employee, &stage.practitioner)
        .at("2026-03-24T09:00:00Z")
        .scheduled();
    let employee = stage.of_employee();
    let sealed = employee.seals(id, "je-dors-mal").await;
    let other = employee.seals(second, "autre").await;

    // Another row, another scope, another consultation's text.
    assert_eq!(employee.asks("open", id, second, &sealed).await.1, REFUSAL);
    assert_eq!(employee.asks("open", second, id, &sealed).await.1, REFUSAL);
    assert_eq!(employee.opens(id, &other).await, REFUSAL);
    assert_eq!(employee.opens(id, "AAAA").await, REFUSAL);
    assert_eq!(employee.opens(id, "").await, REFUSAL);
    assert_eq!(employee.opens(id, &sealed).await, "je-dors-mal");

    // The keys of two consultations exchanged; then a bit of a wrapped key; then no key at all.
    app.sql(
        "UPDATE data_keys d SET wrapped = o.wrapped FROM data_keys o WHERE o.owner_id <> d.owner_id",
    );
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
    app.sql("UPDATE data_keys d SET wrapped = o.wrapped FROM data_keys o WHERE o.owner_id <> d.owner_id");
    assert_eq!(employee.opens(id, &sealed).await, "je-dors-mal");
    app.sql("UPDATE data_keys SET wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)");
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
    app.sql("UPDATE data_keys SET wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)");
    assert_eq!(employee.opens(id, &sealed).await, "je-dors-mal");
    app.sql("DELETE FROM data_keys");
    assert_eq!(employee.opens(id, &sealed).await, REFUSAL);
}

#[tokio::test]
async fn the_database_alone_reveals_nothing() {
    let stage = Stage::set().await;
    let sealed = stage
        .of_employee()
        .seals(stage.consultation, "canari-7351")
        .await;
    let bytes = URL_SAFE_NO_PAD.decode(&sealed).expect("base64");
    let needle = b"canari-7351";
    assert!(!bytes.windows(needle.len()).any(|window| window == needle));
    // Every key there is, as text: none of it is the plain key of anything.
    let wrapped = stage
        .app
        .text("SELECT encode(wrapped, 'hex') FROM data_keys")
        .expect("a key");
    assert_eq!(wrapped.len(), 2 * (12 + 32 + 16));
}

#[tokio::test]
async fn the_keys_that_a_database_needs_are_known_at_start() {
    use huntzen::infra::{actor::Worker, envelope};

    let stage = Stage::set().await;
    let app = &stage.app;
    let worker = Worker::door(&app.shared);
    let missing = || worker.read(envelope::missing_keks);
    assert_eq!(missing().await.expect("an answer"), Vec::<String>::new());
    stage.of_employee().seals(stage.consultation, "x").await;
    assert_eq!(missing().await.expect("an answer"), Vec::<String>::new());
    app.sql("UPDATE data_keys SET kek = 'local:elsewhere'");
    assert_eq!(missing().await.expect("an answer"), ["local:elsewhere"]);
}

#[tokio::test]
async fn another_kek_reads_nothing() {
    let first = Stage::set().await;
    let sealed = first.of_employee().seals(first.consultation, "x").await;
    let kek = first.app.text("SELECT kek FROM data_keys").expect("a KEK");

    let second = Stage::set_with(|config| {
        let key = "b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgIS4=";
        config.kek = KeySource::Value(key.into());
    })
    .await;
    let id = second.consultation;
    second.of_employee().seals(id, "x").await;
    assert_ne!(second.app.text("SELECT kek FROM data_keys"), Some(kek));
    assert_eq!(second.of_employee().opens(id, &sealed).await, REFUSAL);
}
