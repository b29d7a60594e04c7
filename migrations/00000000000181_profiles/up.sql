-- Practitioners write their own profile, portrait included.

-- One portrait each, as it was drawn again by the server: square, small, without metadata.
CREATE TABLE portraits (
    -- Part of its address: another portrait, another address, so that it is kept by browsers.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    practitioner_id uuid NOT NULL UNIQUE REFERENCES practitioners ON DELETE CASCADE,
    -- JPEG.
    image bytea NOT NULL CHECK (length(image) BETWEEN 1 AND 524288),
    created_at timestamptz NOT NULL
);
CALL hz.protect('portraits');
-- Which portrait a page shows, without reading it.
ALTER TABLE practitioners ADD COLUMN portrait_id uuid UNIQUE;

GRANT SELECT (id, practitioner_id, image) ON portraits TO hz_employee;
-- Whoever is in the directory is seen there.
CREATE POLICY directory_reads ON portraits FOR SELECT TO hz_employee
    USING (EXISTS (SELECT FROM practitioners p WHERE p.user_id = practitioner_id));
GRANT SELECT (id, practitioner_id, image), INSERT (id, practitioner_id, image, created_at), DELETE
    ON portraits TO hz_practitioner;
CREATE POLICY own ON portraits TO hz_practitioner
    USING (practitioner_id = (SELECT hz.user_id())) WITH CHECK (practitioner_id = (SELECT hz.user_id()));

GRANT UPDATE (bio, languages, gender, experience_years, presentation_video_url, portrait_id)
    ON practitioners TO hz_practitioner;
