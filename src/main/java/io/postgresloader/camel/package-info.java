/**
 * Floor 4: the beans that the route files name. They hand what an exchange carries to the use cases and put the answers
 * back; with {@code app}, this is the only importer of Camel.
 */
package io.postgresloader.camel;
