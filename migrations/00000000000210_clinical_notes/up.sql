-- What a practitioner writes about a patient. The author reads it and nobody else: no other role has any
-- right on these tables, and every text reaches them sealed with a key of this practitioner and this
-- patient. They outlive the patient's account, and go when the time that the law asks for is over.

-- One per practitioner and patient: what the key belongs to, and what is destroyed as a whole.
CREATE TABLE clinical_records (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    employee_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    opened_at timestamptz NOT NULL,
    CONSTRAINT clinical_records_pair UNIQUE (practitioner_id, employee_id)
);
CREATE INDEX clinical_records_employee ON clinical_records (employee_id);

CREATE TABLE clinical_notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES clinical_records ON DELETE RESTRICT,
    consultation_id uuid NOT NULL REFERENCES consultations ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    kind text NOT NULL CHECK (kind IN ('session', 'assessment', 'follow_up', 'prescription', 'referral')),
    -- The start of the consultation: what lists are ordered by.
    happened_at timestamptz NOT NULL,
    -- Counts what was saved: a form that was made from an older state overwrites nothing.
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    -- The open page that saved last, and its how-manieth saving that was: a page does not stand in its own
    -- way when an answer was lost, and what it sent late does not replace what it sent since.
    writer uuid NOT NULL,
    turn integer NOT NULL DEFAULT 0 CHECK (turn >= 0),
    -- Empty to begin with, and sealed even then.
    content_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    -- From then on nothing of it changes.
    signed_at timestamptz,
    CONSTRAINT clinical_notes_kind UNIQUE (consultation_id, kind)
);
CREATE INDEX clinical_notes_newest ON clinical_notes (practitioner_id, happened_at DESC, id DESC);
CREATE INDEX clinical_notes_record ON clinical_notes (record_id, happened_at DESC, id DESC);

-- What is said of a signed note afterwards; signed as it is written.
CREATE TABLE clinical_addenda (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    note_id uuid NOT NULL REFERENCES clinical_notes ON DELETE RESTRICT,
    record_id uuid NOT NULL REFERENCES clinical_records ON DELETE RESTRICT,
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE RESTRICT,
    company_id uuid NOT NULL REFERENCES companies ON DELETE RESTRICT,
    -- Drawn by the form: what is sent twice is there once.
    client_id uuid NOT NULL,
    content_sealed bytea NOT NULL,
    signed_at timestamptz NOT NULL,
    CONSTRAINT clinical_addenda_client UNIQUE (note_id, client_id)
);
CREATE INDEX clinical_addenda_record ON clinical_addenda (record_id);

-- Sealed bytes do not compress.
ALTER TABLE clinical_notes ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
ALTER TABLE clinical_addenda ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CALL hz.protect('clinical_records');
CALL hz.protect('clinical_notes');
CALL hz.protect('clinical_addenda');

-- A signature locks, whoever asks: the owner of the tables too. Only the end of the retention time takes
-- what is signed away (as the owner); a new version of its key leaves it saying what it said.
CREATE FUNCTION hz.clinical_notes_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.signed_at IS NOT NULL AND current_user <> 'hz_owner' THEN
            RAISE EXCEPTION 'a signed note is kept'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clinical_notes_signed';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed note does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clinical_notes_signed';
    END IF;
    IF (NEW.id, NEW.record_id, NEW.consultation_id, NEW.practitioner_id, NEW.company_id, NEW.kind, NEW.happened_at, NEW.created_at)
        IS DISTINCT FROM
       (OLD.id, OLD.record_id, OLD.consultation_id, OLD.practitioner_id, OLD.company_id, OLD.kind, OLD.happened_at, OLD.created_at) THEN
        RAISE EXCEPTION 'a note stays with its consultation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clinical_notes_place';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE ALL ON FUNCTION hz.clinical_notes_kept() FROM PUBLIC;
CREATE TRIGGER clinical_notes_kept BEFORE UPDATE OR DELETE ON clinical_notes
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.clinical_notes_kept();

CREATE FUNCTION hz.clinical_addenda_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'hz_owner' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an addendum does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'clinical_addenda_signed';
END;
$$;
REVOKE ALL ON FUNCTION hz.clinical_addenda_kept() FROM PUBLIC;
CREATE TRIGGER clinical_addenda_kept BEFORE UPDATE OR DELETE ON clinical_addenda
    FOR EACH ROW WHEN (current_user <> 'hz_reseal') EXECUTE FUNCTION hz.clinical_addenda_kept();

-- The author.
GRANT SELECT, INSERT (id, practitioner_id, employee_id, company_id, opened_at) ON clinical_records TO hz_practitioner;
CREATE POLICY author_sees ON clinical_records FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY author_opens ON clinical_records FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            WHERE c.practitioner_id = (SELECT hz.user_id()) AND c.employee_id = clinical_records.employee_id
              AND c.company_id = clinical_records.company_id));

