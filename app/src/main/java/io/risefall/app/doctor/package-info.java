/** The checklist of who looks for what is wrong with HAProxy's checks and log on this host. */
@NullMarked
package io.risefall.app.doctor;

import org.jspecify.annotations.NullMarked;
