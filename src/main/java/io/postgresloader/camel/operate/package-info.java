/**
 * What operators see and do while the loader runs: health and metrics by HTTP, MBeans with the operations of a loader,
 * JMX by HTTP for Hawtio. What answers by HTTP without a login only tells, and changes nothing.
 */
package io.postgresloader.camel.operate;
