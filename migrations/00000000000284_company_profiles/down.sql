DROP FUNCTION hz.emergency_message(uuid);
DROP POLICY hr_own_identity ON companies;
REVOKE UPDATE (name, legal_name, siret, sector, size, address, postal_code, city, country, contact_email,
               contact_phone, website_url) ON companies FROM hz_hr;
DROP TABLE company_images;
DROP TABLE company_profiles;
