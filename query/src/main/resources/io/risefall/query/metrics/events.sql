-- How many of them are health lines that were counted first here?
select source, events as value from ingest order by source
