DROP TABLE cron_runs, jobs;
