-- Which lines are repeats now and were none before? Parameters: from when to when to look.
insert into store.repeats
select "at", source, position, repeat from stage_repeats
where (source, position, repeat) not in (
    select (source, position, repeat) from store.repeats
    where "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint));
