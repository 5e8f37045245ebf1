package io.risefall.schemas.suite;

/** How much of a test runs: as much as fits into each build, or all of it, as the profile {@code long} asks. */
public final class Length {
    private static final boolean LONG = Boolean.getBoolean("risefall.long");

    private Length() {}

    /** Whether everything runs. */
    public static boolean isLong() {
        return LONG;
    }

    /** How often something is done: {@code usually} in each build, {@code all} with the profile {@code long}. */
    public static int of(int usually, int all) {
        return LONG ? all : usually;
    }

    /** A count that can also be set by itself, with {@code -Dproperty=N}. */
    public static int of(String property, int usually, int all) {
        return Integer.getInteger(property, of(usually, all));
    }
}
