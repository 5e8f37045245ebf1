/** Topic to answer: keeps what the topics say in DuckDB and answers with SQL, reports and a web page. */
@NullMarked
package io.risefall.query;

import org.jspecify.annotations.NullMarked;
