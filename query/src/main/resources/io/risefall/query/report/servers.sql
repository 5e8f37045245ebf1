-- Which servers does the log know, and what did they last say?
select node, proxy, server, backup, last_reason
from servers
order by node, proxy, server;
