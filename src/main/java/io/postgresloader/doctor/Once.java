package io.postgresloader.doctor;

import java.util.function.Supplier;

/** A value that several checks use and the first of them reads. A failed read is repeated by the next check. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> read;
    private T value;

    Once(Supplier<T> read) {
        this.read = read;
    }

    @Override
    public T get() {
        if (value == null) {
            value = read.get();
        }
        return value;
    }
}
