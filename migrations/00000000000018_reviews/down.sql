DROP POLICY moderation_destroys ON data_keys;
DROP POLICY moderation_keys ON data_keys;
REVOKE SELECT (id, scope, owner_id, version, kek, wrapped), DELETE ON data_keys FROM hz_admin;
DROP POLICY reviewer_creates ON data_keys;
DROP POLICY reviewer_keys ON data_keys;
DROP POLICY author_creates ON data_keys;
DROP POLICY author_keys ON data_keys;
DELETE FROM data_keys WHERE scope = 'moderation';
DROP TABLE problem_reports;

DROP POLICY admin_moderates ON practitioner_reviews;
DROP POLICY admin_reads ON practitioner_reviews;
REVOKE SELECT (id, practitioner_id, rating, comment, comment_sealed, status, refusal, created_at, decided_at, published_at),
    UPDATE (status, comment, comment_sealed, refusal, decided_at, decided_by, published_at)
    ON practitioner_reviews FROM hz_admin;
DROP POLICY practitioner_reads ON practitioner_reviews;
REVOKE SELECT (id, practitioner_id, rating, comment, status, published_at) ON practitioner_reviews FROM hz_practitioner;
DROP POLICY author_writes ON practitioner_reviews;
DROP POLICY author_reviews ON practitioner_reviews;
DROP POLICY author_reads ON practitioner_reviews;
REVOKE SELECT (refusal, created_at), INSERT (id, consultation_id, practitioner_id, rating, created_at),
    UPDATE (comment_sealed) ON practitioner_reviews FROM hz_employee;
DROP FUNCTION hz.review_of(uuid);
DROP INDEX practitioner_reviews_pending;
ALTER TABLE practitioner_reviews
    DROP CONSTRAINT practitioner_reviews_refused,
    DROP CONSTRAINT practitioner_reviews_sealed,
    DROP COLUMN refusal,
    DROP COLUMN decided_by,
    DROP COLUMN decided_at,
    DROP COLUMN comment_sealed;
ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check CHECK (scope IN ('consultation'));
