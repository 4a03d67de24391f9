/**
 * The beans of the routes {@code watch-changes} and {@code notify}: they look for changes, take messages from the outbox,
 * and hand them to a webhook or a mail server. No log and no message shows the address of a webhook.
 */
package io.postgresloader.camel.notify;
