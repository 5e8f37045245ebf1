-- When did each node of stage_heard last say something of health?
create or replace temp table stage_last as
select node, max("at") as "at"
from (
    select node, "at" from stage_heard
    union all
    select node, "at" from store.last_events where node in (select node from stage_heard)
)
group by node;
delete from store.last_events where node in (select node from stage_last);
insert into store.last_events select node, "at" from stage_last;
