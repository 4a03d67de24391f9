package io.postgresloader.config;

public record Configuration(Settings settings, java.util.Map<String, String> camel) {}
