-- Which days are worked out again?
delete from store.check_gaps where (node, proxy, day) in (select (node, proxy, day) from stage_check_days);
