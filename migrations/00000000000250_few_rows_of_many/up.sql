-- What home pages count, read from indexes alone: the whole table otherwise, at every visit.

-- The outbox keeps what is done for a month; dead letters are few.
CREATE INDEX jobs_dead ON jobs (finished_at) WHERE status = 'dead';
CREATE INDEX companies_status ON companies (status);
CREATE INDEX practitioners_verification ON practitioners (verification);
