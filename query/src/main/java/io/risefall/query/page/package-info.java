/** The pages that a browser is shown: how they are asked for, framed and secured. What each of them says is in the packages below. */
@NullMarked
package io.risefall.query.page;

import org.jspecify.annotations.NullMarked;
