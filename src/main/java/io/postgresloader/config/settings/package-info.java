/**
 * {@code application.properties} and the environment variables that override it. {@link
 * io.postgresloader.config.settings.Setting} lists every setting; a new one is a constant there, a component of {@link
 * io.postgresloader.config.settings.Settings} and a line in {@link io.postgresloader.config.settings.SettingsReader}.
 */
package io.postgresloader.config.settings;
