DROP FUNCTION hz.place_people(uuid);
DROP FUNCTION hz.join_place(text);
DROP FUNCTION hz.free_room(uuid, timestamptz, timestamptz, uuid);
DROP TRIGGER consultation_place ON consultations;
DROP FUNCTION hz.consultation_place();
DROP TABLE kept_consultations;
DROP POLICY practitioner_settings ON practitioners;
DROP POLICY practitioner_adds ON availability_windows;
DROP POLICY practitioner_changes ON availability_windows;
DROP POLICY practitioner_removes ON availability_windows;
DROP POLICY practitioner_adds ON availability_exceptions;
DROP POLICY practitioner_changes ON availability_exceptions;
DROP POLICY practitioner_removes ON availability_exceptions;
REVOKE DELETE ON availability_windows, availability_exceptions FROM hz_practitioner;
REVOKE INSERT (id, practitioner_id, weekday, start_time, end_time, valid_from, valid_until, every_weeks),
    UPDATE (weekday, start_time, end_time, valid_from, valid_until, every_weeks)
    ON availability_windows FROM hz_practitioner;
REVOKE INSERT (id, practitioner_id, day, kind, start_time, end_time), UPDATE (day, start_time, end_time)
    ON availability_exceptions FROM hz_practitioner;
REVOKE UPDATE (accepting_new_clients, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days, daily_maximum,
    timezone, offers_video, offers_audio, offers_in_person, in_person_address) ON practitioners FROM hz_practitioner;
DROP POLICY employee_reads ON rooms;
DROP POLICY practitioner_reads ON rooms;
DROP POLICY practitioner_reads ON places;
DROP INDEX consultations_place;
ALTER TABLE consultations
    DROP CONSTRAINT consultations_room_free,
    DROP CONSTRAINT consultations_room_has_place,
    DROP CONSTRAINT consultations_place_in_person,
    DROP CONSTRAINT consultations_room,
    DROP COLUMN room_id,
    DROP COLUMN place_id;
DROP INDEX availability_exceptions_closed_day;
ALTER TABLE availability_exceptions
    DROP CONSTRAINT availability_exceptions_holiday,
    DROP CONSTRAINT availability_exceptions_place,
    DROP COLUMN batch_id,
    DROP COLUMN holiday,
    DROP COLUMN label,
    DROP COLUMN place_id;
ALTER TABLE availability_windows DROP COLUMN place_id;
ALTER TABLE practitioners DROP COLUMN main_place_id, DROP COLUMN auto_confirm;
DROP TABLE rooms, place_practitioners, places;
DROP FUNCTION hz.place_moved();
