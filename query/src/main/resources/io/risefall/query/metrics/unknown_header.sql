-- How many of them hold a health sentence behind a header that is not known?
select source, coalesce(unknown_header, 0) as value from store.positions order by source
