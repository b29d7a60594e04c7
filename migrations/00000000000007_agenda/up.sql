-- The practitioner's own hand on its agenda: hours, exceptions, places with rooms, settings.

-- Where somebody is received. Colleagues who were given its code share it, and its rooms.
CREATE TABLE places (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    address text NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
    -- How to get in: door code, floor, lift, step-free access.
    directions text NOT NULL DEFAULT '' CHECK (length(directions) <= 500),
    share_code text UNIQUE CHECK (share_code ~ '^[A-Z0-9]{12}$'),
    -- Past appointments keep their place: it is put away, never deleted.
    removed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX places_practitioner ON places (practitioner_id);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON places FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();

CREATE TABLE place_practitioners (
    place_id uuid NOT NULL REFERENCES places ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE CASCADE,
    -- The place's, repeated so that the policies of the two tables do not ask each other.
    owner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (place_id, practitioner_id),
    CHECK (practitioner_id <> owner_id)
);
CREATE INDEX place_practitioners_practitioner ON place_practitioners (practitioner_id);

CREATE TABLE rooms (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    place_id uuid NOT NULL REFERENCES places ON DELETE RESTRICT,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    removed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, place_id)
);
CREATE UNIQUE INDEX rooms_name ON rooms (place_id, lower(name)) WHERE removed_at IS NULL;

ALTER TABLE practitioners
    -- A booking is confirmed at once, without asking.
    ADD COLUMN auto_confirm boolean NOT NULL DEFAULT false,
    -- Where hours without a place of their own are held. Its address is also in in_person_address.
    ADD COLUMN main_place_id uuid REFERENCES places ON DELETE RESTRICT;

-- Where the in-person appointments of these hours take place; absent: at the main place.
ALTER TABLE availability_windows ADD COLUMN place_id uuid REFERENCES places ON DELETE RESTRICT;
ALTER TABLE availability_exceptions
    ADD COLUMN place_id uuid REFERENCES places ON DELETE RESTRICT,
    ADD COLUMN label text CHECK (length(label) BETWEEN 1 AND 60),
    -- Named in the reader's language.
    ADD COLUMN holiday text CHECK (holiday IN (
        'new_year', 'good_friday', 'easter_monday', 'labour_day', 'victory_day', 'ascension', 'whit_monday',
        'national_day', 'assumption', 'all_saints', 'armistice', 'christmas', 'saint_stephen')),
    -- Shared by the days that were closed together.
    ADD COLUMN batch_id uuid,
    ADD CONSTRAINT availability_exceptions_place CHECK (kind = 'open' OR place_id IS NULL),
    ADD CONSTRAINT availability_exceptions_holiday CHECK (holiday IS NULL OR kind = 'closed' AND start_time IS NULL);
-- A day is closed once.
DELETE FROM availability_exceptions a USING availability_exceptions b
    WHERE a.kind = 'closed' AND a.start_time IS NULL AND b.kind = 'closed' AND b.start_time IS NULL
      AND (a.practitioner_id, a.day) = (b.practitioner_id, b.day) AND a.id > b.id;
CREATE UNIQUE INDEX availability_exceptions_closed_day ON availability_exceptions (practitioner_id, day)
    WHERE kind = 'closed' AND start_time IS NULL;

ALTER TABLE consultations
    ADD COLUMN place_id uuid REFERENCES places ON DELETE RESTRICT,
    ADD COLUMN room_id uuid,
    ADD CONSTRAINT consultations_room FOREIGN KEY (room_id, place_id) REFERENCES rooms (id, place_id) ON DELETE RESTRICT,
    ADD CONSTRAINT consultations_place_in_person CHECK (place_id IS NULL OR format = 'in_person'),
    ADD CONSTRAINT consultations_room_has_place CHECK (room_id IS NULL OR place_id IS NOT NULL),
    -- A room holds one consultation at a time, whoever its practitioner is.
    ADD CONSTRAINT consultations_room_free EXCLUDE USING gist (
        room_id WITH =, tstzrange(starts_at, blocked_until) WITH &&)
        WHERE (status IN ('held', 'scheduled', 'confirmed', 'in_progress') AND room_id IS NOT NULL);
CREATE INDEX consultations_place ON consultations (place_id, starts_at) WHERE place_id IS NOT NULL;

-- A consultation outside the hours that its practitioner decided to keep; a change of its start
-- asks again.
CREATE TABLE kept_consultations (
    consultation_id uuid PRIMARY KEY REFERENCES consultations ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    starts_at timestamptz NOT NULL,
    kept_at timestamptz NOT NULL
);
CREATE INDEX kept_consultations_practitioner ON kept_consultations (practitioner_id);

-- The address that practitioners had so far becomes their first place, where their appointments are.
INSERT INTO places (practitioner_id, name, address)
    SELECT user_id, 'Cabinet', left(trim(in_person_address), 500) FROM practitioners
    WHERE trim(coalesce(in_person_address, '')) <> '';
