DROP FUNCTION hz.forget_old(text, timestamptz, integer);
