/** What any process of ours needs: failures in a sentence, child JVMs under supervision, files written in one step, the log. */
@NullMarked
package io.risefall.app.process;

import org.jspecify.annotations.NullMarked;
