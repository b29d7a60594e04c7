DROP FUNCTION hz.keks_in_use();
DROP TABLE data_keys;
