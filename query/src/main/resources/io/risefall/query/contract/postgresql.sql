-- Which of DuckDB's functions do the views use that PostgreSQL lacks?
create schema if not exists store;
create schema if not exists main;
-- Before PostgreSQL's own functions, as two are to behave as DuckDB's do.
set search_path = main, pg_catalog;
set time zone 'UTC';

-- To the nearest millisecond, as in DuckDB.
create or replace function epoch_ms(moment timestamptz) returns bigint language sql immutable strict parallel safe as
$$ select round(extract(epoch from moment) * 1000)::bigint $$;
create or replace function make_timestamptz(micros bigint) returns timestamptz language sql immutable strict parallel safe as
$$ select timestamptz 'epoch' + micros * interval '1 microsecond' $$;
create or replace function to_milliseconds(n bigint) returns interval language sql immutable strict parallel safe as
$$ select n * interval '1 millisecond' $$;
create or replace function to_minutes(n integer) returns interval language sql immutable strict parallel safe as
$$ select n * interval '1 minute' $$;
create or replace function hour(moment timestamp) returns bigint language sql immutable strict parallel safe as
$$ select extract(hour from moment)::bigint $$;
create or replace function isodow(day date) returns bigint language sql immutable strict parallel safe as
$$ select extract(isodow from day)::bigint $$;
create or replace function bin(n bigint) returns text language sql immutable strict parallel safe as
$$ select coalesce(nullif(ltrim(n::bit(64)::text, '0'), ''), '0') $$;

-- Lists.
create or replace function series(first timestamp, last timestamp, step interval) returns timestamp[] language sql immutable strict parallel safe as
$$ select array(select generate_series(first, last, step)) $$;
create or replace function range(first bigint, past bigint) returns bigint[] language sql immutable strict parallel safe as
$$ select array(select generate_series(first, past - 1)) $$;
create or replace function string_split(words text, separator text) returns text[] language sql immutable strict parallel safe as
$$ select string_to_array(words, separator) $$;
create or replace function list_contains(list text[], element text) returns boolean language sql immutable parallel safe as
$$ select element = any(list) $$;

-- Text.
create or replace function contains(whole text, part text) returns boolean language sql immutable strict parallel safe as
$$ select strpos(whole, part) > 0 $$;
create or replace function regexp_extract(whole text, pattern text, part integer) returns text language sql immutable strict parallel safe as
$$ select coalesce((regexp_match(whole, pattern))[part], '') $$;
create or replace function try_integer(number text) returns integer language sql immutable strict parallel safe as
$$ select case when number ~ '^[0-9]{1,9}$' then number::integer end $$;
create or replace function is_glob(whole text, pattern text) returns boolean language sql immutable strict parallel safe as
$$ select whole like replace(replace(replace(replace(replace(pattern, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%'), '?', '_') $$;
create operator ~~~ (leftarg = text, rightarg = text, function = is_glob);

-- Numbers.
create or replace function round(number double precision) returns double precision language sql immutable strict parallel safe as
$$ select sign(number) * floor(abs(number) + 0.5) $$;
create or replace function whole_quotient(a numeric, b numeric) returns bigint language sql immutable strict parallel safe as
$$ select div(a, nullif(b, 0))::bigint $$;
create operator // (leftarg = numeric, rightarg = numeric, function = whole_quotient);

-- Aggregates.
create or replace function first_of_two(a anyelement, b anyelement) returns anyelement language sql immutable strict parallel safe as $$ select a $$;
create or replace function last_of_two(a anyelement, b anyelement) returns anyelement language sql immutable strict parallel safe as $$ select b $$;
create aggregate first_known(anyelement) (sfunc = first_of_two, stype = anyelement);
create aggregate last_known(anyelement) (sfunc = last_of_two, stype = anyelement);
create aggregate any_value(anyelement) (sfunc = first_of_two, stype = anyelement);
create or replace function middle(numbers double precision[]) returns double precision language sql immutable parallel safe as
$$ select percentile_cont(0.5) within group (order by n) from unnest(numbers) n $$;
create aggregate median(double precision) (sfunc = array_append, stype = double precision[], finalfunc = middle);
