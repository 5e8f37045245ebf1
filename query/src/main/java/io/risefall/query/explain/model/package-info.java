/** An explanation as plain data, which every format prints. Names and order of its JSON are a contract. */
@NullMarked
package io.risefall.query.explain.model;

import org.jspecify.annotations.NullMarked;
