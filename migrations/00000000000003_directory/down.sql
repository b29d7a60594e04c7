DROP POLICY employee_directory ON users;
DROP TABLE availability_exceptions, availability_windows, practitioners;
