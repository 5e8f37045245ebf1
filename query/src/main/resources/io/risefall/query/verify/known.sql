-- Which servers are known at all?
select node, proxy || '/' || server as name from servers;
