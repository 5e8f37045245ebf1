-- Tells Risefall of servers what no line of HAProxy's log tells: one JSON line for each event, to the log of section global.
-- HAProxy 2.8 and newer, with Lua. Nothing is changed in HAProxy.
--
--   global
--       lua-load /usr/share/risefall/lua/risefall.lua
--
-- Lines begin with "risefall {" and tell the state of the server at that moment, as show stat has it; those of checks also the result
-- and the counter of rise and fall, whether or not option log-health-checks is set.

local function quoted(text)
    return '"' .. string.gsub(tostring(text), '[%c"\\]', function(character)
        return string.format('\\u%04x', string.byte(character))
    end) .. '"'
end

-- In a fixed order, so that equal events are equal lines. What is nil is left out.
local function line(fields)
    local members = {}
    for _, field in ipairs(fields) do
        local name, value = field[1], field[2]
        if type(value) == "number" then
            members[#members + 1] = quoted(name) .. ":" .. string.format("%d", math.floor(value))
        elseif type(value) == "boolean" then
            members[#members + 1] = quoted(name) .. ":" .. tostring(value)
        elseif value ~= nil then
            members[#members + 1] = quoted(name) .. ":" .. quoted(value)
        end
    end
    return "risefall {" .. table.concat(members, ",") .. "}"
end

-- 10.0.0.7:80, [2001:db8::7]:80; nil without one.
local function address(server)
    local told = server:get_addr()
    local host, port = string.match(told or "", "^%[?([%x:.]+)%]?:(%d+)$")
    if host == nil then
        return nil
    end
    host = string.find(host, ":", 1, true) and "[" .. host .. "]" or host
    return port == "0" and host or host .. ":" .. port
end

-- The first members of every event: which server, and its state at this moment, as show stat has it.
local function head(event, data, stats)
    local server = data.reference
    return {
        { "event", event },
        { "proxy", data.proxy_name },
        { "server", data.name },
        { "backup", server and server:is_backup() },
        { "status", stats and stats.status },
        { "address", server and address(server) },
    }
end

local function with(fields, more)
    for _, field in ipairs(more) do
        fields[#fields + 1] = field
    end
    return line(fields)
end

local function state(event, data)
    local stats = data.reference and data.reference:get_stats() or {}
    return with(head(event, data, stats), {
        -- "* L4CON" while another check is under way.
        { "check", stats.check_status and string.match(stats.check_status, "%w+") },
        { "code", tonumber(stats.check_code) },
        { "ms", tonumber(stats.check_duration) },
    })
end

local function check(data)
    local stats = data.reference and data.reference:get_stats()
    local result = data.check
    local good = result.health.cur >= result.health.rise
    local up = stats ~= nil and string.match(stats.status, "^UP") ~= nil
    local down = stats ~= nil and string.match(stats.status, "^DOWN") ~= nil
    if not (up and good or down and not good or stats ~= nil and good and string.match(stats.status, "^DRAIN")) then
        -- It brings the server down or up: the event of its state follows.
        return nil
    end
    return with(head("check", data, stats), {
        { "agent", result.agent },
        { "check", result.reason.short },
        { "code", result.reason.code },
        { "ms", result.duration },
        { "health", good and result.health.cur - result.health.rise + 1 or result.health.cur },
        { "of", good and result.health.fall or result.health.rise },
    })
end

-- What an administrator does is told by SERVER_ADMIN; versions without it tell it as a state.
local administered = false

local events = {
    SERVER_ADMIN = function(data)
        return state("admin", data)
    end,
    SERVER_STATE = function(data)
        if administered and data.state ~= nil and data.state.admin then
            return nil
        end
        return state("state", data)
    end,
    SERVER_CHECK = check,
    SERVER_INETADDR = function(data)
        return state("address", data)
    end,
    SERVER_ADD = function(data)
        return state("added", data)
    end,
    SERVER_DEL = function(data)
        return state("removed", data)
    end,
}

if core.event_sub == nil then
    core.Alert("risefall.lua needs core.event_sub, which HAProxy has from 2.8 on: no event is told, and all else goes on")
else
    for name, told in pairs(events) do
        -- A version without this event refuses it; the others are told.
        local subscribed = pcall(core.event_sub, { name }, function(event, data)
            local text = told(data)
            if text ~= nil then
                core.log(core.notice, text)
            end
        end)
        if name == "SERVER_ADMIN" then
            administered = subscribed
        end
    end
end
