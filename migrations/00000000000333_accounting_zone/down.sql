DROP POLICY days_are_counted_in_its_zone ON platform_settings;
REVOKE SELECT (accounting_zone) ON platform_settings FROM hz_practitioner, hz_hr, hz_admin, hz_worker;
