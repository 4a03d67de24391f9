/** What runs in this process now, and how far it is: for terminals, pages, meters and MBeans. */
package io.postgresloader.model.progress;
