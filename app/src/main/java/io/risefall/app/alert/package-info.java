/** Commands about alerts: to silence them, and to try where they go. */
@NullMarked
package io.risefall.app.alert;

import org.jspecify.annotations.NullMarked;
