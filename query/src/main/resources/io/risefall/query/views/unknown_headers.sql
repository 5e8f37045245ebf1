-- Behind which headers that are not known do health sentences stand?
create or replace view unknown_headers as
select source, shape, lines, example, tag from store.position_unknown;

comment on view unknown_headers is 'A form of header that is not known, or a tag that is not HAProxy''s, with health sentences behind it; the first 8 of each source.';
comment on column unknown_headers.source is 'The source.';
comment on column unknown_headers.shape is 'The header with N for every number and a for every word; where only the tag is not HAProxy''s, the tag.';
comment on column unknown_headers.lines is 'Lines with a health sentence behind such a header.';
comment on column unknown_headers.example is 'The first of them, without what a terminal would obey; long ones are cut.';
comment on column unknown_headers.tag is 'The tag, where the header is known and only the tag is not HAProxy''s: name it with --tag if it is. Else null.';
