DROP TABLE employee_import_rows, employee_imports;
