-- Behind which headers that are not known do health sentences stand?
create or replace view unknown_headers as
select source, shape, lines, example, tag from store.position_unknown;

comment on view unknown_headers is 'Unknown forms of headers, and tags other than HAProxy''s, with health messages behind them; the first 8 of each source.';
comment on column unknown_headers.source is 'The source.';
comment on column unknown_headers.shape is 'The header, with N for every number and a for every word. If only the tag is unknown, the tag.';
comment on column unknown_headers.lines is 'Number of such lines with a health message.';
comment on column unknown_headers.example is 'The first of them, made printable; long lines are cut.';
comment on column unknown_headers.tag is 'The tag, if the header is known and only the tag is not HAProxy''s; else null. If it is HAProxy''s, add it with --tag.';
