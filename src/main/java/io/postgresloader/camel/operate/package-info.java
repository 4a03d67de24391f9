/**
 * What operators use while the loader runs: health and metrics by HTTP, MBeans with the operations of a loader, and JMX
 * by HTTP for Hawtio. The HTTP server that requires no login is read-only.
 */
package io.postgresloader.camel.operate;
