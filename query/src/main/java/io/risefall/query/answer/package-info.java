/** The answer of a command: a sentence, tables and notes, printed in one of four formats. */
@NullMarked
package io.risefall.query.answer;

import org.jspecify.annotations.NullMarked;
