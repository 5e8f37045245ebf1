-- How many of them are traffic?
select source, traffic as value from ingest order by source
