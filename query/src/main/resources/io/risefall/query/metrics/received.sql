-- How many lines has each source received?
select source, received as value from ingest order by source
