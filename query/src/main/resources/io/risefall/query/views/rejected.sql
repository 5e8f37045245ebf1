-- Which lines looked like health lines of HAProxy and could not be read?
create or replace view rejected as
select received_at, source, position, why, line from store.rejected;

comment on view rejected is 'Lines that begin like health lines of HAProxy and could not be read, or that something planted.';
comment on column rejected.received_at is 'When it was received; for a file when it was read.';
comment on column rejected.source is 'Where it was read.';
comment on column rejected.position is 'Where in the source.';
comment on column rejected.why is 'What about it could not be read.';
comment on column rejected.line is 'The line; bytes that cannot be printed are escaped.';
