/**
 * Floor 0: the terms of the domain as immutable records. The package depends only on the JDK; every other package may
 * use it.
 */
package io.postgresloader.model;
