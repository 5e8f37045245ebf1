/** From where on the warehouse reads its topics: what it knows of them, what is there, and what is missing between. */
@NullMarked
package io.risefall.query.reading;

import org.jspecify.annotations.NullMarked;
