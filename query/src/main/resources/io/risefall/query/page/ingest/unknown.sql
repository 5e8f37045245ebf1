-- Behind which headers or tags that are not known do health messages stand?
select source, shape, lines, example, tag from unknown_headers order by lines desc, source, shape limit ?::bigint;
