DELETE FROM notices WHERE news_id IS NOT NULL;
UPDATE notification_preferences SET muted_in_app = array_remove(muted_in_app, 'company_news'),
    muted_mail = array_remove(muted_mail, 'company_news');
DO $$
DECLARE
    v_kinds text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conname = 'notices_kind_check' AND conrelid = 'notices'::regclass);
    v_muted text;
BEGIN
    EXECUTE 'ALTER TABLE notices DROP CONSTRAINT notices_kind_check, ADD CONSTRAINT notices_kind_check '
        || replace(v_kinds, ', ''company_news''::text', '');
    FOREACH v_muted IN ARRAY ARRAY['notification_preferences_muted_in_app_check', 'notification_preferences_muted_mail_check'] LOOP
        EXECUTE format('ALTER TABLE notification_preferences DROP CONSTRAINT %I, ADD CONSTRAINT %I ', v_muted, v_muted)
            || replace((SELECT pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conname = v_muted AND conrelid = 'notification_preferences'::regclass),
                ', ''company_news''::text', '');
    END LOOP;
END;
$$;
DROP INDEX notices_news;
ALTER TABLE notices
    DROP CONSTRAINT notices_about,
    DROP COLUMN news_id,
    ALTER COLUMN consultation_id SET NOT NULL;
DROP POLICY worker_addresses ON employees;
REVOKE SELECT (user_id, company_id, department) ON employees FROM hz_worker;
DROP TRIGGER forget_news_readings ON users;
DROP FUNCTION hz.forget_news_readings();
DROP FUNCTION hz.count_news_readers(timestamptz);
DROP TABLE news_reach;
DROP TABLE news_readings;
DROP TABLE news_pictures;
DROP TABLE news_posts;
DROP FUNCTION hz.news_states();
