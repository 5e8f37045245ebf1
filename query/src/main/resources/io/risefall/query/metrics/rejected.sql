-- How many of them could not be read?
select source, rejected as value from store.positions order by source
