-- How often did HAProxy tell another state than its log shows?
select node, count(*) as value from differences group by node order by node
