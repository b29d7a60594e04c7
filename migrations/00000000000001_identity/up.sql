-- Who a transaction acts for. Every scoped transaction sets these two settings with SET LOCAL
-- semantics; without them every function answers NULL and every policy answers no row.
CREATE SCHEMA hz;
GRANT USAGE ON SCHEMA hz TO
    hz_visitor, hz_employee, hz_practitioner, hz_hr, hz_admin, hz_super_admin, hz_worker;

-- A custom setting is '' rather than NULL once it was set in the connection's life.
CREATE FUNCTION hz.user_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('hz.user_id', true), '')::uuid;

CREATE FUNCTION hz.company_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('hz.company_id', true), '')::uuid;

-- What a search compares: lower case, without accents, so that "nguyen" finds "Nguyễn". Letters are taken
-- apart and their marks dropped.
CREATE FUNCTION hz.searchable(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower(normalize(p_text, NFD)),
        U&'\0300\0301\0302\0303\0304\0306\0307\0308\0309\030A\030B\030C\031B\0323\0326\0327\0328', '');
REVOKE ALL ON FUNCTION hz.searchable(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hz.searchable(text) TO hz_hr, hz_admin;

CREATE FUNCTION hz.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

-- Gives a table what every table of the product has: row security that binds even the owner,
-- and the owner's own policy (migrations, seeds). Roles get their grants and policies by name.
CREATE PROCEDURE hz.protect(p_table regclass)
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
    EXECUTE format('CREATE POLICY owner_all ON %s TO hz_owner USING (true) WITH CHECK (true)', p_table);
END;
$$;
REVOKE ALL ON PROCEDURE hz.protect(regclass) FROM PUBLIC;
