/**
 * The status page: view models, which have all texts ready, and the templates in {@code src/main/jte}, which only place them.
 * The page reads what package {@code monitor} knows, and changes nothing.
 */
package io.postgresloader.page;
