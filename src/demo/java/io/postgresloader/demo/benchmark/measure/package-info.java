/** What a piece of work costs: time, CPU seconds of each process, memory and system calls, as Linux counts them. */
package io.postgresloader.demo.benchmark.measure;
