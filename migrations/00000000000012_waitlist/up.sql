-- The waiting list: who would like an earlier slot, which slots were given back, whom they are offered to.

CREATE TABLE waitlist_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL,
    employee_id uuid NOT NULL,
    -- With this practitioner; or with anybody of this profession who speaks this language.
    practitioner_id uuid REFERENCES practitioners ON DELETE RESTRICT,
    specialty text,
    language text CHECK (language ~ '^[a-z]{2}$'),
    -- When it suits, on the employee's clock. ISO: 1 = Monday .. 7 = Sunday.
    weekdays smallint[] NOT NULL CHECK (cardinality(weekdays) > 0 AND weekdays <@ '{1,2,3,4,5,6,7}'),
    from_time time,
    until_time time,
    -- The last day that is early enough.
    last_day date,
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'fulfilled', 'withdrawn')),
    created_at timestamptz NOT NULL,
    -- The place in the line; an offer left unanswered goes to its end.
    queued_at timestamptz NOT NULL,
    FOREIGN KEY (employee_id, company_id) REFERENCES employees (user_id, company_id) ON DELETE RESTRICT,
    CONSTRAINT waitlist_requests_hours CHECK (from_time < until_time),
    CONSTRAINT waitlist_requests_whom CHECK (practitioner_id IS NULL OR (specialty IS NULL AND language IS NULL))
);
CREATE UNIQUE INDEX waitlist_requests_once ON waitlist_requests (employee_id, practitioner_id)
    WHERE status = 'waiting' AND practitioner_id IS NOT NULL;
CREATE INDEX waitlist_requests_line ON waitlist_requests (practitioner_id, queued_at) WHERE status = 'waiting';
CREATE INDEX waitlist_requests_employee ON waitlist_requests (employee_id, created_at DESC);

CREATE TABLE waitlist_offers (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL REFERENCES waitlist_requests ON DELETE RESTRICT,
    company_id uuid NOT NULL,
    employee_id uuid NOT NULL,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    starts_at timestamptz NOT NULL,
    -- The slot, held for this person alone; absent once the offer came to nothing.
    consultation_id uuid UNIQUE REFERENCES consultations ON DELETE SET NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'declined', 'expired')),
    offered_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (employee_id, company_id) REFERENCES employees (user_id, company_id) ON DELETE RESTRICT,
    -- Nobody is asked twice about the same slot for the same request.
    CONSTRAINT waitlist_offers_once UNIQUE (request_id, practitioner_id, starts_at)
);
-- One question at a time.
CREATE UNIQUE INDEX waitlist_offers_pending ON waitlist_offers (employee_id) WHERE status = 'pending';
CREATE INDEX waitlist_offers_over ON waitlist_offers (expires_at) WHERE status = 'pending';
CREATE INDEX waitlist_offers_slot ON waitlist_offers (practitioner_id, starts_at);

-- A slot that somebody gave back and that somebody may be waiting for. Until the line was asked, or for
-- two minutes if nobody asks it, nobody else can book it.
CREATE TABLE freed_slots (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL,
    -- Who gave it back: not the one to offer it to.
    freed_by uuid NOT NULL,
    freed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz
);
CREATE INDEX freed_slots_open ON freed_slots (practitioner_id, starts_at) INCLUDE (blocked_until, freed_at)
    WHERE settled_at IS NULL;
CREATE INDEX freed_slots_age ON freed_slots (freed_at);

CALL hz.protect('waitlist_requests');
CALL hz.protect('waitlist_offers');
CALL hz.protect('freed_slots');

