-- Of which servers are there check lines in these spans? Parameters: first and last span.
insert into stage_touched
select distinct node, proxy, server, epoch_us("at") // 600000000 from store.events
where kind = 'check' and "at" >= make_timestamptz($1::bigint * 600000000) and "at" < make_timestamptz(($2::bigint + 1) * 600000000);
