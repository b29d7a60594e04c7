//! The list, a patient's timeline, paper.

use super::{HOME, World};

#[tokio::test]
async fn notes_are_listed_by_patient_date_and_state() {
    let world = World::start().await;
    let app = &world.app;
    let other = app.employee_of(&world.company);
    let at = |moment| {
        let consultation = app.consultation(&other, &world.practitioner);
        consultation.at(moment).completed(2_700)
    };
    app.clinical_note(world.consultation, "session", "<div>Un</div>");
    app.signed_note(at("2026-02-02T09:00:00Z"), "follow_up", "<div>Deux</div>");
    app.signed_note(at("2026-01-05T23:30:00Z"), "referral", "<div>Trois</div>");
    let titles = async |query: &str| {
        let page = world.browser.get(&format!("{HOME}{query}")).await;
        page.assert_ok().texts(".note-card-excerpt")
    };
    assert_eq!(titles("").await, ["Un", "Deux", "Trois"]);
    assert_eq!(
        titles(&format!("?patient={}", other.id)).await,
        ["Deux", "Trois"]
    );
    assert_eq!(titles("?state=drafts").await, ["Un"]);
    assert_eq!(titles("?state=signed").await, ["Deux", "Trois"]);
    // Days are the reader's: half past eleven in the evening UTC is the sixth in Paris.
    assert_eq!(
        titles("?from=2026-01-06&until=2026-02-02").await,
        ["Deux", "Trois"]
    );
    assert_eq!(titles("?from=2026-01-07").await, ["Un", "Deux"]);
    assert_eq!(titles("?until=2026-01-05").await, [""; 0]);
    assert_eq!(
        titles("?from=x&until=%2B262142-12-31&patient=y&state=z&page=-3")
            .await
            .len(),
        3
    );
    let page = world
        .browser
        .get(&format!("{HOME}?state=drafts&from=2020-01-01"))
        .await;
    page.assert_text("1 note trouvée");
    assert_eq!(page.attributes("[name=from]", "value"), ["2020-01-01"]);
}

#[tokio::test]
async fn a_timeline_tells_of_one_patient_and_what_is_missing() {
    let world = World::start().await;
    let app = &world.app;
    let timeline = world.patient_path();
    world
        .browser
        .get(&timeline)
        .await
        .assert_ok()
        .assert_text("Aucune note dans ce dossier")
        .assert_text("Séances sans note")
        .assert_text("1 séance");
    let earlier = app.consultation(&world.employee, &world.practitioner);
    let earlier = earlier.at("2026-02-12T09:00:00Z").completed(2_700);
    let first = app.signed_note(earlier, "assessment", "<div>Le bilan.</div>");
    app.clinical_note(world.consultation, "session", "<div>La séance.</div>");
    let path = World::path_of(first);
    world
        .browser
        .post(&format!("{path}/addenda"), &[("text", "Le complément.")])
        .await
        .assert_see_other(&path);
    app.journal_share(
        &world.employee,
        &world.practitioner,
        "Une synthèse",
        "2100-01-01T00:00:00Z",
    );
    let stranger = app.employee_of(&world.company);
    let other = app.consultation(&stranger, &world.practitioner);
    app.clinical_note(
        other.at("2026-02-13T09:00:00Z").completed(60),
        "session",
        "<div>D’autrui.</div>",
    );
    app.journal_share(
        &stranger,
        &world.practitioner,
        "Autre synthèse",
        "2100-01-01T00:00:00Z",
    );
    let page = world.browser.get(&timeline).await;
    assert_eq!(
        page.texts(".note-event summary strong"),
        ["Note de séance", "Bilan initial"]
    );
    page.assert_text("Le bilan.")
        .assert_text("Le complément.")
        .assert_text("La séance.")
        .assert_text("Partagé avec vous")
        .assert_text("2 séances")
        .assert_nowhere("D’autrui")
        .assert_nowhere("Séances sans note");
    assert_eq!(
        page.attributes(".note-waiting a[href*='/journal/']", "href")
            .len(),
        1
    );
}

#[tokio::test]
async fn a_printed_note_says_whose_it_is_and_whether_it_is_signed() {
    let world = World::start().await;
    let app = &world.app;
    let draft = app.clinical_note(world.consultation, "session", "<div>Provisoire.</div>");
    let signed = app.signed_note(
        world.consultation,
        "prescription",
        "<div>Sertraline 50.</div>",
    );
    let page = world
        .browser
        .get(&format!("{}/print", World::path_of(draft)))
        .await;
    page.assert_ok()
        .assert_text("Brouillon, non signé")
        .assert_text("Provisoire.");
    let page = world
        .browser
        .get(&format!("{}/print", World::path_of(signed)))
        .await;
    page.assert_text("Signée par")
        .assert_text(&world.practitioner.last_name)
        .assert_text(&world.employee.last_name)
        .assert_text("Sertraline 50.")
        .assert_nowhere("style=")
        .assert_nowhere("class=\"rail\"");
}

#[tokio::test]
async fn pages_of_twenty_cost_the_same_queries() {
    let world = World::start().await;
    let app = &world.app;
    let write = |from: u32, until: u32| {
        for number in from..until {
            let at = format!(
                "2026-0{}-{:02}T{:02}:00:00Z",
                1 + number / 24,
                1 + number % 24,
                8
            );
            let consultation = app.consultation(&world.employee, &world.practitioner);
            let consultation = consultation.at(&at).completed(60);
            let note = app.signed_note(consultation, "session", "<div>Mots.</div>");
            app.sql(&format!(
                "INSERT INTO clinical_addenda (note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
                 SELECT id, record_id, practitioner_id, company_id, gen_random_uuid(), content_sealed, now()
                 FROM clinical_notes WHERE id = '{note}'"
            ));
        }
    };
    write(0, 2);
    let note = World::path_of(app.clinical_note(world.consultation, "session", "<div>Mots.</div>"));
    let addresses = [
        HOME.to_owned(),
        world.patient_path(),
        note.clone(),
        format!("{note}/edit"),
        format!("{note}/print"),
        format!("{note}/signature"),
        format!("/practitioner/consultations/{}", world.consultation),
    ];
    let mut costs = Vec::new();
    for address in &addresses {
        costs.push(world.cost_of(address).await);
    }
    write(2, 46);
    for (address, cost) in addresses.iter().zip(costs) {
        assert_eq!(world.cost_of(address).await, cost, "{address}");
    }
    for address in [HOME, &world.patient_path()] {
        let page = world.browser.get(address).await;
        assert_eq!(page.texts(".note-card, .note-event").len(), 20, "{address}");
        let last = world.browser.get(&format!("{address}?page=3")).await;
        assert_eq!(last.texts(".note-card, .note-event").len(), 7, "{address}");
    }
}
