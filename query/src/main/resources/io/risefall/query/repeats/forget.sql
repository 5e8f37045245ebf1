-- Which lines are repeats no more? Parameters: from when to when to look.
delete from store.repeats
where "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint)
    and epoch_us("at") // 10000000 in (select span from stage_spans where reported)
    and (source, position, repeat) not in (select (source, position, repeat) from stage_repeats);
