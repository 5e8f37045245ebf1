-- What has the streams part not processed, so that it is missing here?
select behind, epoch_us(behind_since) as since_us, count(*) as nodes,
    array_to_string(list(node order by node)[:3], ', ') as names
from (select distinct node, behind, behind_since from nodes where behind > 0)
group by behind, behind_since order by behind desc, behind_since;
