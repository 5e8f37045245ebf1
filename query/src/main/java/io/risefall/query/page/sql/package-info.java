/** The box for SQL: a query, its rows, and the words that it can be made of. */
@NullMarked
package io.risefall.query.page.sql;

import org.jspecify.annotations.NullMarked;
