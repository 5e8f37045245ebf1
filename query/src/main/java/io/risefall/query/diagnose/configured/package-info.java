/** What HAProxy's configuration adds to a diagnosis: real addresses in commands, limits of checks, advice. */
@NullMarked
package io.risefall.query.diagnose.configured;

import org.jspecify.annotations.NullMarked;
