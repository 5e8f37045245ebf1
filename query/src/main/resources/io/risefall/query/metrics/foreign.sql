-- How many of them are of other programs?
select source, "foreign" as value from ingest order by source
