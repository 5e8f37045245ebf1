-- When did each node of stage_heard last say something of health?
insert into store.last_events select node, max("at") from stage_heard group by node;
