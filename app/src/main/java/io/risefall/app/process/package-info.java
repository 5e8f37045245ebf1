/** What every process needs: exceptions for users, supervised child JVMs, atomic files, logging. */
@NullMarked
package io.risefall.app.process;

import org.jspecify.annotations.NullMarked;
