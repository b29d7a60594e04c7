-- Which mails a member of HR does not want. No row: all of them.
CREATE TABLE hr_preferences (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    muted_mail text[] NOT NULL CHECK (muted_mail <@ ARRAY['team', 'domains'])
);
CALL hz.protect('hr_preferences');
GRANT SELECT, INSERT, UPDATE (muted_mail) ON hr_preferences TO hz_hr;
GRANT SELECT ON hr_preferences TO hz_worker;
CREATE POLICY own ON hr_preferences TO hz_hr
    USING (user_id = (SELECT hz.user_id())) WITH CHECK (user_id = (SELECT hz.user_id()));
CREATE POLICY worker_reads ON hr_preferences FOR SELECT TO hz_worker USING (true);

-- They go with the account's erasure.
CREATE FUNCTION hz.forget_hr_preferences() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    DELETE FROM public.hr_preferences WHERE user_id = NEW.id;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_hr_preferences() FROM PUBLIC;
CREATE TRIGGER forget_hr_preferences AFTER UPDATE OF status ON users
    FOR EACH ROW WHEN (NEW.status = 'erased') EXECUTE FUNCTION hz.forget_hr_preferences();
