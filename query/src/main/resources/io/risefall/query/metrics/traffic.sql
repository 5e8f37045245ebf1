-- How many of them are traffic?
select source, traffic as value from store.positions order by source
