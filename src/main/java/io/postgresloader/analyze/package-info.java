/**
 * Floor 3: analyzes a source and proposes a table list. Declarations and sampled rows take precedence over what names
 * suggest. Each choice is written with its reason.
 */
package io.postgresloader.analyze;
