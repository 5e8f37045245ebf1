-- Which nodes are, or may be, one host under two names?
select node, host, folded, copies from same_hosts order by node, host;
