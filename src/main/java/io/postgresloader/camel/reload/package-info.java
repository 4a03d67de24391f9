/**
 * Reloads route files and the table list when they are saved, while loads run. A {@link
 * io.postgresloader.camel.reload.ReloadWatch} notices that files changed; {@link
 * io.postgresloader.camel.reload.RouteReload} and {@link io.postgresloader.camel.reload.CatalogReload} check them and
 * replace what differs; {@link io.postgresloader.camel.reload.Reloads} records the outcome.
 */
package io.postgresloader.camel.reload;
