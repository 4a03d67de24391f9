/**
 * Floor 0: the words of the domain as immutable records. It knows the JDK and nothing else; every other package may
 * use it.
 */
package io.postgresloader.model;
