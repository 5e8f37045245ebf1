package io.risefall.schemas.message;

/** The status column of HAProxy's {@code show stat}, in words of Risefall's states. */
public final class ServerStatus {
    /** Of a server that nothing checks; it counts as UP there. */
    public static final String NO_CHECK = "no check";

    private ServerStatus() {}

    /**
     * The state that a status stands for. A server that takes no new sessions is in drain.
     *
     * @param status as {@code UP 1/3}, {@code DOWN (agent)}, {@code MAINT (via b/s)}, {@code no check}
     */
    public static Health state(String status) {
        String word = status.split(" ", 2)[0];
        return switch (word) {
            case "UP", "no" -> Health.UP;
            case "DOWN" -> Health.DOWN;
            case "MAINT" -> Health.MAINT;
            case "DRAIN", "NOLB" -> Health.DRAIN;
            default -> Health.UNKNOWN;
        };
    }
}
