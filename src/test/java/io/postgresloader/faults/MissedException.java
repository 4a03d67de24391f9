package io.postgresloader.faults;

/** The loader did not do what the fault was to interrupt: another attempt follows. */
final class MissedException extends Exception {
    private static final long serialVersionUID = 1L;
}
