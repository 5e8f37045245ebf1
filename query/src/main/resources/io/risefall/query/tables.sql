-- What is stored, and how far each topic has been read? Private: users rely on the views.
create schema if not exists store;
create table if not exists store.version (version integer not null);
-- The files that made these tables and the views: where they are the same, nothing is made again.
create table if not exists store.made_from (digest varchar not null);
create table if not exists store.settings (zone varchar not null);
create table if not exists store.offsets (topic varchar not null, partition integer not null, next_offset bigint not null);
create table if not exists store.events (
    "at" timestamptz not null, received_at timestamptz not null, node varchar not null, pid bigint, severity varchar,
    kind varchar not null, proxy varchar not null, server varchar, message varchar not null, line varchar not null,
    source varchar not null, position bigint not null, repeat integer not null,
    agent boolean, outcome varchar, reason varchar, code integer, info varchar, duration_ms bigint, health integer,
    threshold integer, state varchar);
create table if not exists store.states (
    record_key varchar not null, node varchar not null, proxy varchar not null, server varchar not null,
    backup boolean not null, state varchar not null, from_at timestamptz not null, to_at timestamptz,
    cause varchar not null, pid bigint);
create table if not exists store.outages (
    record_key varchar not null, node varchar not null, proxy varchar not null, server varchar not null,
    backup boolean not null, started_at timestamptz not null, ended_at timestamptz, ended_by varchar, reason varchar,
    reason_text varchar, code integer, info varchar, via varchar, agent boolean not null, joined boolean not null,
    first_failure_at timestamptz, backend_emptied boolean not null, certain boolean not null, pid bigint);
create table if not exists store.backend_outages (
    record_key varchar not null, node varchar not null, proxy varchar not null, started_at timestamptz not null,
    ended_at timestamptz);
create table if not exists store.rollups (
    record_key varchar not null, node varchar not null, proxy varchar not null, server varchar not null,
    minute timestamptz not null, reason varchar not null, code integer, failures bigint not null, downs bigint not null,
    max_duration_ms bigint);
create table if not exists store.evidence (
    record_key varchar not null, kind varchar not null, nth integer not null, role varchar not null, rule varchar,
    "at" timestamptz, source varchar, position bigint, repeat integer, left_out integer not null);
create table if not exists store.flapping (
    record_key varchar not null, node varchar not null, proxy varchar not null, server varchar not null,
    started_at timestamptz not null, calm_at timestamptz not null, downs integer not null, peak_penalty double not null);
create table if not exists store.rejected (
    received_at timestamptz not null, source varchar not null, position bigint not null, why varchar not null,
    line varchar not null);
create table if not exists store.positions (
    record_key varchar not null, source varchar not null, as_of timestamptz not null, live boolean not null,
    lines bigint not null, events bigint not null, traffic bigint not null, "foreign" bigint not null,
    repeats bigint not null, rejected bigint not null, first_at timestamptz, last_at timestamptz);
create table if not exists store.position_nodes (
    record_key varchar not null, source varchar not null, node varchar not null, last_at timestamptz not null);
alter table store.outages add column if not exists first_success_at timestamptz;
alter table store.outages add column if not exists active_left integer;
alter table store.outages add column if not exists backup_left integer;
alter table store.outages add column if not exists sessions_active bigint;
alter table store.outages add column if not exists requeued bigint;
alter table store.outages add column if not exists queued bigint;
alter table store.positions add column if not exists waiting bigint;
alter table store.positions add column if not exists unstamped bigint;
create table if not exists store.position_drops (
    record_key varchar not null, source varchar not null, reason varchar not null, dropped bigint not null);
create table if not exists store.position_interruptions (
    record_key varchar not null, source varchar not null, reason varchar not null, times bigint not null);
create table if not exists store.position_senders (
    record_key varchar not null, source varchar not null, sender varchar not null, messages bigint not null,
    bytes bigint not null, last_at timestamptz not null);
create table if not exists store.position_clocks (
    record_key varchar not null, source varchar not null, node varchar not null, behind_ms bigint not null);
alter table store.events add column if not exists up boolean;
alter table store.events add column if not exists active_left integer;
alter table store.events add column if not exists backup_left integer;
alter table store.events add column if not exists old_name varchar;
alter table store.events add column if not exists address varchar;
alter table store.events add column if not exists log_target varchar;
create table if not exists store.corrections (
    record_key varchar not null, node varchar not null, reach_ms bigint not null, too_late bigint not null,
    too_late_at timestamptz);
create table if not exists store.signs (
    node varchar not null, source varchar not null, pid bigint, hour timestamptz not null, minutes bigint not null,
    traffic bigint not null, first_at timestamptz not null, last_at timestamptz not null);
create table if not exists store.silences (
    node varchar not null, from_at timestamptz not null, to_at timestamptz not null, habit_ms bigint not null);
create table if not exists store.habits (
    node varchar not null, heard_until timestamptz not null, habit_ms bigint not null);
