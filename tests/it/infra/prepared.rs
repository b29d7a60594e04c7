//! Statements by hand are prepared once per connection, whether they read or write.

use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{BigInt, Text},
};
use huntzen::infra::{actor::Worker, error::AppError, prepared::prepared};

use crate::support::TestApp;

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = BigInt)]
    kept: i64,
}

#[tokio::test]
async fn a_statement_is_parsed_once_per_connection() {
    let app = TestApp::start().await;
    let kept = Worker::door(&app.shared)
        .write(|tx| {
            for _ in 0..3 {
                prepared("UPDATE jobs SET kind = kind WHERE kind = $1")
                    .bind::<Text, _>("nothing")
                    .execute(tx.conn())?;
                prepared("SELECT count(*) AS kept FROM jobs WHERE kind = $1")
                    .bind::<Text, _>("nothing")
                    .get_result::<Kept>(tx.conn())?;
            }
            let row: Kept = sql_query(
                "SELECT count(*) AS kept FROM pg_prepared_statements
                 WHERE statement LIKE 'UPDATE jobs SET kind = kind%' OR statement LIKE 'SELECT count(*) AS kept FROM jobs%'",
            )
            .get_result(tx.conn())?;
            Ok::<_, AppError>(row.kept)
        })
        .await
        .expect("the statements");
    assert_eq!(kept, 2);
}
