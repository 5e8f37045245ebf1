/** The service of a running Risefall, what programs ask of it, and how they find it. */
@NullMarked
package io.risefall.query.http.service;

import org.jspecify.annotations.NullMarked;
