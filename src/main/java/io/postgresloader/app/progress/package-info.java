/** The live progress that commands show on a terminal. JLine draws; no other package knows it. */
package io.postgresloader.app.progress;
