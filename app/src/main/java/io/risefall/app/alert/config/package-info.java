/** Alerts in the configuration file: settings, channels, routes. */
@NullMarked
package io.risefall.app.alert.config;

import org.jspecify.annotations.NullMarked;
