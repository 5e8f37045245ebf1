/** Which tests run when, for the tests of all modules. */
@NullMarked
package io.risefall.schemas.suite;

import org.jspecify.annotations.NullMarked;
