CREATE TABLE practitioners (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE RESTRICT,
    title text NOT NULL DEFAULT '',
    professional_id text UNIQUE,
    specialty text NOT NULL CHECK (specialty IN (
        'clinical_psychologist', 'work_psychologist', 'psychiatrist', 'psychotherapist',
        'neuropsychologist', 'mental_coach', 'sexologist', 'psychoanalyst')),
    sub_specialties text[] NOT NULL DEFAULT '{}',
    -- ISO 639-1 codes.
    languages text[] NOT NULL DEFAULT '{fr}',
    bio text NOT NULL DEFAULT '',
    experience_years integer CHECK (experience_years BETWEEN 0 AND 70),
    education text NOT NULL DEFAULT '',
    diplomas text[] NOT NULL DEFAULT '{}',
    city text,
    offers_video boolean NOT NULL DEFAULT true,
    offers_audio boolean NOT NULL DEFAULT true,
    offers_in_person boolean NOT NULL DEFAULT false,
    in_person_address text,
    verification text NOT NULL DEFAULT 'pending' CHECK (verification IN ('pending', 'verified', 'rejected')),
    accepting_new_clients boolean NOT NULL DEFAULT true,
    -- Minutes, hours, days: the agenda's policy (issue of the slot engine's inputs).
    slot_minutes integer NOT NULL DEFAULT 50 CHECK (slot_minutes BETWEEN 10 AND 240),
    buffer_minutes integer NOT NULL DEFAULT 10 CHECK (buffer_minutes BETWEEN 0 AND 120),
    minimum_notice_hours integer NOT NULL DEFAULT 12 CHECK (minimum_notice_hours BETWEEN 0 AND 336),
    horizon_days integer NOT NULL DEFAULT 60 CHECK (horizon_days BETWEEN 1 AND 365),
    daily_maximum integer CHECK (daily_maximum BETWEEN 1 AND 48),
    timezone text NOT NULL DEFAULT 'Europe/Paris',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT practitioners_offer_a_format CHECK (offers_video OR offers_audio OR offers_in_person),
    CONSTRAINT practitioners_place_has_address CHECK (NOT offers_in_person OR in_person_address IS NOT NULL)
);
CREATE INDEX practitioners_directory ON practitioners (specialty) WHERE verification = 'verified';
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON practitioners FOR EACH ROW EXECUTE FUNCTION hz.touch_updated_at();

-- Weekly windows in the practitioner's local time; the zone is the practitioner's.
CREATE TABLE availability_windows (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE CASCADE,
    -- ISO: 1 = Monday .. 7 = Sunday.
    weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    start_time time NOT NULL,
    end_time time NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    every_weeks smallint NOT NULL DEFAULT 1 CHECK (every_weeks IN (1, 2)),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (start_time < end_time),
    CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE INDEX availability_windows_practitioner ON availability_windows (practitioner_id);

CREATE TABLE availability_exceptions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL REFERENCES practitioners ON DELETE CASCADE,
    day date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('closed', 'open')),
    -- Both absent: the whole day (closed only).
    start_time time,
    end_time time,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((start_time IS NULL) = (end_time IS NULL)),
    CHECK (start_time < end_time),
    CHECK (kind = 'closed' OR start_time IS NOT NULL)
);
CREATE INDEX availability_exceptions_practitioner ON availability_exceptions (practitioner_id, day);

CALL hz.protect('practitioners');
CALL hz.protect('availability_windows');
CALL hz.protect('availability_exceptions');

GRANT SELECT ON practitioners TO hz_employee, hz_practitioner, hz_admin;
GRANT SELECT (user_id, verification, specialty) ON practitioners TO hz_super_admin;
GRANT SELECT (user_id, title, timezone, in_person_address) ON practitioners TO hz_worker;
CREATE POLICY employee_directory ON practitioners FOR SELECT TO hz_employee USING (verification = 'verified');
CREATE POLICY practitioner_self ON practitioners FOR SELECT TO hz_practitioner USING (user_id = (SELECT hz.user_id()));
CREATE POLICY admin_all ON practitioners FOR SELECT TO hz_admin USING (true);
CREATE POLICY super_admin_all ON practitioners FOR SELECT TO hz_super_admin USING (true);
CREATE POLICY worker_all ON practitioners FOR SELECT TO hz_worker USING (true);

-- The directory shows practitioners' names to employees.
CREATE POLICY employee_directory ON users FOR SELECT TO hz_employee
    USING (role = 'practitioner' AND EXISTS (SELECT FROM practitioners p WHERE p.user_id = users.id));

GRANT SELECT ON availability_windows, availability_exceptions TO hz_employee, hz_practitioner;
CREATE POLICY employee_reads ON availability_windows FOR SELECT TO hz_employee USING (true);
CREATE POLICY practitioner_own ON availability_windows FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
CREATE POLICY employee_reads ON availability_exceptions FOR SELECT TO hz_employee USING (true);
CREATE POLICY practitioner_own ON availability_exceptions FOR SELECT TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id()));
