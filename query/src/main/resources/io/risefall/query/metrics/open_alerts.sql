-- How many alerts of each problem are open?
select problems.problem, count(a.problem) as value
from (values ('pipeline_silent'), ('node_silent'), ('servers_down'), ('capacity_low'), ('backend_empty')) problems(problem)
    left join alerts a on a.problem = problems.problem and a.state = 'open'
group by problems.problem order by problems.problem
