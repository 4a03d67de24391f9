/**
 * Floor 4: the beans that the route files name. They pass the content of an exchange to the use cases and put the
 * results back. Only this package and {@code app} import Camel.
 */
package io.postgresloader.camel;
