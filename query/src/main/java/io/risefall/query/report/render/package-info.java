/** The formats of a report: text, Markdown, HTML and JSON. They compute nothing. */
@NullMarked
package io.risefall.query.report.render;

import org.jspecify.annotations.NullMarked;
