ALTER FUNCTION hz.busy_ranges_of(uuid[], timestamptz, timestamptz, timestamptz)
    SET plan_cache_mode = force_generic_plan;
ALTER TABLE practitioner_activity_daily
    DROP CONSTRAINT practitioner_activity_daily_pkey,
    ADD CONSTRAINT practitioner_activity_daily_pkey PRIMARY KEY (practitioner_id, day, company_id);
DROP INDEX availability_exceptions_with_place;
DROP INDEX availability_windows_with_place;
ALTER TABLE notices
    DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN (
        'booked', 'confirmed', 'rescheduled', 'cancelled', 'released', 'no_show', 'no_show_contested',
        'practitioner_absent', 'absence_contested', 'absence_withdrawn', 'times_declared',
        'offered', 'reminder_48h', 'reminder_24h', 'reminder_1h', 'end_reminder',
        'closed', 'duration_corrected', 'duration_contested', 'company_suspended', 'company_news'));
ALTER TABLE consultation_events
    DROP CONSTRAINT consultation_events_kind_check,
    ADD CONSTRAINT consultation_events_kind_check CHECK (kind IN (
        'scheduled', 'confirmed', 'started', 'ended', 'cancelled', 'no_show', 'rescheduled', 'practitioner_absent',
        'contested', 'absence_withdrawn', 'times_declared', 'closed', 'corrected', 'duration_contested'));
ALTER TABLE consultations
    DROP CONSTRAINT consultations_format_check,
    ADD CONSTRAINT consultations_format_check CHECK (format IN ('video', 'audio', 'in_person')),
    DROP CONSTRAINT consultations_status_check,
    ADD CONSTRAINT consultations_status_check CHECK (status IN (
        'held', 'scheduled', 'confirmed', 'in_progress', 'completed', 'cancelled', 'no_show', 'practitioner_absent'));
