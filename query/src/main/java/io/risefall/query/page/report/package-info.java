/** Reports on the web site: of which times there are some, and each of them. */
@NullMarked
package io.risefall.query.page.report;

import org.jspecify.annotations.NullMarked;
