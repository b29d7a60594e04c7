-- Erasing an account (RGPD, article 17): asked for by its person, done fourteen days later. The rows that
-- counters and clinical notes need stay, and nothing is left that says whose they are.

ALTER TABLE users DROP CONSTRAINT users_status_check,
    ADD CONSTRAINT users_status_check CHECK (status IN ('pending', 'active', 'suspended', 'erased'));

-- No role erases an account with an UPDATE, nor gives a name back to one that is erased.
CREATE FUNCTION hz.erased_stays_erased() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'an account is erased at its person''s wish, and for good'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'users_erased';
END;
$$;
REVOKE ALL ON FUNCTION hz.erased_stays_erased() FROM PUBLIC;
CREATE TRIGGER erased_stays_erased BEFORE UPDATE ON users FOR EACH ROW
    WHEN ((OLD.status = 'erased' OR NEW.status = 'erased') AND current_user IN (
        'hz_visitor', 'hz_employee', 'hz_practitioner', 'hz_hr', 'hz_admin', 'hz_super_admin', 'hz_worker'))
    EXECUTE FUNCTION hz.erased_stays_erased();

-- What stands for a person who left no name: the same everywhere, and leading back to nobody.
CREATE FUNCTION hz.pseudonym(p_user uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN upper(left(encode(sha256(convert_to('huntzen/pseudonym:' || p_user::text, 'UTF8')), 'hex'), 4));
REVOKE ALL ON FUNCTION hz.pseudonym(uuid) FROM PUBLIC;

CREATE TABLE erasures (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    asked_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    reminded_at timestamptz,
    cancelled_at timestamptz,
    done_at timestamptz,
    CONSTRAINT erasures_grace CHECK (due_at = asked_at + interval '14 days'),
    CONSTRAINT erasures_outcome CHECK (cancelled_at IS NULL OR done_at IS NULL)
);
CREATE UNIQUE INDEX erasures_open ON erasures (user_id) WHERE cancelled_at IS NULL AND done_at IS NULL;
CREATE INDEX erasures_due ON erasures (due_at) WHERE cancelled_at IS NULL AND done_at IS NULL;
CALL hz.protect('erasures');
-- Nobody reads the table but the worker: the functions below answer each person about themselves alone.
GRANT SELECT, UPDATE (reminded_at) ON erasures TO hz_worker;
CREATE POLICY worker_reads ON erasures FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_reminds ON erasures FOR UPDATE TO hz_worker
    USING (cancelled_at IS NULL AND done_at IS NULL) WITH CHECK (true);

-- Why an account cannot be erased now; NULL when it can.
CREATE FUNCTION hz.erasure_obstacle(p_user uuid, p_now timestamptz) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_user public.users;
BEGIN
    SELECT * INTO v_user FROM public.users WHERE id = p_user;
    RETURN CASE
        -- Somebody must be able to take leavers' access away.
        WHEN v_user.role = 'hr' AND NOT EXISTS (SELECT FROM public.users u
            WHERE u.company_id = v_user.company_id AND u.role = 'hr' AND u.status = 'active' AND u.id <> p_user)
            THEN 'last_hr'
        WHEN v_user.role IN ('admin', 'super_admin') AND NOT EXISTS (SELECT FROM public.users u
            WHERE u.role = v_user.role AND u.status = 'active' AND u.id <> p_user)
            THEN 'last_admin'
        WHEN v_user.role = 'practitioner' AND EXISTS (SELECT FROM public.consultations c
            WHERE c.practitioner_id = p_user AND c.ends_at > p_now
              AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress'))
            THEN 'upcoming'
        -- The records of their patients are theirs to keep, by law.
        WHEN v_user.role = 'practitioner' AND EXISTS (SELECT FROM public.consultations c
            WHERE c.practitioner_id = p_user AND c.status NOT IN ('held', 'cancelled'))
            THEN 'records'
    END;
END;
$$;
REVOKE ALL ON FUNCTION hz.erasure_obstacle(uuid, timestamptz) FROM PUBLIC;

CREATE FUNCTION hz.own_erasure_obstacle(p_now timestamptz) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN hz.erasure_obstacle(hz.user_id(), p_now);
END;
$$;
REVOKE ALL ON FUNCTION hz.own_erasure_obstacle(timestamptz) FROM PUBLIC;

-- Until when one's own erasure can be taken back; NULL when none was asked for.
CREATE FUNCTION hz.own_erasure() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT e.due_at FROM public.erasures e
        WHERE e.user_id = hz.user_id() AND e.cancelled_at IS NULL AND e.done_at IS NULL);
END;
$$;
REVOKE ALL ON FUNCTION hz.own_erasure() FROM PUBLIC;

-- Asks for it, once: whether it was asked for just now.
CREATE FUNCTION hz.ask_erasure(p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.erasures (user_id, asked_at, due_at)
        SELECT u.id, p_now, p_now + interval '14 days' FROM public.users u
        WHERE u.id = hz.user_id() AND hz.erasure_obstacle(u.id, p_now) IS NULL
        ON CONFLICT (user_id) WHERE cancelled_at IS NULL AND done_at IS NULL DO NOTHING;
    RETURN FOUND;
END;
$$;
REVOKE ALL ON FUNCTION hz.ask_erasure(timestamptz) FROM PUBLIC;

-- Takes it back: whether there was anything to take back. Waits for an erasing under way.
CREATE FUNCTION hz.cancel_erasure(p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.erasures SET cancelled_at = p_now
        WHERE user_id = hz.user_id() AND cancelled_at IS NULL AND done_at IS NULL;
    RETURN FOUND;
END;
$$;
REVOKE ALL ON FUNCTION hz.cancel_erasure(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.own_erasure_obstacle(timestamptz), hz.own_erasure(), hz.ask_erasure(timestamptz),
    hz.cancel_erasure(timestamptz)
    TO hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin;

-- Takes a person out of everything. Done again, it finds nothing to do. Not granted to anybody: the two
-- functions below ask first whether it may.
CREATE FUNCTION hz.anonymise_account(p_user uuid, p_now timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_user public.users;
    v_met uuid[];
    v_held uuid[];
    v_keys uuid[];
BEGIN
    SELECT * INTO v_user FROM public.users WHERE id = p_user FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- What is offered or held goes back.
    DELETE FROM public.waitlist_offers WHERE employee_id = p_user;
    DELETE FROM public.waitlist_requests WHERE employee_id = p_user;
    v_held := array(SELECT c.id FROM public.consultations c WHERE c.employee_id = p_user AND c.status = 'held');
    DELETE FROM public.notices WHERE consultation_id = ANY (v_held);
    DELETE FROM public.data_keys WHERE scope IN ('consultation', 'chat') AND owner_id = ANY (v_held);
    DELETE FROM public.consultations WHERE id = ANY (v_held);
    -- What was to come is off, and the practitioner is told: that it is off, not why.
    WITH off AS (
        UPDATE public.consultations SET status = 'cancelled', cancelled_at = p_now
        WHERE employee_id = p_user AND status IN ('scheduled', 'confirmed') AND starts_at > p_now
        RETURNING id, company_id, practitioner_id, starts_at
    ), said AS (
        INSERT INTO public.consultation_events (consultation_id, company_id, kind, occurred_at)
        SELECT id, company_id, 'cancelled', p_now FROM off
    ), told AS (
        INSERT INTO public.notices (recipient_id, consultation_id, company_id, kind, starts_at, created_at)
        SELECT practitioner_id, id, company_id, 'cancelled', starts_at, p_now FROM off RETURNING id
    )
    INSERT INTO public.jobs (kind, payload, dedup_key, run_at)
    SELECT 'notifications.mail', jsonb_build_object('notice_id', id), 'notifications.mail:' || id || ':0', p_now FROM told;
    -- Words: theirs, and those that were written to them.
    v_met := array(SELECT c.id FROM public.consultations c WHERE c.employee_id = p_user);
    DELETE FROM public.chat_attachments WHERE consultation_id = ANY (v_met);
    DELETE FROM public.chat_messages WHERE consultation_id = ANY (v_met);
    DELETE FROM public.chat_reads WHERE consultation_id = ANY (v_met);
    DELETE FROM public.chat_threads WHERE consultation_id = ANY (v_met);
    UPDATE public.consultations SET message_sealed = NULL WHERE id = ANY (v_met) AND message_sealed IS NOT NULL;
    UPDATE public.consultation_events SET reason_sealed = NULL
        WHERE consultation_id = ANY (v_met) AND reason_sealed IS NOT NULL;
    v_keys := v_met || p_user
        || array(SELECT s.id FROM public.journal_shares s WHERE s.employee_id = p_user)
        || array(SELECT e.id FROM public.data_exports e WHERE e.user_id = p_user)
        || array(SELECT r.id FROM public.practitioner_reviews r WHERE r.consultation_id = ANY (v_met) AND r.status = 'pending');
    DELETE FROM public.journal_shares WHERE employee_id = p_user;
    DELETE FROM public.journal_entries WHERE employee_id = p_user;
    -- Stars stay in the mean, words go. A problem that was reported stays with the moderation until it is
    -- closed, for the sake of other patients.
    DELETE FROM public.practitioner_reviews WHERE consultation_id = ANY (v_met) AND status = 'pending';
    UPDATE public.practitioner_reviews SET comment = NULL WHERE consultation_id = ANY (v_met) AND comment IS NOT NULL;
    DELETE FROM public.data_export_parts WHERE user_id = p_user;
    DELETE FROM public.data_exports WHERE user_id = p_user;
    DELETE FROM public.data_keys
        WHERE scope IN ('consultation', 'chat', 'journal', 'journal_share', 'data_export', 'moderation')
          AND owner_id = ANY (v_keys);
    -- What served the account.
    DELETE FROM public.presences WHERE person_id = p_user AND v_user.role = 'employee';
    DELETE FROM public.call_signals WHERE sender_id = p_user;
    DELETE FROM public.data_accesses WHERE subject_id = p_user;
    DELETE FROM public.notices WHERE recipient_id = p_user;
    DELETE FROM public.notification_preferences WHERE user_id = p_user;
    DELETE FROM public.personal_addresses WHERE user_id = p_user;
    DELETE FROM public.calendar_feeds WHERE user_id = p_user;
    DELETE FROM public.sessions WHERE user_id = p_user;
    DELETE FROM public.password_resets WHERE user_id = p_user;
    DELETE FROM public.invitations WHERE user_id = p_user;
    DELETE FROM public.credentials WHERE user_id = p_user;
    DELETE FROM public.employee_import_rows WHERE email = v_user.email;
    DELETE FROM public.availability_windows WHERE practitioner_id = p_user;
    DELETE FROM public.availability_exceptions WHERE practitioner_id = p_user;
    UPDATE public.practitioners SET title = '', professional_id = NULL, sub_specialties = '{}', bio = '', education = '',
        diplomas = '{}', city = NULL, experience_years = NULL, gender = NULL, presentation_video_url = NULL,
        portrait_id = NULL, offers_video = true, offers_in_person = false, in_person_address = NULL,
        main_place_id = NULL, accepting_new_clients = false, verification = 'rejected'
        WHERE user_id = p_user;
    DELETE FROM public.portraits WHERE practitioner_id = p_user;
    DELETE FROM public.place_practitioners WHERE practitioner_id = p_user OR owner_id = p_user;
    UPDATE public.places SET name = '–', address = '–', directions = '', share_code = NULL,
        removed_at = coalesce(removed_at, p_now) WHERE practitioner_id = p_user;
    UPDATE public.security_events SET user_id = NULL, ip_key = NULL WHERE user_id = p_user;
    UPDATE public.employees SET department = NULL, position = NULL WHERE user_id = p_user;
    IF v_user.status <> 'erased' THEN
        UPDATE public.users SET status = 'erased', email = 'erased-' || p_user || '@erased.invalid',
            first_name = 'Anonyme', last_name = hz.pseudonym(p_user), locale = 'fr', theme = 'system',
            timezone = 'Europe/Paris', email_verified_at = NULL, last_login_at = NULL
            WHERE id = p_user;
        INSERT INTO public.audit_logs (actor_role, action, entity, entity_id, company_id, created_at)
            VALUES ('system', 'ACCOUNT_ERASED', 'user', p_user, v_user.company_id, p_now);
    END IF;
    -- The ledger says it too: an older backup brings the person back, and the replay takes them out again.
    PERFORM pg_advisory_xact_lock(hashtext('huntzen.keys.ledger'));
    INSERT INTO public.destroyed_keys (position, key_id, subject, reason, destroyed_at)
        SELECT coalesce((SELECT max(d.position) FROM public.destroyed_keys d), 0) + 1, gen_random_uuid(),
               hz.key_subject('account', p_user), 'erased', now()
        WHERE NOT EXISTS (SELECT FROM public.destroyed_keys d
            WHERE d.reason = 'erased' AND d.subject = hz.key_subject('account', p_user));
END;
$$;
REVOKE ALL ON FUNCTION hz.anonymise_account(uuid, timestamptz) FROM PUBLIC;

ALTER TABLE destroyed_keys DROP CONSTRAINT destroyed_keys_reason_check,
    ADD CONSTRAINT destroyed_keys_reason_check CHECK (reason IN ('destroyed', 'superseded', 'erased'));
CREATE INDEX destroyed_keys_accounts ON destroyed_keys (subject) WHERE reason = 'erased';

-- Erases an account whose time has come and whose person did not change their mind: whether it is done.
-- Somebody in a consultation, or who may not go yet, is asked about again later.
CREATE FUNCTION hz.erase_account(p_user uuid, p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_erasure uuid;
BEGIN
    SELECT e.id INTO v_erasure FROM public.erasures e
        WHERE e.user_id = p_user AND e.cancelled_at IS NULL AND e.done_at IS NULL AND e.due_at <= p_now
        FOR UPDATE;
    IF NOT FOUND OR hz.erasure_obstacle(p_user, p_now) IS NOT NULL OR EXISTS (
        SELECT FROM public.consultations c WHERE c.employee_id = p_user AND c.status = 'in_progress') THEN
        RETURN false;
    END IF;
    PERFORM hz.anonymise_account(p_user, p_now);
    UPDATE public.erasures SET done_at = p_now WHERE id = v_erasure;
    RETURN true;
END;
$$;
REVOKE ALL ON FUNCTION hz.erase_account(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.erase_account(uuid, timestamptz) TO hz_worker;

-- After a restore: the accounts that the ledger says are erased and that are back. How many there were.
CREATE FUNCTION hz.erase_again() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_back uuid[] := array(
        SELECT u.id FROM public.users u
        JOIN public.destroyed_keys d ON d.reason = 'erased' AND d.subject = hz.key_subject('account', u.id)
        WHERE u.status <> 'erased');
    v_user uuid;
BEGIN
    FOREACH v_user IN ARRAY v_back LOOP
        PERFORM hz.anonymise_account(v_user, now());
        UPDATE public.erasures SET done_at = now() WHERE user_id = v_user AND cancelled_at IS NULL AND done_at IS NULL;
    END LOOP;
    RETURN cardinality(v_back);
END;
$$;
REVOKE ALL ON FUNCTION hz.erase_again() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.erase_again() TO hz_keys;
