//! Several sessions at one local hour, booked whole or not at all.

use futures_util::future::join_all;

use crate::support::{
    TestApp,
    actors::{Company, Employee, Practitioner},
    client::Client,
    page::Page,
};

/// Monday 23 March 2026, 10:00 in Paris: the Sunday after, the clocks change.
const MONDAY_TEN: &str = "2026-03-23T09:00:00Z";

struct World {
    app: TestApp,
    company: Company,
    employee: Employee,
    practitioner: Practitioner,
    client: Client,
}

impl World {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let company = app.company("TechCorp");
        let employee = app.employee_of(&company);
        Self {
            practitioner: app.practitioner(),
            client: app.client().signed_in_as(&employee),
            employee,
            company,
            app,
        }
    }

    /// Chooses Monday at ten; the path of the series.
    async fn begins(&self) -> String {
        self.begins_at(&self.client, MONDAY_TEN).await
    }

    async fn begins_at(&self, client: &Client, start: &str) -> String {
        let holds = format!("/employee/booking/{}/holds", self.practitioner.id);
        let kept = client.post(&holds, &[("start", start)]).await;
        kept.assert_status(303);
        format!("{}/series", kept.location())
    }

    async fn shows(&self, series: &str, query: &str) -> Page {
        self.client.get(&format!("{series}?{query}")).await
    }

    fn closes(&self, day: &str) {
        self.app.sql(&format!(
            "INSERT INTO availability_exceptions (practitioner_id, day, kind)
             SELECT user_id, '{day}', 'closed' FROM practitioners"
        ));
    }

    fn stranger_takes(&self, start: &str) {
        let stranger = self.app.employee_of(&self.company);
        self.app
            .consultation(&stranger, &self.practitioner)
            .at(start)
            .confirmed();
    }

    /// The employee's consultations: status and local start.
    fn sessions(&self) -> Vec<String> {
        let list = self.app.text(&format!(
            "SELECT string_agg(concat_ws(' ', status, to_char(starts_at AT TIME ZONE 'Europe/Paris', 'MM-DD HH24:MI')),
                               ', ' ORDER BY starts_at)
             FROM consultations WHERE employee_id = '{}'",
            self.employee.id
        ));
        list.unwrap_or_default()
            .split(", ")
            .map(str::to_owned)
            .collect()
    }
}

#[tokio::test]
async fn a_weekly_series_keeps_its_local_hour_when_the_clocks_change() {
    let world = World::start().await;
    let series = world.begins().await;
    let page = world.shows(&series, "every=1&count=4").await;
    page.assert_ok()
        .assert_text("Toutes ces dates sont libres")
        .assert_text("lundi 30\u{a0}mars 2026 à 10\u{a0}h\u{a0}00")
        .assert_text("lundi 13\u{a0}avril 2026 à 10\u{a0}h\u{a0}00");
    // 6 April is Easter Monday; nobody closed it.
    let sent = world
        .client
        .submit(&page, &series, &[("format", "video")])
        .await;
    sent.assert_see_other("/employee/consultations");
    world
        .client
        .follow(&sent)
        .await
        .assert_text("Vos séances sont enregistrées");
    assert_eq!(
        world.sessions(),
        ["03-23", "03-30", "04-06", "04-13"].map(|day| format!("scheduled {day} 10:00"))
    );
    assert_eq!(
        world.app.count(
            "SELECT count(*) FROM consultations
             WHERE series_id = (SELECT id FROM consultations ORDER BY starts_at LIMIT 1)
               AND confirm_by = timestamptz '2026-03-21 09:00:00Z'"
        ),
        4
    );
    assert_eq!(
        world.app.count("SELECT count(*) FROM consultation_events"),
        4
    );
    // Both are told of each.
    assert_eq!(world.app.count("SELECT count(*) FROM notices"), 8);
    // The back button, and the same form again.
    let again = world
        .client
        .submit(&page, &series, &[("format", "video")])
        .await;
    again.assert_see_other("/employee/consultations");
    assert_eq!(world.sessions().len(), 4);
}

#[tokio::test]
async fn twelve_sessions_every_two_weeks_go_beyond_the_horizon() {
    let world = World::start().await;
    let series = world.begins().await;
    let page = world.shows(&series, "every=2&count=12").await;
    let sent = world
        .client
        .submit(&page, &series, &[("format", "audio")])
        .await;
    sent.assert_status(303);
    let sessions = world.sessions();
    assert_eq!(sessions.len(), 12);
    assert_eq!(sessions[11], "scheduled 08-24 10:00");
}

#[tokio::test]
async fn each_conflict_comes_with_alternatives_and_nothing_is_booked_until_all_are_settled() {
    let world = World::start().await;
    world.stranger_takes("2026-03-30T08:00:00Z");
    world.closes("2026-04-06");
    let series = world.begins().await;
    let page = world.shows(&series, "every=1&count=4").await;
    page.assert_ok()
        .assert_text("2 dates ne sont pas libres")
        .assert_text("Ce créneau est déjà pris")
        .assert_text("ne consulte pas à cette heure ce jour-là");
    let instead = page.attributes("input[name=session-2]", "value");
    assert_eq!(
        instead,
        [
            "2026-03-30T07:00:00Z",
            "2026-03-30T09:00:00Z",
            "2026-03-30T12:00:00Z",
            "skip"
        ]
    );
    assert_eq!(page.attributes("input[name=session-3]", "value").len(), 4);
    assert_eq!(
        page.attributes("input[name=session-4]", "value"),
        ["2026-04-13T08:00:00Z"]
    );

    // Not settled, then half settled.
    for changes in [
        vec![("format", "video")],
        vec![("format", "video"), ("session-2", &instead[1])],
    ] {
        let sent = world.client.submit(&page, &series, &changes).await;
        sent.assert_status(409)
            .assert_text("Rien n’a encore été réservé");
        assert_eq!(world.sessions(), ["held 03-23 10:00"]);
    }
    let settled = [
        ("format", "video"),
        ("session-2", instead[1].as_str()),
        ("session-3", "skip"),
    ];
    let sent = world.client.submit(&page, &series, &settled).await;
    sent.assert_status(303);
    assert_eq!(
        world.sessions(),
        [
            "scheduled 03-23 10:00",
            "scheduled 03-30 11:00",
            "scheduled 04-13 10:00"
        ]
    );
}

