//! Whose the readings are, and what no role can do.

use super::{World, id_of};

#[tokio::test]
async fn hr_has_no_way_to_who_read_what() {
    let world = World::start().await;
    let path = world.drafts("Lue", &[]).await;
    world.publishes(&path).await;
    let here = "/employee/news/lue/reading";
    world.reader.post(here, &[]).await.assert_status(303);
    assert_eq!(world.app.count("SELECT count(*) FROM news_readings"), 1);
    let rights = "SELECT count(*) FROM pg_roles r
         WHERE r.rolname IN ('hz_hr', 'hz_admin', 'hz_super_admin', 'hz_practitioner', 'hz_visitor')
           AND (has_any_column_privilege(r.oid, 'public.news_readings', 'SELECT, INSERT, UPDATE')
                OR has_table_privilege(r.oid, 'public.news_readings', 'DELETE'))";
    assert_eq!(world.app.count(rights), 0);
    // Not the worker either: it counts through a function that answers how many posts it counted.
    let worker = "SELECT has_any_column_privilege('hz_worker', 'public.news_readings', 'SELECT, INSERT, UPDATE')::int";
    assert_eq!(world.app.count(worker), 0);
    for page in ["/rh/news", path.as_str()] {
        world
            .office
            .get(page)
            .await
            .assert_ok()
            .assert_nowhere(&world.employee.id.to_string())
            .assert_nowhere(&world.employee.last_name);
    }
    // A colleague sees their own alone.
    let colleague = world.app.employee_of(&world.company);
    let theirs = world.app.client().signed_in_as(&colleague);
    theirs
        .get("/employee/news/lue")
        .await
        .assert_text("J’ai lu");
}

#[tokio::test]
async fn hr_of_another_company_finds_nothing() {
    let world = World::start().await;
    let path = world.drafts("Interne", &[]).await;
    let rival = world.app.hr_of(&world.app.company("Rivale"));
    let rival = world.app.client().signed_in_as(&rival);
    for page in ["", "/edit", "/deletion", "/picture"] {
        rival.get(&format!("{path}{page}")).await.assert_status(404);
    }
    for step in [
        "",
        "/publication",
        "/withdrawal",
        "/archiving",
        "/restoration",
        "/deletion",
        "/picture/removal",
    ] {
        let fields = [("title", "Volé"), ("audience", "all"), ("revision", "1")];
        rival
            .post(&format!("{path}{step}"), &fields)
            .await
            .assert_status(404);
    }
    rival
        .get("/rh/news")
        .await
        .assert_ok()
        .assert_nowhere("Interne");
    assert_eq!(
        world
            .app
            .text("SELECT concat(title, ' ', status) FROM news_posts")
            .as_deref(),
        Some("Interne draft")
    );
}

#[tokio::test]
async fn the_database_itself_keeps_companies_apart() {
    let world = World::start().await;
    let other = world.app.company("Rivale");
    let foreign = world.app.news(&other, "Chez eux", "published");
    let before = world
        .app
        .text("SELECT string_agg(p::text, ',') FROM news_posts p");
    world.app.sql(&format!(
        "BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.user_id = '{}'; SET LOCAL hz.company_id = '{}';
         UPDATE news_posts SET title = 'Volé' WHERE id = '{foreign}';
         DELETE FROM news_posts WHERE id = '{foreign}';
         DELETE FROM news_pictures WHERE post_id = '{foreign}';
         COMMIT",
        world.hr.id, world.company.id
    ));
    assert_eq!(
        world
            .app
            .text("SELECT string_agg(p::text, ',') FROM news_posts p"),
        before
    );
    assert_eq!(world.app.count("SELECT count(*) FROM news_pictures"), 1);
    world.app.sql(&format!(
        "BEGIN; SET LOCAL ROLE hz_hr; SET LOCAL hz.company_id = '{}'",
        world.company.id
    ));
    let refused = world.app.refuses(&format!(
        "INSERT INTO news_posts (company_id, client_id, slug, title, body, created_at, changed_at)
         VALUES ('{}', gen_random_uuid(), 'x', 'X', '', now(), now())",
        other.id
    ));
    assert!(refused.contains("row-level security"), "{refused}");
    world.app.sql("ROLLBACK");
}

#[tokio::test]
async fn what_is_sent_is_made_harmless_and_what_is_kept_is_again() {
    let world = World::start().await;
    let hostile =
        "<div onclick=alert(1)>Mots<script>alert(1)</script><img src=x onerror=alert(1)></div>";
    let path = world
        .drafts("<script>alert(1)</script>", &[("html", hostile)])
        .await;
    world.publishes(&path).await;
    let post = id_of(&path);
    let kept = world
        .app
        .text("SELECT body FROM news_posts")
        .expect("a body");
    assert_eq!(kept, "<div>Mots</div>");
    // Somebody writes past the sanitiser.
    world.app.sql(&format!(
        "UPDATE news_posts SET body = '<div>Mots<script>alert(2)</script></div>' WHERE id = '{post}'"
    ));
    for page in [
        world.office.get(&path).await,
        world.office.get("/rh/news").await,
        world.reader.get("/employee/news").await,
        world.reader.get("/employee").await,
        world
            .reader
            .get("/employee/news/script-alert-1-script")
            .await,
    ] {
        page.assert_ok()
            .assert_text("<script>alert(1)</script>")
            .assert_nowhere("<script>alert")
            .assert_nowhere("onclick");
    }
}

#[tokio::test]
async fn an_erased_account_has_read_nothing() {
    let world = World::start().await;
    let path = world.drafts("Lue", &[]).await;
    world.publishes(&path).await;
    world
        .reader
        .post("/employee/news/lue/reading", &[])
        .await
        .assert_status(303);
    world.app.sql(&format!(
        "SELECT hz.anonymise_account('{}', now())",
        world.employee.id
    ));
    assert_eq!(world.app.count("SELECT count(*) FROM news_readings"), 0);
    assert_eq!(world.notices(), 0);
}
