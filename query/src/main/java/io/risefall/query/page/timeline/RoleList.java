package io.risefall.query.page.timeline;

import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The role backends, as queries take them: the nth node has the nth backend.
 */
record RoleList(List<String> nodes, List<String> proxies) {
    private static final SqlQuery ROLES = new SqlQuery("page/timeline/roles.sql");

    private record Role(String node, String proxy) {}

    static RoleList read(Connection views) throws SQLException {
        List<Role> roles = ROLES.query(views, row -> new Role(row.text("node"), row.text("proxy")));
        return new RoleList(
                roles.stream().map(Role::node).toList(),
                roles.stream().map(Role::proxy).toList());
    }
}
