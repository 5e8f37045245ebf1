package io.risefall.query.verify;

/**
 * What a check command prints and returns.
 *
 * @param text one line, without line end
 * @param perfData what a monitoring system draws; empty: nothing
 */
public record PluginResult(PluginStatus status, String text, String perfData) {
    /** Nothing can be said. */
    public static PluginResult unknown(String why) {
        return new PluginResult(PluginStatus.UNKNOWN, why, "");
    }

    /** The one line, without line end. A bar would end the text. */
    public String line() {
        return status + " - " + text.replace('|', '/').replaceAll("\\s+", " ")
                + (perfData.isEmpty() ? "" : " | " + perfData);
    }
}
