DROP PROCEDURE hz.protect(regclass);
DROP FUNCTION hz.touch_updated_at();
DROP FUNCTION hz.searchable(text);
DROP FUNCTION hz.company_id();
DROP FUNCTION hz.user_id();
DROP SCHEMA hz;
