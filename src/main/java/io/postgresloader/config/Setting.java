package io.postgresloader.config;

public enum Setting {
    A;

    public String environment() {
        return "A";
    }

    public String description() {
        return "A";
    }
}
