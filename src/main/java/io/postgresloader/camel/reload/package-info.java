/**
 * Route files and the table list are brought into force when they are saved, while loads run. A {@link
 * io.postgresloader.camel.reload.ReloadWatch} sees that files changed; {@link
 * io.postgresloader.camel.reload.RouteReload} and {@link io.postgresloader.camel.reload.CatalogReload} check them and
 * replace what differs; {@link io.postgresloader.camel.reload.Reloads} tells what came of it.
 */
package io.postgresloader.camel.reload;
