-- The copy of somebody who left lists the news that they read, as everybody's does.
GRANT SELECT (id, company_id, title, departments, status) ON news_posts TO hz_former;
GRANT SELECT ON news_readings TO hz_former;
CALL hz.open_policies('hz_former', 'news_posts', '{employee_published,employee_tenant}');
CALL hz.open_policies('hz_former', 'news_readings', '{own,employee_tenant}');
