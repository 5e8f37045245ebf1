/** The report of one day as plain data, which every format prints. Names and order of its JSON are a contract. */
@NullMarked
package io.risefall.query.report.model;

import org.jspecify.annotations.NullMarked;
