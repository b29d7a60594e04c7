REVOKE UPDATE (bio, languages, gender, experience_years, presentation_video_url, portrait_id)
    ON practitioners FROM hz_practitioner;
ALTER TABLE practitioners DROP COLUMN portrait_id;
DROP TABLE portraits;
