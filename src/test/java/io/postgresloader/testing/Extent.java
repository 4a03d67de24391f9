package io.postgresloader.testing;

/** How much the integration tests do: their short form in {@code mvn verify}, all of it in {@code mvn verify -Pfull}. */
public final class Extent {
    /** The tag of what {@code mvn verify} leaves out altogether. */
    public static final String SLOW = "slow";

    /** The tag of a few tests that show within three minutes whether the main job works. */
    public static final String SMOKE = "smoke";

    /** The tag of what {@code mvn verify} runs on MySQL as well. */
    public static final String CORE = "core";

    private static final boolean FULL = Boolean.getBoolean("tests.full");

    private Extent() {}

    public static boolean full() {
        return FULL;
    }

    /** How many there are of something that the short form has fewer of. */
    public static int of(int inShort, int inFull) {
        return FULL ? inFull : inShort;
    }
}
