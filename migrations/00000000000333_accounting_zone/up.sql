-- The zone in which the platform counts its days is no secret, and those who see figures ask for it on every page:
-- read in the statement itself, it costs a sixth of what a function with its owner's rights costs.
GRANT SELECT (accounting_zone) ON platform_settings TO hz_practitioner, hz_hr, hz_admin, hz_worker;
CREATE POLICY days_are_counted_in_its_zone ON platform_settings FOR SELECT
    TO hz_practitioner, hz_hr, hz_worker USING (true);
