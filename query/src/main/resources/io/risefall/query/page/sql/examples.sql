-- Is anything down, since when, and why?
SELECT node, proxy, server, since, last_reason, certain FROM servers WHERE state = 'down' ORDER BY since

-- Which backend is one failure away from having no server?
SELECT node, proxy, from_at, active_up, backup_up, servers FROM capacity WHERE to_at IS NULL AND level IN ('one', 'backup') ORDER BY from_at

-- Who is in maintenance or drain, since when, and was it forgotten?
SELECT node, proxy, server, state, from_at, duration_ms, forgotten FROM maintenance WHERE to_at IS NULL ORDER BY from_at

-- What is flapping?
SELECT node, proxy, server, started_at, downs, peak_penalty FROM flapping WHERE ended_at IS NULL ORDER BY peak_penalty DESC

-- What went down in the last 24 hours?
SELECT outage_id, node, proxy, server, started_at, ended_at, duration_ms, reason, code, info FROM outages
WHERE started_at > now() - INTERVAL 24 HOUR ORDER BY started_at

-- Which outages belong together, and what do they share?
SELECT incident_id, started_at, duration_ms, label, servers, backends, nodes FROM incidents
WHERE started_at > now() - INTERVAL 7 DAY ORDER BY servers DESC, duration_ms DESC

-- How long was each backend without a server this month?
SELECT node, proxy, count(*) AS times, sum(duration_ms) AS ms FROM backend_outages
WHERE started_at >= date_trunc('month', now()) OR ended_at IS NULL GROUP BY ALL ORDER BY ms DESC

-- Which outages were longest?
SELECT outage_id, node, proxy, server, started_at, duration_ms, reason FROM outages ORDER BY duration_ms DESC LIMIT 10

-- What was done in the ten minutes before an outage?
SELECT o.outage_id, o.proxy, o.server, o.started_at - c."at" AS before, c.kind, c.subject, c.what
FROM outages o JOIN changes c ON (c.node IS NULL OR c.node = o.node) AND (c.proxy IS NULL OR c.proxy = o.proxy)
    AND c."at" BETWEEN o.started_at - INTERVAL 10 MINUTE AND o.started_at
ORDER BY o.started_at DESC, before

-- Which servers flapped most this week, and why?
SELECT proxy, server, flaps, outages, down_ms, reason FROM flappers WHERE week = date_trunc('week', today()) ORDER BY flaps DESC LIMIT 10

-- What keeps failing at the same hour?
SELECT proxy, server, reason, hour, sum(days) AS days, sum(failures) AS failures FROM failure_hours
GROUP BY ALL HAVING days > 1 ORDER BY days DESC, failures DESC LIMIT 10

-- What fails today that did not fail yesterday?
SELECT proxy, reason, failures, downs FROM reasons_day WHERE day = today() AND failures_before = 0 ORDER BY failures DESC

-- Whose checks are slower than they used to be?
SELECT day, node, proxy, server, median_ms, usual_ms, round(ratio, 1) AS times FROM check_days WHERE ratio >= 2 ORDER BY day DESC, ratio DESC

-- Which servers nearly went down?
SELECT node, proxy, server, count(*) AS near_misses, min(lowest) AS fewest_left, max("at") AS latest FROM near_misses
GROUP BY ALL ORDER BY near_misses DESC

-- How available was each server in the last 30 days?
SELECT proxy, server, node, sum(up_ms + drain_ms) / nullif(sum(up_ms + drain_ms + down_ms), 0) AS availability, sum(unknown_ms) AS unknown_ms
FROM server_day WHERE day > today() - 30 GROUP BY ALL ORDER BY availability

-- How much of this month's error budget is left?
SELECT kind, proxy, server, allowed_ms, spent_ms, "left", gone_at FROM budget ORDER BY "left"

-- How long does HAProxy take to notice, and to believe that it is over?
SELECT proxy, median(detection_ms) AS detection_ms, median(recovery_ms) AS recovery_ms, count(*) AS outages FROM outages
GROUP BY proxy HAVING median(detection_ms) IS NOT NULL ORDER BY detection_ms DESC

-- Did every line arrive?
SELECT source, received, events, traffic, "foreign", repeats, rejected, unknown_header, waiting FROM ingest