UPDATE practitioners p SET main_place_id = l.id FROM places l WHERE l.practitioner_id = p.user_id;
UPDATE consultations c SET place_id = p.main_place_id FROM practitioners p
    WHERE p.user_id = c.practitioner_id AND c.format = 'in_person' AND p.main_place_id IS NOT NULL
      AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress');

CALL hz.protect('places');
CALL hz.protect('place_practitioners');
CALL hz.protect('rooms');
CALL hz.protect('kept_consultations');

-- Hours and exceptions: their practitioner writes them, at places it may use.
GRANT INSERT (id, practitioner_id, weekday, start_time, end_time, valid_from, valid_until, every_weeks, place_id),
    UPDATE (weekday, start_time, end_time, valid_from, valid_until, every_weeks, place_id), DELETE
    ON availability_windows TO hz_practitioner;
CREATE POLICY practitioner_adds ON availability_windows FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND (place_id IS NULL OR EXISTS (SELECT FROM places p WHERE p.id = place_id)));
CREATE POLICY practitioner_changes ON availability_windows FOR UPDATE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()))
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND (place_id IS NULL OR EXISTS (SELECT FROM places p WHERE p.id = place_id)));
CREATE POLICY practitioner_removes ON availability_windows FOR DELETE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));

GRANT INSERT (id, practitioner_id, day, kind, start_time, end_time, place_id, label, holiday, batch_id),
    UPDATE (day, start_time, end_time, place_id, label), DELETE
    ON availability_exceptions TO hz_practitioner;
CREATE POLICY practitioner_adds ON availability_exceptions FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND (place_id IS NULL OR EXISTS (SELECT FROM places p WHERE p.id = place_id)));
CREATE POLICY practitioner_changes ON availability_exceptions FOR UPDATE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()))
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND (place_id IS NULL OR EXISTS (SELECT FROM places p WHERE p.id = place_id)));
CREATE POLICY practitioner_removes ON availability_exceptions FOR DELETE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));

GRANT UPDATE (accepting_new_clients, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum,
    timezone, offers_video, offers_audio, offers_in_person, in_person_address, auto_confirm, main_place_id)
    ON practitioners TO hz_practitioner;
CREATE POLICY practitioner_settings ON practitioners FOR UPDATE TO hz_practitioner
    USING (user_id = (SELECT hz.user_id()))
    WITH CHECK (user_id = (SELECT hz.user_id())
        AND (main_place_id IS NULL OR EXISTS (SELECT FROM places p WHERE p.id = main_place_id)));

-- Places: employees read where to go, and never the code; a practitioner its own, those shared with
-- it, and those of its appointments.
GRANT SELECT (id, practitioner_id, name, address, directions, removed_at) ON places TO hz_employee;
GRANT SELECT (id, name, address, directions) ON places TO hz_worker;
GRANT SELECT, INSERT (id, practitioner_id, name, address, directions),
    UPDATE (name, address, directions, share_code, removed_at) ON places TO hz_practitioner;
CREATE POLICY employee_reads ON places FOR SELECT TO hz_employee USING (true);
CREATE POLICY worker_reads ON places FOR SELECT TO hz_worker USING (true);
CREATE POLICY practitioner_reads ON places FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id())
        OR id IN (SELECT s.place_id FROM place_practitioners s WHERE s.practitioner_id = (SELECT hz.user_id()))
        OR id IN (SELECT c.place_id FROM consultations c WHERE c.practitioner_id = (SELECT hz.user_id())));
CREATE POLICY practitioner_adds ON places FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY practitioner_changes ON places FOR UPDATE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id())) WITH CHECK (practitioner_id = (SELECT hz.user_id()));

GRANT SELECT, DELETE ON place_practitioners TO hz_practitioner;
CREATE POLICY practitioner_reads ON place_practitioners FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()) OR owner_id = (SELECT hz.user_id()));
CREATE POLICY practitioner_leaves ON place_practitioners FOR DELETE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));

GRANT SELECT ON rooms TO hz_practitioner;
GRANT SELECT (id, place_id, name) ON rooms TO hz_employee, hz_worker;
GRANT INSERT (id, place_id, name), UPDATE (name, removed_at) ON rooms TO hz_practitioner;
CREATE POLICY employee_reads ON rooms FOR SELECT TO hz_employee
    USING (EXISTS (SELECT FROM consultations c WHERE c.room_id = rooms.id));
CREATE POLICY worker_reads ON rooms FOR SELECT TO hz_worker USING (true);
CREATE POLICY practitioner_reads ON rooms FOR SELECT TO hz_practitioner
    USING (EXISTS (SELECT FROM places p WHERE p.id = place_id));
CREATE POLICY practitioner_adds ON rooms FOR INSERT TO hz_practitioner
    WITH CHECK (EXISTS (SELECT FROM places p WHERE p.id = place_id AND p.practitioner_id = (SELECT hz.user_id())));
CREATE POLICY practitioner_changes ON rooms FOR UPDATE TO hz_practitioner
    USING (EXISTS (SELECT FROM places p WHERE p.id = place_id AND p.practitioner_id = (SELECT hz.user_id())))
    WITH CHECK (EXISTS (SELECT FROM places p WHERE p.id = place_id AND p.practitioner_id = (SELECT hz.user_id())));

