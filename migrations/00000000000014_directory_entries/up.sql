-- What a search filters, counts and sorts by: a narrow row for each practitioner who can be found.
-- The directory is the same for every company; most of a practitioner's row (biography, settings) is
-- of no use to a search until its page of 20 is chosen, and of the account only the name ever is.
CREATE TABLE directory_entries (
    practitioner_id uuid PRIMARY KEY REFERENCES practitioners ON DELETE CASCADE,
    specialty text NOT NULL,
    languages text[] NOT NULL,
    offers_video boolean NOT NULL,
    offers_audio boolean NOT NULL,
    offers_in_person boolean NOT NULL,
    gender text,
    accepting_new_clients boolean NOT NULL,
    experience_years integer,
    average_rating double precision,
    review_count integer NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    -- When they are next free for somebody without appointments: written every minute by a job; null
    -- without a free hour within the horizon. What a page then offers is computed at that moment.
    next_start timestamptz
);
CALL hz.protect('directory_entries');
GRANT SELECT ON directory_entries TO hz_employee;
GRANT SELECT (practitioner_id, next_start), UPDATE (next_start) ON directory_entries TO hz_worker;
CREATE POLICY employee_directory ON directory_entries FOR SELECT TO hz_employee USING (true);
CREATE POLICY worker_openings ON directory_entries FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_writes_openings ON directory_entries FOR UPDATE TO hz_worker USING (true) WITH CHECK (true);

-- Writes the entry of one practitioner anew: there while the profile is verified and the account
-- active, away otherwise.
CREATE FUNCTION hz.write_directory_entry(p_practitioner uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.directory_entries AS d (
        practitioner_id, specialty, languages, offers_video, offers_audio, offers_in_person, gender,
        accepting_new_clients, experience_years, average_rating, review_count, first_name, last_name)
    SELECT p.user_id, p.specialty, p.languages, p.offers_video, p.offers_audio, p.offers_in_person, p.gender,
           p.accepting_new_clients, p.experience_years, p.average_rating, p.review_count,
           u.first_name, u.last_name
    FROM public.practitioners p JOIN public.users u ON u.id = p.user_id
    WHERE p.user_id = p_practitioner AND p.verification = 'verified' AND u.status = 'active'
    ON CONFLICT (practitioner_id) DO UPDATE SET
        specialty = EXCLUDED.specialty, languages = EXCLUDED.languages, offers_video = EXCLUDED.offers_video,
        offers_audio = EXCLUDED.offers_audio, offers_in_person = EXCLUDED.offers_in_person,
        gender = EXCLUDED.gender, accepting_new_clients = EXCLUDED.accepting_new_clients,
        experience_years = EXCLUDED.experience_years, average_rating = EXCLUDED.average_rating,
        review_count = EXCLUDED.review_count, first_name = EXCLUDED.first_name, last_name = EXCLUDED.last_name;
    IF NOT FOUND THEN
        DELETE FROM public.directory_entries WHERE practitioner_id = p_practitioner;
    END IF;
END;
$$;
REVOKE ALL ON FUNCTION hz.write_directory_entry(uuid) FROM PUBLIC;

CREATE FUNCTION hz.practitioner_directory_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM hz.write_directory_entry(NEW.user_id);
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.practitioner_directory_entry() FROM PUBLIC;
CREATE TRIGGER practitioner_directory_entry AFTER INSERT OR UPDATE ON practitioners
    FOR EACH ROW EXECUTE FUNCTION hz.practitioner_directory_entry();

CREATE FUNCTION hz.account_directory_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM hz.write_directory_entry(NEW.id);
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.account_directory_entry() FROM PUBLIC;
CREATE TRIGGER account_directory_entry AFTER UPDATE OF status, first_name, last_name, role ON users
    FOR EACH ROW WHEN (NEW.role = 'practitioner' OR OLD.role = 'practitioner')
    EXECUTE FUNCTION hz.account_directory_entry();

SELECT hz.write_directory_entry(user_id) FROM practitioners;
UPDATE directory_entries d SET next_start = o.next_start
FROM practitioner_openings o WHERE o.practitioner_id = d.practitioner_id;

-- Nothing refers to it and its content is written anew every minute.
DROP TABLE practitioner_openings;
