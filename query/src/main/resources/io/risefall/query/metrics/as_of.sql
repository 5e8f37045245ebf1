-- Until when has each source been read?
select source, epoch(as_of) as value from store.positions order by source
