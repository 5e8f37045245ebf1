-- Of which nodes is that known anew?
delete from store.last_events where node in (select node from stage_heard);