-- Every way to give a slot back leads here: cancelled, moved, released, an offer that came to nothing.
CREATE FUNCTION hz.slot_freed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.freed_slots (practitioner_id, starts_at, ends_at, blocked_until, freed_by)
    SELECT p.user_id, OLD.starts_at, OLD.ends_at, OLD.blocked_until, OLD.employee_id
    FROM public.practitioners p
    WHERE p.user_id = OLD.practitioner_id AND EXISTS (
        SELECT FROM public.waitlist_requests r
        WHERE r.status = 'waiting' AND (r.practitioner_id = p.user_id OR (r.practitioner_id IS NULL
            AND (r.specialty IS NULL OR r.specialty = p.specialty)
            AND (r.language IS NULL OR r.language = ANY (p.languages)))));
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.slot_freed() FROM PUBLIC;
CREATE TRIGGER slot_left AFTER UPDATE OF status, starts_at ON consultations
    FOR EACH ROW WHEN (OLD.status IN ('scheduled', 'confirmed')
        AND (NEW.status = 'cancelled' OR NEW.starts_at <> OLD.starts_at))
    EXECUTE FUNCTION hz.slot_freed();
CREATE TRIGGER slot_not_taken AFTER DELETE ON consultations
    FOR EACH ROW WHEN (OLD.status = 'held' AND OLD.offered) EXECUTE FUNCTION hz.slot_freed();

-- Whoever confirms an offered slot has accepted the offer, and waits no longer.
CREATE FUNCTION hz.offer_accepted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    WITH accepted AS (
        UPDATE public.waitlist_offers SET status = 'accepted'
        WHERE consultation_id = NEW.id AND status = 'pending' RETURNING request_id)
    UPDATE public.waitlist_requests r SET status = 'fulfilled'
        FROM accepted WHERE r.id = accepted.request_id AND r.status = 'waiting';
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.offer_accepted() FROM PUBLIC;
CREATE TRIGGER offer_accepted AFTER UPDATE OF status ON consultations
    FOR EACH ROW WHEN (OLD.status = 'held' AND OLD.offered AND NEW.status IN ('scheduled', 'confirmed'))
    EXECUTE FUNCTION hz.offer_accepted();

