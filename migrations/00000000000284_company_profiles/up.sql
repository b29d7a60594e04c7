-- What a company shows to its own people, and HR keeps up to date.

CREATE TABLE company_profiles (
    company_id uuid PRIMARY KEY REFERENCES companies ON DELETE CASCADE,
    timezone text NOT NULL DEFAULT 'Europe/Paris',
    opening_hours text NOT NULL DEFAULT '' CHECK (length(opening_hours) <= 300),
    -- Beside the emergency numbers, on every page of the company's employees.
    emergency_message text NOT NULL DEFAULT '' CHECK (length(emergency_message) <= 500),
    -- Of the banner and of what is written on it; the application judges their contrast.
    back_color text CHECK (back_color ~ '^#[0-9a-f]{6}$'),
    ink_color text CHECK (ink_color ~ '^#[0-9a-f]{6}$'),
    -- Which pictures a page shows, without reading them.
    logo_id uuid,
    cover_id uuid,
    CONSTRAINT company_profiles_colors CHECK ((back_color IS NULL) = (ink_color IS NULL))
);

-- One of each kind, as it was drawn again by the server: small, without metadata.
CREATE TABLE company_images (
    -- Part of its address: another picture, another address, so that it is kept by browsers.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id uuid NOT NULL REFERENCES companies ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('logo', 'cover')),
    -- JPEG.
    image bytea NOT NULL CHECK (length(image) BETWEEN 1 AND 1048576),
    created_at timestamptz NOT NULL,
    UNIQUE (company_id, kind)
);

CALL hz.protect('company_profiles');
CALL hz.protect('company_images');

GRANT SELECT, INSERT, UPDATE (timezone, opening_hours, emergency_message, back_color, ink_color, logo_id, cover_id)
    ON company_profiles TO hz_hr;
GRANT SELECT ON company_profiles TO hz_employee;
CREATE POLICY hr_company ON company_profiles TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY employee_reads ON company_profiles FOR SELECT TO hz_employee USING (true);
CREATE POLICY tenant ON company_profiles AS RESTRICTIVE TO hz_hr, hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

GRANT SELECT (id, company_id, kind, image), INSERT (id, company_id, kind, image, created_at), DELETE
    ON company_images TO hz_hr;
GRANT SELECT (id, company_id, kind, image) ON company_images TO hz_employee;
CREATE POLICY hr_company ON company_images TO hz_hr USING (true) WITH CHECK (true);
CREATE POLICY employee_reads ON company_images FOR SELECT TO hz_employee USING (true);
CREATE POLICY tenant ON company_images AS RESTRICTIVE TO hz_hr, hz_employee
    USING (company_id = (SELECT hz.company_id())) WITH CHECK (company_id = (SELECT hz.company_id()));

-- HR keeps its company's identity up to date; status, contract and domains are not HR's to write.
GRANT UPDATE (name, legal_name, siret, sector, size, address, postal_code, city, country, contact_email,
              contact_phone, website_url) ON companies TO hz_hr;
CREATE POLICY hr_own_identity ON companies FOR UPDATE TO hz_hr
    USING (id = (SELECT hz.company_id())) WITH CHECK (id = (SELECT hz.company_id()));

-- The company's words beside the emergency numbers, for the session that reads them on every page.
CREATE FUNCTION hz.emergency_message(p_company uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (SELECT nullif(p.emergency_message, '') FROM public.company_profiles p WHERE p.company_id = p_company);
END;
$$;
REVOKE ALL ON FUNCTION hz.emergency_message(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.emergency_message(uuid) TO hz_visitor;
