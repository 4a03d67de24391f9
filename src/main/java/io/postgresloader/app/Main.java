package io.postgresloader.app;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(RootCommand.execute(args));
    }
}
