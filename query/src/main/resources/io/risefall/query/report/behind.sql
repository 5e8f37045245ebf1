-- What has the streams part not processed, so that it is missing here?
select behind, epoch_us(min(behind_since)) as since_us, string_agg(distinct node, ', ' order by node) as nodes
from nodes where behind > 0 group by behind order by behind desc;