-- Ends an offer that was not accepted: declined by its person, or over by the caller's clock. The slot
-- goes on to the next; the notice of it goes, because it is no longer true. Waits for an acceptance
-- that is under way, and answers false when there is nothing to end.
CREATE FUNCTION hz.end_offer(p_offer uuid, p_now timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_me uuid := hz.user_id();
    v_offer public.waitlist_offers;
    v_held boolean;
BEGIN
    SELECT * INTO v_offer FROM public.waitlist_offers
        WHERE id = p_offer AND (v_me IS NULL OR employee_id = v_me);
    -- The slot first: an acceptance locks it, and then writes the offer.
    SELECT c.status = 'held' INTO v_held FROM public.consultations c
        WHERE c.id = v_offer.consultation_id FOR UPDATE;
    SELECT * INTO v_offer FROM public.waitlist_offers WHERE id = v_offer.id AND status = 'pending' FOR UPDATE;
    IF NOT FOUND OR v_held IS NOT TRUE OR (v_me IS NULL AND v_offer.expires_at > p_now) THEN
        RETURN false;
    END IF;
    IF v_offer.expires_at > p_now THEN
        UPDATE public.waitlist_offers SET status = 'declined' WHERE id = v_offer.id;
    ELSE
        UPDATE public.waitlist_offers SET status = 'expired' WHERE id = v_offer.id;
        UPDATE public.waitlist_requests SET queued_at = p_now WHERE id = v_offer.request_id AND status = 'waiting';
    END IF;
    DELETE FROM public.notices WHERE consultation_id = v_offer.consultation_id AND kind = 'offered';
    DELETE FROM public.consultations WHERE id = v_offer.consultation_id;
    RETURN true;
END;
$$;
REVOKE ALL ON FUNCTION hz.end_offer(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.end_offer(uuid, timestamptz) TO hz_employee, hz_worker;

-- Takes a freed slot for an offer, once: from here on its own hold keeps it.
CREATE FUNCTION hz.claim_freed_slot(p_slot uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.freed_slots SET settled_at = clock_timestamp() WHERE id = p_slot AND settled_at IS NULL;
    RETURN FOUND;
END;
$$;
REVOKE ALL ON FUNCTION hz.claim_freed_slot(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.claim_freed_slot(uuid) TO hz_employee;

-- Whether the line has to be asked: whoever may have given a slot back rings the bell.
CREATE FUNCTION hz.slots_to_offer() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.freed_slots WHERE settled_at IS NULL);
END;
$$;
REVOKE ALL ON FUNCTION hz.slots_to_offer() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.slots_to_offer() TO hz_employee, hz_practitioner, hz_worker;

-- As before, and a slot just given back is taken until the line was asked.
CREATE OR REPLACE FUNCTION hz.busy_ranges_of(p_practitioners uuid[], p_from timestamptz, p_to timestamptz, p_now timestamptz)
    RETURNS TABLE (practitioner_id uuid, starts_at timestamptz, blocked_until timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_reader uuid := hz.user_id();
BEGIN
    RETURN QUERY
    SELECT c.practitioner_id, c.starts_at, c.blocked_until
    FROM public.consultations c
    WHERE c.practitioner_id = ANY (p_practitioners)
      AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress')
      AND c.starts_at < p_to AND c.starts_at >= p_from - interval '1 day'
      AND c.blocked_until > p_from
      AND (c.expires_at IS NULL OR c.offered
           OR c.expires_at > p_now AND c.employee_id IS DISTINCT FROM v_reader)
    UNION ALL
    SELECT f.practitioner_id, f.starts_at, f.blocked_until
    FROM public.freed_slots f
    WHERE f.practitioner_id = ANY (p_practitioners) AND f.settled_at IS NULL
      AND f.starts_at < p_to AND f.starts_at >= p_from - interval '1 day'
      AND f.blocked_until > p_from
      AND f.freed_at > clock_timestamp() - interval '2 minutes';
END;
$$;

GRANT SELECT,
    INSERT (id, company_id, employee_id, practitioner_id, specialty, language, weekdays, from_time, until_time, last_day, created_at, queued_at),
    UPDATE (status) ON waitlist_requests TO hz_employee;
CREATE POLICY employee_own ON waitlist_requests FOR SELECT TO hz_employee USING (employee_id = (SELECT hz.user_id()));
CREATE POLICY employee_asks ON waitlist_requests FOR INSERT TO hz_employee
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status = 'waiting'
        AND (practitioner_id IS NULL OR EXISTS (SELECT FROM practitioners p WHERE p.user_id = practitioner_id)));
CREATE POLICY employee_withdraws ON waitlist_requests FOR UPDATE TO hz_employee
    USING (employee_id = (SELECT hz.user_id()) AND status = 'waiting')
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status = 'withdrawn');
CREATE POLICY employee_tenant ON waitlist_requests AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT, INSERT (id, request_id, company_id, employee_id, practitioner_id, starts_at, consultation_id, offered_at, expires_at)
    ON waitlist_offers TO hz_employee;
CREATE POLICY employee_own ON waitlist_offers FOR SELECT TO hz_employee USING (employee_id = (SELECT hz.user_id()));
CREATE POLICY employee_receives ON waitlist_offers FOR INSERT TO hz_employee
    WITH CHECK (employee_id = (SELECT hz.user_id()) AND status = 'pending'
        AND EXISTS (SELECT FROM waitlist_requests r WHERE r.id = request_id AND r.status = 'waiting')
        AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id AND c.status = 'held' AND c.offered));
CREATE POLICY employee_tenant ON waitlist_offers AS RESTRICTIVE TO hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));
-- The hold of an offer is one that booking does not end.
GRANT INSERT (offered) ON consultations TO hz_employee;

-- The worker reads the line, and puts away slots that nobody waits for.
GRANT SELECT ON waitlist_requests, waitlist_offers TO hz_worker;
CREATE POLICY worker_reads ON waitlist_requests FOR SELECT TO hz_worker USING (true);
CREATE POLICY worker_reads ON waitlist_offers FOR SELECT TO hz_worker USING (true);
GRANT SELECT, UPDATE (settled_at), DELETE ON freed_slots TO hz_worker;
CREATE POLICY worker_all ON freed_slots TO hz_worker USING (true) WITH CHECK (true);
GRANT SELECT (specialty, languages) ON practitioners TO hz_worker;
