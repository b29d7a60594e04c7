DROP FUNCTION hz.sockets_to_cut(uuid[], uuid[], timestamptz);
