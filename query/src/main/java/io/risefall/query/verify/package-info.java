/** Whether servers are well, as a check command of Nagios and Icinga answers it. */
@NullMarked
package io.risefall.query.verify;

import org.jspecify.annotations.NullMarked;
