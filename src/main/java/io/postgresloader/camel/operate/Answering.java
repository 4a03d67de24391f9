package io.postgresloader.camel.operate;

/** Answers the requests of one route of the {@link ManagementServer}. */
@FunctionalInterface
public interface Answering {
    /** The answer, at once or after about a second: a few threads answer all requests. */
    Answer answer(Request request);
}
