-- In which backends is exactly one server up by design, and who says so?
with requested as (
    select coalesce(cast(? as varchar), store.role_patterns()) as patterns
)
select node, proxy, how
from role_backends_in((select patterns from requested))
order by proxy, node;
