-- Which backends of a node has a line of its log told of? Parameter: the node.
select distinct proxy from events
where node = ?::varchar and proxy is not null and kind not in ('observed', 'proxy', 'master')
order by proxy;
