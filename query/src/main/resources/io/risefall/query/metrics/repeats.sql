-- How many of them repeat a line counted before?
select source, repeats as value from ingest order by source
