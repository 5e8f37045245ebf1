-- What is known of these spans now?
insert into store.check_spans from stage_check_spans order by span, node, proxy, server;
