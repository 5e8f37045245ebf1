package io.risefall.query.health;

/**
 * What a probe found.
 *
 * @param detail what there is, in a clause
 * @param remedy what a person can do; empty where nothing is to be done
 */
public record ProbeResult(State state, String detail, String remedy) {
    /** Only {@link #OK} is ready. */
    public enum State {
        OK,
        FAILING,
        /** Not known yet, or not while something else fails. */
        WAITING
    }

    static ProbeResult ok(String detail) {
        return new ProbeResult(State.OK, detail, "");
    }

    static ProbeResult waiting(String detail) {
        return new ProbeResult(State.WAITING, detail, "");
    }

    static ProbeResult failing(String detail, String remedy) {
        return new ProbeResult(State.FAILING, detail, remedy);
    }
}
