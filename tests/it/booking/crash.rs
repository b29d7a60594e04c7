//! The server is killed while people book: what was answered is booked, nothing is booked by half.

use std::{cell::Cell, process::Command};

use diesel::connection::SimpleConnection as _;
use futures_util::future::join_all;
use huntzen::infra::{
    clock::Clock,
    config::{CARE_LOGIN, OFFICE_LOGIN},
};

use crate::support::{
    TestApp,
    actors::Practitioner,
    app::Setup,
    client::Client,
    cluster::Cluster,
    page::Page,
    process::{PAUSE, Server},
};

struct World {
    app: TestApp,
    server: Server,
    clients: Vec<Client>,
    practitioners: Vec<Practitioner>,
}

impl World {
    async fn start(people: usize) -> Self {
        let app = TestApp::start_with(Setup {
            // The process has no other.
            clock: Clock::system(),
            ..Setup::default()
        })
        .await;
        let company = app.company("TechCorp");
        let server = Server::start(&app).await;
        let clients = (0..people)
            .map(|_| {
                let employee = app.employee_of(&company);
                app.client().signed_in_as(&employee).at(server.address)
            })
            .collect();
        let practitioners = (0..people.div_ceil(8))
            .map(|_| app.practitioner())
            .collect();
        Self {
            app,
            server,
            clients,
            practitioners,
        }
    }

    /// Each person keeps a slot of its own: where each is confirmed.
    async fn everybody_keeps_a_slot(&self) -> Vec<String> {
        let mut starts = Vec::new();
        for practitioner in &self.practitioners {
            let path = format!("/employee/booking/{}", practitioner.id);
            let page = self.clients[0].get(&path).await;
            let offered = page.attributes(".slot-days button", "value");
            let theirs = offered.into_iter().take(8);
            starts.extend(theirs.map(|start| (format!("{path}/holds"), start)));
        }
        assert!(starts.len() >= self.clients.len());
        let choices = self
            .clients
            .iter()
            .zip(&starts)
            .map(|(client, (path, start))| async move {
                let kept = client.post(path, &[("start", start)]).await;
                kept.assert_status(303);
                kept.location().to_owned()
            });
        join_all(choices).await
    }

    /// Everybody confirms at once; `None` where the server did not live to answer.
    async fn everybody_confirms(
        &self,
        holds: &[String],
        answered: &Cell<usize>,
    ) -> Vec<Option<Page>> {
        let clicks = self
            .clients
            .iter()
            .zip(holds)
            .map(|(client, hold)| async move {
                let path = format!("{hold}/confirmation");
                let answer = client.try_post(&path, &[("format", "video")]).await;
                answered.set(answered.get() + usize::from(answer.is_some()));
                answer
            });
        join_all(clicks).await
    }

