-- How many of them are not read yet?
select source, waiting as value from ingest order by source
