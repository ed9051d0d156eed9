/**
 * Sustained load: {@code monitor-vitals} on a Flink session cluster, from a Kafka broker, which are
 * processes of their own, at a steady rate near the limit and above it.
 */
package org.healthbeam.bench.load;