GRANT SELECT, INSERT, UPDATE (starts_at, kept_at) ON kept_consultations TO hz_practitioner;
CREATE POLICY practitioner_own ON kept_consultations TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()))
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c WHERE c.id = consultation_id));

-- Booking and rescheduling choose the place and a room.
GRANT INSERT (place_id, room_id), UPDATE (place_id, room_id) ON consultations TO hz_employee;
GRANT UPDATE (place_id, room_id) ON consultations TO hz_practitioner;
GRANT SELECT (place_id, room_id) ON consultations TO hz_worker;

-- Whoever writes it, a consultation takes place where its practitioner receives.
CREATE FUNCTION hz.consultation_place() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NEW.place_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.places p
        WHERE p.id = NEW.place_id AND (p.practitioner_id = NEW.practitioner_id OR EXISTS (
            SELECT FROM public.place_practitioners s
            WHERE s.place_id = p.id AND s.practitioner_id = NEW.practitioner_id))) THEN
        RAISE EXCEPTION 'not a place of this practitioner'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consultations_place';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.consultation_place() FROM PUBLIC;
CREATE TRIGGER consultation_place BEFORE INSERT OR UPDATE OF place_id ON consultations
    FOR EACH ROW WHEN (NEW.place_id IS NOT NULL) EXECUTE FUNCTION hz.consultation_place();

-- The profiles of all who have their main place there follow its address.
CREATE FUNCTION hz.place_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE public.practitioners SET in_person_address = NEW.address WHERE main_place_id = NEW.id;
    RETURN NULL;
END;
$$;
REVOKE ALL ON FUNCTION hz.place_moved() FROM PUBLIC;
CREATE TRIGGER place_moved AFTER UPDATE OF address ON places
    FOR EACH ROW WHEN (OLD.address IS DISTINCT FROM NEW.address) EXECUTE FUNCTION hz.place_moved();

-- One room of a place that nobody uses during these instants, in any company: (true, room) when one
-- is free, (true, NULL) when the place has rooms and all are taken, (false, NULL) when it has none.
-- `p_but` is a consultation that is being moved and does not stand in its own way.
CREATE FUNCTION hz.free_room(p_place uuid, p_from timestamptz, p_until timestamptz, p_but uuid DEFAULT NULL)
    RETURNS TABLE (has_rooms boolean, room_id uuid, room_name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 1 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT EXISTS (SELECT FROM public.rooms r WHERE r.place_id = p_place AND r.removed_at IS NULL), f.id, f.name
    FROM (SELECT) one LEFT JOIN LATERAL (
        SELECT r.id, r.name FROM public.rooms r
        WHERE r.place_id = p_place AND r.removed_at IS NULL AND NOT EXISTS (
            SELECT FROM public.consultations c
            WHERE c.room_id = r.id AND c.status IN ('held', 'scheduled', 'confirmed', 'in_progress')
              AND c.id IS DISTINCT FROM p_but
              AND tstzrange(c.starts_at, c.blocked_until) && tstzrange(p_from, p_until))
        ORDER BY r.name, r.id LIMIT 1) f ON true;
END;
$$;
REVOKE ALL ON FUNCTION hz.free_room(uuid, timestamptz, timestamptz, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.free_room(uuid, timestamptz, timestamptz, uuid) TO hz_employee, hz_practitioner;

-- Enters the place of this code as a colleague; answers which one, or nothing for a wrong code.
CREATE FUNCTION hz.join_place(p_code text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_place uuid;
    v_owner uuid;
    v_me uuid := hz.user_id();
BEGIN
    SELECT id, practitioner_id INTO v_place, v_owner FROM public.places
        WHERE share_code = p_code AND removed_at IS NULL;
    IF v_place IS NOT NULL AND v_owner <> v_me THEN
        INSERT INTO public.place_practitioners (place_id, practitioner_id, owner_id)
            VALUES (v_place, v_me, v_owner) ON CONFLICT DO NOTHING;
    END IF;
    RETURN v_place;
END;
$$;
REVOKE ALL ON FUNCTION hz.join_place(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.join_place(text) TO hz_practitioner;

-- Who shares a place, for those who do.
CREATE FUNCTION hz.place_people(p_place uuid)
    RETURNS TABLE (practitioner_id uuid, name text, is_owner boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' ROWS 5 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH people AS (
        SELECT p.practitioner_id AS id, true AS owner FROM public.places p WHERE p.id = p_place
        UNION ALL
        SELECT s.practitioner_id, false FROM public.place_practitioners s WHERE s.place_id = p_place)
    SELECT u.id, u.first_name || ' ' || u.last_name, people.owner
    FROM people JOIN public.users u USING (id)
    WHERE EXISTS (SELECT FROM people me WHERE me.id = hz.user_id())
    ORDER BY people.owner DESC, u.last_name, u.first_name;
END;
$$;
REVOKE ALL ON FUNCTION hz.place_people(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.place_people(uuid) TO hz_practitioner;
