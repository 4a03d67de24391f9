/**
 * What changed about tables since the last look, as messages. {@link io.postgresloader.monitor.change.TableChanges}
 * compares two looks and needs no database; {@link io.postgresloader.monitor.change.ChangeWatch} looks, and stores the
 * messages together with what was seen.
 */
package io.postgresloader.monitor.change;
