-- How many of them are of other programs?
select source, "foreign" as value from store.positions order by source
