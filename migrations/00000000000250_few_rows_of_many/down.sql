DROP INDEX practitioners_verification;
DROP INDEX companies_status;
DROP INDEX jobs_dead;
