-- How many of them are health lines?
select source, events as value from store.positions order by source
