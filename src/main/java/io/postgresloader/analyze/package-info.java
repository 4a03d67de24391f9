/**
 * Floor 3: looks at a source and proposes a table list. What the source declares and what its rows show goes before
 * what names suggest; what was chosen, and why, stands beside it in words.
 */
package io.postgresloader.analyze;
