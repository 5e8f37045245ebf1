/** What is measured together with the broker of {@code app}, which only its own package sees. */
@NullMarked
package io.risefall.app;

import org.jspecify.annotations.NullMarked;
