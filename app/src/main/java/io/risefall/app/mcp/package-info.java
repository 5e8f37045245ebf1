/** {@code risefall mcp}: read-only tools for language models, over the Model Context Protocol. */
@NullMarked
package io.risefall.app.mcp;

import org.jspecify.annotations.NullMarked;