create table if not exists store.repeats (
    "at" timestamptz not null, source varchar not null, position bigint not null, repeat integer not null);
-- Of each process and ten minutes since 1970: its first and last check line, and the longest time between two checks that ends in them.
create table if not exists store.check_spans (
    node varchar not null, proxy varchar not null, server varchar not null, pid bigint, span bigint not null,
    first_ms bigint not null, first_place bigint, last_ms bigint not null, last_place bigint, within_ms bigint, gap_ms bigint);
create table if not exists store.check_gaps (
    node varchar not null, proxy varchar not null, day date not null, gap_ms bigint not null);
create table if not exists store.last_events (node varchar not null, "at" timestamptz not null);
create table if not exists store.losses (
    record_key varchar not null, node varchar not null, proxy varchar not null, pid bigint not null,
    from_at timestamptz not null, to_at timestamptz not null, missing integer not null,
    expected_active integer not null, expected_backup integer not null, seen_active integer not null,
    seen_backup integer not null);
alter table store.settings add column if not exists role_backends varchar;
create table if not exists store.absences (
    record_key varchar not null, node varchar not null, source varchar not null, from_at timestamptz not null,
    to_at timestamptz not null, why varchar not null);
create table if not exists store.doubts (
    record_key varchar not null, node varchar not null, proxy varchar not null, server varchar not null,
    from_at timestamptz not null, away_until timestamptz not null, to_at timestamptz);
alter table store.positions add column if not exists unknown_header bigint;
create table if not exists store.position_unknown (
    record_key varchar not null, source varchar not null, nth integer not null, shape varchar not null,
    lines bigint not null, example varchar not null, tag varchar);
create table if not exists store.position_caps (
    record_key varchar not null, source varchar not null, node varchar not null, pid bigint, cap varchar not null);
create table if not exists store.notes (
    record_key varchar not null, "at" timestamptz not null, text varchar not null, node varchar, proxy varchar, server varchar,
    noted_at timestamptz not null);
create table if not exists store.host_copies (
    span bigint not null, node varchar not null, host varchar not null, copies bigint not null, exact bigint not null,
    high_pid bigint not null, one_source boolean not null);
create table if not exists store.same_hosts (
    node varchar not null, host varchar not null, folded boolean not null, copies bigint not null);
-- What names no host: where HAProxy and its relays name none, or an address stands for it.
create or replace macro store.is_no_name(node) as
    node in ('-', 'localhost', 'localhost.localdomain', 'localhost4', 'localhost6', 'ip6-localhost')
        or regexp_full_match(node, '[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+|[0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%.*)?');
create table if not exists store.nodes_behind (node varchar not null, records bigint not null, since_at timestamptz not null);
create table if not exists store.origins (topic varchar not null, cluster_id varchar not null, topic_id varchar not null);
create table if not exists store.gaps (
    accepted_at timestamptz not null, since_at timestamptz, topic varchar not null, partition integer not null,
    from_offset bigint not null, to_offset bigint, reason varchar not null, resume_offset bigint not null,
    cluster_id varchar not null, cluster_before varchar);
create table if not exists store.alert_silences (
    record_key varchar not null, silence_id varchar not null, node varchar, proxy varchar not null, server varchar,
    from_at timestamptz not null, until_at timestamptz not null, why varchar not null);
alter table store.alert_silences add column if not exists author varchar;
create table if not exists store.alerts (
    alert_id varchar not null, state varchar not null, sequence integer not null, started_at timestamptz not null,
    opened_at timestamptz, closed_at timestamptz, ended_at timestamptz, said_at timestamptz, problem varchar, severity varchar,
    flapping boolean not null, title varchar, servers integer, backends integer, nodes integer, incident_id varchar, body varchar);
create table if not exists store.schedules (report varchar not null, receiver varchar not null, since_at timestamptz not null);
create table if not exists store.scheduled_reports (
    report varchar not null, receiver varchar not null, first_day date not null, subject varchar not null,
    written_at timestamptz not null);
create table if not exists store.alert_messages (
    alert_id varchar not null, sequence integer not null, "at" timestamptz not null, transition varchar not null,
    title varchar not null, message varchar not null);
-- Rows of sealed days that have left the warehouse, by table, and which keys were written while files of theirs could not be read.
create table if not exists store.left_days (
    day date not null, table_name varchar not null, row_count bigint not null, bytes bigint not null, sha256 varchar not null,
    state varchar not null);
create table if not exists store.left_changes (table_name varchar not null, record_key varchar not null);
create table if not exists store.notifications (
    delivery_id varchar not null, alert_id varchar not null, sequence integer not null, "at" timestamptz not null,
    transition varchar not null, title varchar not null, route varchar, channel varchar, kind varchar, target varchar,
    state varchar not null, why varchar, attempts integer not null, due_at timestamptz, sent_at timestamptz, answer varchar,
    last_error varchar, message varchar);
