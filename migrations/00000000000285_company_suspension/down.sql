DROP FUNCTION hz.company_upcoming(uuid, timestamptz);