GRANT SELECT, DELETE,
    INSERT (id, record_id, consultation_id, practitioner_id, company_id, kind, happened_at, writer, content_sealed, created_at, changed_at),
    UPDATE (revision, writer, turn, content_sealed, changed_at, signed_at)
    ON clinical_notes TO hz_practitioner;
CREATE POLICY author_reads ON clinical_notes FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
-- Of one's own consultation, once there is something to write about, in the record of its patient.
CREATE POLICY author_begins ON clinical_notes FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM consultations c
            JOIN clinical_records r ON r.practitioner_id = c.practitioner_id AND r.employee_id = c.employee_id
            WHERE c.id = consultation_id AND c.practitioner_id = (SELECT hz.user_id())
              AND c.company_id = clinical_notes.company_id AND c.starts_at = happened_at
              AND c.status IN ('in_progress', 'completed', 'no_show') AND r.id = record_id));
CREATE POLICY author_writes ON clinical_notes FOR UPDATE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()) AND signed_at IS NULL)
    WITH CHECK (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY author_discards ON clinical_notes FOR DELETE TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()) AND signed_at IS NULL);

GRANT SELECT, INSERT (id, note_id, record_id, practitioner_id, company_id, client_id, content_sealed, signed_at)
    ON clinical_addenda TO hz_practitioner;
CREATE POLICY author_reads ON clinical_addenda FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY author_adds ON clinical_addenda FOR INSERT TO hz_practitioner
    WITH CHECK (practitioner_id = (SELECT hz.user_id())
        AND EXISTS (SELECT FROM clinical_notes n
            WHERE n.id = note_id AND n.record_id = clinical_addenda.record_id
              AND n.company_id = clinical_addenda.company_id AND n.signed_at IS NOT NULL));

-- Their key: whoever sees the record finds it, and that is its practitioner.
ALTER TABLE data_keys DROP CONSTRAINT data_keys_scope_check,
    ADD CONSTRAINT data_keys_scope_check
        CHECK (scope IN ('consultation', 'moderation', 'chat', 'journal', 'journal_share', 'clinical'));
CREATE POLICY clinical_author ON data_keys FOR SELECT TO hz_practitioner
    USING (scope = 'clinical' AND EXISTS (SELECT FROM clinical_records r WHERE r.id = owner_id));
CREATE POLICY clinical_author_creates ON data_keys FOR INSERT TO hz_practitioner
    WITH CHECK (scope = 'clinical' AND EXISTS (SELECT FROM clinical_records r WHERE r.id = owner_id));

-- New versions of that key.
GRANT SELECT (id, record_id, content_sealed), UPDATE (content_sealed) ON clinical_notes TO hz_reseal;
GRANT SELECT (id, record_id, content_sealed), UPDATE (content_sealed) ON clinical_addenda TO hz_reseal;
CREATE POLICY reseal ON clinical_notes TO hz_reseal USING (true) WITH CHECK (content_sealed IS NOT NULL);
CREATE POLICY reseal ON clinical_addenda TO hz_reseal USING (true) WITH CHECK (content_sealed IS NOT NULL);

-- Destroys up to a hundred records in which nothing has happened since a moment: no consultation of the
-- two, no note, no addendum. Answers how many records and how many notes that were.
CREATE FUNCTION hz.forget_clinical_records(p_before timestamptz, OUT records integer, OUT notes integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_over uuid[];
BEGIN
    SELECT array_agg(r.id) INTO v_over FROM (
        SELECT r.id FROM public.clinical_records r
        WHERE r.opened_at < p_before
          AND NOT EXISTS (SELECT FROM public.consultations c
              WHERE c.practitioner_id = r.practitioner_id AND c.employee_id = r.employee_id
                AND c.status NOT IN ('held', 'cancelled')
                AND greatest(c.ends_at, coalesce(c.ended_at, c.ends_at)) >= p_before)
          AND NOT EXISTS (SELECT FROM public.clinical_notes n
              WHERE n.record_id = r.id AND greatest(n.happened_at, n.changed_at, n.signed_at) >= p_before)
          AND NOT EXISTS (SELECT FROM public.clinical_addenda a
              WHERE a.record_id = r.id AND a.signed_at >= p_before)
        LIMIT 100 FOR UPDATE OF r SKIP LOCKED) r;
    DELETE FROM public.data_keys WHERE scope = 'clinical' AND owner_id = ANY (v_over);
    DELETE FROM public.clinical_addenda WHERE record_id = ANY (v_over);
    DELETE FROM public.clinical_notes WHERE record_id = ANY (v_over);
    GET DIAGNOSTICS notes = ROW_COUNT;
    DELETE FROM public.clinical_records WHERE id = ANY (v_over);
    records := coalesce(cardinality(v_over), 0);
END;
$$;
REVOKE ALL ON FUNCTION hz.forget_clinical_records(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.forget_clinical_records(timestamptz) TO hz_worker;
