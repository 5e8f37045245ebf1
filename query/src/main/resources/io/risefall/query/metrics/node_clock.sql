-- How far are the stamps of each node behind the arrival of its lines?
select node, source, clock_behind_ms / 1000.0 as value from nodes where clock_behind_ms is not null order by node, source
