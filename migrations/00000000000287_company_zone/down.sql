DROP TRIGGER begin_in_company_zone ON users;
DROP FUNCTION hz.begin_in_company_zone();
