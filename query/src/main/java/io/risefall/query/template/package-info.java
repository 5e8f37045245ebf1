/** Pages and mails printed from templates, in which every string is escaped. */
@NullMarked
package io.risefall.query.template;

import org.jspecify.annotations.NullMarked;
