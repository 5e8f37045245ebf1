-- Where are HAProxy's severities taken to be capped, and at which level?
select source, level_cap as cap from ingest where level_cap is not null order by source
