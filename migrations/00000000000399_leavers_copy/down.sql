ALTER POLICY own ON news_readings TO hz_employee;
ALTER POLICY employee_tenant ON news_readings TO hz_employee;
ALTER POLICY employee_published ON news_posts TO hz_employee;
ALTER POLICY employee_tenant ON news_posts TO hz_employee;
REVOKE ALL ON news_posts, news_readings FROM hz_former;
