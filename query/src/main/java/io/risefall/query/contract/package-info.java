/** What other engines need: the views in their SQL, seeded facts, and what each view makes of them. */
@NullMarked
package io.risefall.query.contract;

import org.jspecify.annotations.NullMarked;
