-- When did each node of stage_heard speak last, as far as was known before?
insert into stage_heard
select node, "at" from store.last_events where node in (select node from stage_heard);