#[tokio::test]
async fn a_date_taken_between_the_page_and_the_button_takes_nothing_else_with_it() {
    let world = World::start().await;
    let series = world.begins().await;
    let page = world.shows(&series, "every=1&count=3").await;
    world.stranger_takes("2026-04-06T08:00:00Z");
    let sent = world
        .client
        .submit(&page, &series, &[("format", "audio")])
        .await;
    sent.assert_status(409)
        .assert_text("Une date n’est pas libre");
    assert_eq!(
        sent.attributes("input[name=session-2][checked]", "value"),
        ["2026-03-30T08:00:00Z"]
    );
    assert_eq!(
        sent.attributes("input[name=format][checked]", "value"),
        ["audio"]
    );
    assert_eq!(world.sessions(), ["held 03-23 10:00"]);
}

#[tokio::test]
async fn unticked_dates_are_left_out() {
    let world = World::start().await;
    let series = world.begins().await;
    let fields = [
        ("every", "1"),
        ("count", "3"),
        ("format", "video"),
        ("session-3", "2026-04-06T08:00:00Z"),
    ];
    world.client.post(&series, &fields).await.assert_status(303);
    assert_eq!(
        world.sessions(),
        ["scheduled 03-23 10:00", "scheduled 04-06 10:00"]
    );
}

#[tokio::test]
async fn a_series_that_no_page_offered_is_refused() {
    let world = World::start().await;
    let series = world.begins().await;
    for (every, count, start, status) in [
        ("1", "1", "", 400),
        ("1", "13", "", 400),
        ("1", "-2", "", 400),
        ("3", "2", "", 400),
        ("", "2", "", 400),
        // Beside the grid, another week, long ago, another format.
        ("1", "2", "2026-03-30T08:07:00Z", 409),
        ("1", "2", "2026-04-06T08:00:00Z", 409),
        ("1", "2", "2020-03-30T08:00:00Z", 409),
        ("1", "2", "demain", 409),
        // The gap: 02:30 does not exist in Paris on that Sunday.
        ("1", "2", "2026-03-29T01:30:00Z", 409),
    ] {
        let fields = [
            ("every", every),
            ("count", count),
            ("format", "video"),
            ("session-2", start),
        ];
        let sent = world.client.post(&series, &fields).await;
        sent.assert_status(status);
        assert_eq!(
            world.sessions(),
            ["held 03-23 10:00"],
            "{every} {count} {start}"
        );
    }
    let fields = [("every", "1"), ("count", "2"), ("format", "")];
    let sent = world.client.post(&series, &fields).await;
    sent.assert_status(422)
        .assert_text("Choisissez comment vous souhaitez échanger.");
    assert_eq!(world.sessions(), ["held 03-23 10:00"]);
}

#[tokio::test]
async fn of_series_that_meet_one_is_whole_and_the_others_are_nothing() {
    let world = World::start().await;
    let starts = ["07", "08", "09", "12", "13"].map(|hour| format!("2026-03-30T{hour}:00:00Z"));
    let clients: Vec<Client> = starts
        .iter()
        .map(|_| {
            let employee = world.app.employee_of(&world.company);
            world.app.client().signed_in_as(&employee)
        })
        .collect();
    let firsts = ["08", "09", "10", "13", "14"].map(|hour| format!("2026-03-23T{hour}:00:00Z"));
    let mut series = Vec::new();
    for (client, first) in clients.iter().zip(&firsts) {
        series.push(world.begins_at(client, first).await);
    }
    // All want the same hour of the second week, and each its own of the third.
    let attempts = clients
        .iter()
        .zip(&series)
        .map(|(client, series)| async move {
            let fields = [
                ("every", "1"),
                ("count", "3"),
                ("format", "video"),
                ("session-2", "2026-03-30T08:00:00Z"),
                ("session-3", ""),
            ];
            client.post(series, &fields).await
        });
    let answers = join_all(attempts).await;
    let mut statuses: Vec<u16> = answers.iter().map(|page| page.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409]);
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM consultations WHERE status = 'scheduled'"),
        2
    );
    assert_eq!(
        world
            .app
            .count("SELECT count(*) FROM consultations WHERE status = 'held'"),
        4
    );
}

#[tokio::test]
async fn the_dates_are_drawn_anew_without_the_page_around_them() {
    let world = World::start().await;
    let series = world.begins().await;
    let client = world
        .client
        .copy()
        .with_header("hx-request-type", "partial");
    let part = client.get(&format!("{series}?every=2&count=3")).await;
    part.assert_ok().assert_nowhere("<html");
    assert_eq!(part.attributes("input[name=count]", "value"), ["3"]);
    assert_eq!(part.texts(".session").len(), 3);
}
