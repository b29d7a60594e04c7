DROP TABLE practitioner_reviews;
DROP FUNCTION hz.practitioner_rating();
REVOKE EXECUTE ON FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz) FROM hz_worker;
REVOKE SELECT (verification, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum)
    ON practitioners FROM hz_worker;
DROP POLICY worker_reads ON availability_exceptions;
DROP POLICY worker_reads ON availability_windows;
REVOKE SELECT ON availability_windows, availability_exceptions FROM hz_worker;
DROP TABLE practitioner_openings;
ALTER TABLE practitioners
    DROP CONSTRAINT practitioners_rating,
    DROP COLUMN review_count,
    DROP COLUMN average_rating,
    DROP COLUMN presentation_video_url,
    DROP COLUMN gender;
