/** What crosses a topic, and nothing else: JSON Schemas, records, serdes and the list of topics. */
@NullMarked
package io.risefall.schemas;

import org.jspecify.annotations.NullMarked;
