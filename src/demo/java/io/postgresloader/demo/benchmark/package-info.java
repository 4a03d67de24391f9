/**
 * The benchmark: the loader and others that do the same work, in turn, on servers of its own. Each {@code Work} is one
 * kind of work with its tables, each {@code Subject} one way to run the loader.
 */
package io.postgresloader.demo.benchmark;
