-- Which lines looked like health lines of HAProxy and could not be read?
create or replace view rejected as
select received_at, source, position, why, line from store.rejected;

comment on view rejected is 'Lines that start like health lines of HAProxy but could not be parsed, or that seem forged.';
comment on column rejected.received_at is 'When the line was received; for a file, when it was read.';
comment on column rejected.source is 'Where the line was read.';
comment on column rejected.position is 'Position in the source.';
comment on column rejected.why is 'Why it could not be parsed.';
comment on column rejected.line is 'The line; unprintable bytes are escaped.';
