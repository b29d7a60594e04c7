DROP TRIGGER forget_hr_preferences ON users;
DROP FUNCTION hz.forget_hr_preferences();
DROP TABLE hr_preferences;
