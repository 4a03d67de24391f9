package io.postgresloader.model;

import java.math.BigInteger;
import java.time.LocalDateTime;

/**
 * The greatest integer key that the source had handed out when its clock was read.
 *
 * @param utc the source's clock in UTC; the key was read before it
 * @param key the greatest key
 */
public record KeyMark(LocalDateTime utc, BigInteger key) {}
