DROP FUNCTION hz.own_consultation_limit(timestamptz);
DROP TRIGGER consultation_limit ON consultations;
DROP FUNCTION hz.consultation_limit();
DROP FUNCTION hz.consultations_counted(uuid, timestamptz, uuid);
ALTER TABLE companies DROP COLUMN max_consultations;
