/** The formats of an explanation: text, Markdown and JSON. */
@NullMarked
package io.risefall.query.explain.render;

import org.jspecify.annotations.NullMarked;
