-- The name of who left no name is read in every language: the same four characters, after a word that French and
-- English shorten alike.
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('hz.anonymise_account(uuid, timestamptz)'::regprocedure),
                    'first_name = ''Anonyme''', 'first_name = ''Anon.''');
END;
$$;
UPDATE users SET first_name = 'Anon.' WHERE status = 'erased' AND first_name = 'Anonyme';
