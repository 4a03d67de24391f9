/** Shows the figures of a benchmark: on the console, as Markdown, as JSON, as plots. */
package io.postgresloader.demo.benchmark.report;