    /// Waits until a query as the owner answers at least so much.
    async fn waits_for(&self, query: &str, least: i64) {
        while self.app.count(query) < least {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until PostgreSQL has noticed that the server is gone.
    async fn is_forgotten(&self) {
        let left = format!(
            "SELECT (count(*) = 0)::integer FROM pg_stat_activity
             WHERE datname = current_database() AND usename IN ('{CARE_LOGIN}', '{OFFICE_LOGIN}')
               AND (state <> 'idle' OR backend_xid IS NOT NULL)"
        );
        self.waits_for(&left, 1).await;
    }

    /// An appointment has its event, and a notice and a mail for each of the two; a held slot has nothing.
    /// The hour may be one of reminders, which are left aside, or one at which mails wait for the morning,
    /// as jobs of their own.
    fn is_whole(&self) {
        let halves = self.app.text(
            "SELECT string_agg(concat_ws(' ', c.status, c.expires_at, e.events, n.notices, n.mails), '; ')
             FROM consultations c,
                  LATERAL (SELECT count(*) AS events FROM consultation_events e WHERE e.consultation_id = c.id) e,
                  LATERAL (SELECT count(*) AS notices, count(j.id) AS mails
                           FROM notices n LEFT JOIN jobs j
                           ON split_part(j.dedup_key, ':', 2) = n.id::text AND split_part(j.dedup_key, ':', 3) = '0'
                           WHERE n.consultation_id = c.id AND n.kind = 'booked') n
             WHERE (c.status = 'held', c.expires_at IS NOT NULL, e.events, n.notices, n.mails)
                   NOT IN ((true, true, 0, 0, 0), (false, false, 1, 2, 2))",
        );
        assert_eq!(halves, None, "half booked");
        let strays = self.app.count(
            "SELECT count(*) FROM jobs j WHERE j.kind = 'notifications.mail'
             AND NOT EXISTS (SELECT FROM notices n WHERE n.id::text = split_part(j.dedup_key, ':', 2))",
        );
        assert_eq!(strays, 0);
    }

    fn booked(&self) -> i64 {
        self.app
            .count("SELECT count(*) FROM consultations WHERE status = 'scheduled'")
    }

    /// Everybody confirms again, on a new server: each has one appointment in the end.
    async fn goes_on(&mut self, holds: &[String]) {
        self.server = Server::start(&self.app).await;
        let address = self.server.address;
        self.clients = std::mem::take(&mut self.clients)
            .into_iter()
            .map(|client| client.at(address))
            .collect();
        let answers = self.everybody_confirms(holds, &Cell::new(0)).await;
        for answer in answers {
            answer.expect("an answer").assert_status(303);
        }
        self.is_whole();
        assert_eq!(usize::try_from(self.booked()), Ok(holds.len()));
    }
}

#[tokio::test]
async fn a_server_killed_among_bookings_leaves_none_by_half() {
    let mut world = World::start(24).await;
    let holds = world.everybody_keeps_a_slot().await;
    world.is_whole();
    let answered = Cell::new(0);
    let pid = world.server.process.id().to_string();
    let killed = async {
        while answered.get() < 5 {
            tokio::task::yield_now().await;
        }
        Command::new("kill")
            .args(["-9", &pid])
            .status()
            .expect("kill");
    };
    let (answers, ()) = tokio::join!(world.everybody_confirms(&holds, &answered), killed);
    world.server.kill();
    world.is_forgotten().await;
    world.is_whole();
    // Whatever was answered is there.
    for answer in answers.iter().flatten() {
        answer.assert_status(303);
        let id = answer.location().rsplit('/').next().expect("an id");
        assert_eq!(
            world.app.text(&format!(
                "SELECT status FROM consultations WHERE id = '{id}'"
            )),
            Some("scheduled".to_owned())
        );
    }
    world.goes_on(&holds).await;
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_transactions_leaves_nothing_of_them() {
    let mut world = World::start(16).await;
    let holds = world.everybody_keeps_a_slot().await;
    // The appointments and their events are written when the transactions reach the outbox, and wait.
    let mut gate = Cluster::shared().connect(&world.app.database);
    gate.batch_execute("BEGIN; LOCK TABLE jobs IN EXCLUSIVE MODE")
        .expect("the outbox is locked");
    let answered = Cell::new(0);
    let pid = world.server.process.id().to_string();
    let killed = async {
        let waiting = format!(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND usename = '{CARE_LOGIN}' AND wait_event_type = 'Lock'
               AND query LIKE '%INSERT INTO notices%'"
        );
        world.waits_for(&waiting, 4).await;
        Command::new("kill")
            .args(["-9", &pid])
            .status()
            .expect("kill");
    };
    let (answers, ()) = tokio::join!(world.everybody_confirms(&holds, &answered), killed);
    assert!(answers.iter().all(Option::is_none), "{answers:?}");
    world.server.kill();
    gate.batch_execute("ROLLBACK").expect("the outbox is open");
    world.is_forgotten().await;
    world.is_whole();
    assert_eq!(world.booked(), 0);
    world.goes_on(&holds).await;
}
