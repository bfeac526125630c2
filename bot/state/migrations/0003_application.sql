-- The application of Discord that keeps this file, as the first start notes it: another one is in other servers.
CREATE TABLE application (
    only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
    id INTEGER NOT NULL
) STRICT;
