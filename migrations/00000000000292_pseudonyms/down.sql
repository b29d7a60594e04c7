DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('hz.anonymise_account(uuid, timestamptz)'::regprocedure),
                    'first_name = ''Anon.''', 'first_name = ''Anonyme''');
END;
$$;
UPDATE users SET first_name = 'Anonyme' WHERE status = 'erased' AND first_name = 'Anon.';
