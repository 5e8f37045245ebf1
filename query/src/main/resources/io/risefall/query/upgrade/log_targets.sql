-- By which ways did the health lines come that a warehouse of version 16 or older has written? As LogTarget says it.
alter table store.events add column if not exists sender varchar;
update store.events set log_target = nullif(
    coalesce(sender, '')
        || if(regexp_matches(line, '^<[0-9]{1,3}>'),
            ' facility ' || regexp_extract(line, '^<([0-9]{1,3})>', 1)::integer // 8, '')
        || if(contains(line, '(' || pid || ') : '), ' stderr', ''), '');
alter table store.events drop column sender;
