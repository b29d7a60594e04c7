//! One marker in every sensitive field, by the forms that people use, and then in no dump, file, log or mail.

use std::{fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use chrono::{Duration, SecondsFormat, Timelike as _};
use huntzen::infra::clock::Clock;

use crate::support::{TestApp, app::Setup, dump, process::Server};

const MARKER: &str = "canari-4711-zq";
/// Tables whose own tests write the marker.
const ELSEWHERE: [&str; 4] = ["journal", "note", "clinical", "export"];

/// The marker as it may be spelled: clear, hexadecimal, base64 at each of its three offsets, in a URL.
fn spellings() -> Vec<String> {
    let hex: String = MARKER.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![
        MARKER.to_owned(),
        hex.to_uppercase(),
        hex,
        MARKER.replace('-', "%2D"),
    ];
    for offset in 0..3 {
        let padded = [vec![b'x'; offset], MARKER.as_bytes().to_vec()].concat();
        let encoded = STANDARD_NO_PAD.encode(padded);
        // Without the characters that depend on the neighbours.
        let inner = &encoded[(offset * 8).div_ceil(6)..encoded.len() - 2];
        all.push(inner.to_owned());
        all.push(inner.replace('+', "-").replace('/', "_"));
    }
    all
}

fn found_in(text: &[u8]) -> Option<String> {
    spellings().into_iter().find(|spelling| {
        text.windows(spelling.len())
            .any(|window| window == spelling.as_bytes())
    })
}

fn search_files(folder: &Path, seen: &mut usize) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            search_files(&path, seen);
        } else {
            *seen += 1;
            let content = fs::read(&path).expect("a file");
            assert_eq!(found_in(&content), None, "{}", path.display());
        }
    }
}

#[test]
fn the_search_finds_what_it_is_for() {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let text = format!("Je dors mal, {MARKER}, depuis mars.");
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut hidden = vec![text.clone(), hex];
    for cut in 0..3 {
        hidden.push(STANDARD.encode(&text[cut..]));
        hidden.push(URL_SAFE_NO_PAD.encode(&text[cut..]));
    }
    for text in hidden {
        assert!(found_in(text.as_bytes()).is_some(), "{text}");
    }
    assert_eq!(found_in(b"canari"), None);
}

#[tokio::test]
async fn what_people_confide_is_in_no_dump_file_log_or_mail() {
    let app = TestApp::start_with(Setup {
        clock: Clock::system(),
        ..Setup::default()
    })
    .await;
    let server = Server::start_logging(&app).await;
    let employee = app.employee_of(&app.company("TechCorp"));
    let practitioner = app.practitioner();
    let patient = app.client().signed_in_as(&employee).at(server.address);
    let doctor = app.client().signed_in_as(&practitioner).at(server.address);
    let day = |days: i64| {
        let at = (app.now() + Duration::days(days))
            .with_minute(0)
            .and_then(|at| at.with_second(0))
            .and_then(|at| at.with_nanosecond(0))
            .expect("an hour");
        at.to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    let text = format!("Je dors mal, {MARKER}, depuis mars.");

    // With a booking: the message to the practitioner.
    let profile = format!("/employee/booking/{}", practitioner.id);
    let offered = patient
        .get(&profile)
        .await
        .attributes(".slot-days button", "value");
    let kept = patient
        .post(
            &format!("{profile}/holds"),
            &[("start", offered.first().expect("a slot"))],
        )
        .await;
    kept.assert_status(303);
    let confirmation = format!("{}/confirmation", kept.location());
    let fields = [("format", "video"), ("message", text.as_str())];
    patient
        .post(&confirmation, &fields)
        .await
        .assert_status(303);

    // In the chat: text, name and content of a file.
    let talked = app
        .consultation(&employee, &practitioner)
        .at(&day(40))
        .scheduled();
    let content = format!("%PDF-1.7 {text}");
    let name = format!("Bilan {MARKER}.pdf");
    patient
        .upload(
            &format!("/employee/consultations/{talked}/messages"),
            &[("text", &text)],
            &name,
            content.as_bytes(),
        )
        .await
        .assert_status(303);
    doctor
        .get(&format!("/practitioner/consultations/{talked}/messages"))
        .await
        .assert_ok()
        .assert_text(MARKER);

    // Cancelling: why.
    let cancelled = app
        .consultation(&employee, &practitioner)
        .at(&day(41))
        .confirmed();
    let path = format!("/practitioner/consultations/{cancelled}/cancellation");
    doctor
        .post(&path, &[("reason", &text)])
        .await
        .assert_status(303);

    // Afterwards: a review, and a report.
    let done = app
        .consultation(&employee, &practitioner)
        .at(&day(-3))
        .completed(2_400);
    let path = format!("/employee/consultations/{done}");
    for (what, fields) in [
        ("review", [("rating", "4"), ("comment", text.as_str())]),
        (
            "report",
            [("category", "technical"), ("details", text.as_str())],
        ),
    ] {
        let sent = patient.post(&format!("{path}/{what}"), &fields).await;
        sent.assert_status(303);
    }
    app.run_jobs().await;

    // Every sealed column holds something by now: a new one is written above too.
    let unwritten = app
        .text(
            "SELECT string_agg(format('%s.%s', c.relname, a.attname), ' ') FROM pg_class c
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname LIKE '%\\_sealed' AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
               AND NOT (xpath('/row/n/text()', query_to_xml(format(
                       'SELECT count(%I) AS n FROM public.%I', a.attname, c.relname), false, true, '')))[1]::text::int > 0",
        )
        .unwrap_or_default();
    let unwritten: Vec<&str> = unwritten
        .split_whitespace()
        .filter(|column| !ELSEWHERE.iter().any(|table| column.contains(table)))
        .collect();
    assert_eq!(unwritten, Vec::<&str>::new());

    let dumped = dump::dump(&app.database);
    assert!(dumped.contains("text_sealed") && dumped.len() > 50_000);
    assert_eq!(found_in(dumped.as_bytes()), None, "the dump");
    assert!(
        app.count("SELECT count(*) FROM jobs") > 0,
        "mails were queued"
    );
    let mails = app.mails();
    let mails = serde_json::to_string(&mails).expect("mails");
    assert_eq!(found_in(mails.as_bytes()), None, "the mails");
    let mut seen = 0;
    search_files(server.folder(), &mut seen);
    let log = fs::read_to_string(server.log()).expect("the log");
    assert!(
        log.contains("answered") && log.len() > 10_000,
        "it logs everything"
    );
    assert!(seen > 0);
    drop(server);
}
