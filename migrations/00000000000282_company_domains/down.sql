DROP FUNCTION hz.drop_company_domain(text);
DROP FUNCTION hz.confirm_company_domain(uuid, timestamptz);
DROP TABLE company_domain_claims;
DROP TRIGGER register_domains ON companies;
DROP FUNCTION hz.register_domains();
DROP TABLE company_domains;
