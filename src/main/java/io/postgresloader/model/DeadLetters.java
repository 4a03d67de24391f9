package io.postgresloader.model;

import java.util.List;

/** Something with dead letters: a page, the result of a batch, a load that failed. */
@FunctionalInterface
public interface DeadLetters {
    /** The dead letters; usually none. */
    List<DeadLetter> deadLetters();

    /** A number of dead letters as text: {@code 51 dead letters}. */
    static String count(long number) {
        return number == 1 ? "1 dead letter" : number + " dead letters";
    }

    /** A result, and the dead letters that it leaves: {@code equal, 51 dead letters}; without any, the result alone. */
    static String with(String result, long number) {
        return number == 0 ? result : result + ", " + count(number);
    }
}
