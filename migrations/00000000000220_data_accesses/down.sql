DROP FUNCTION hz.names_of_those_who_looked();
DROP TABLE data_accesses;
