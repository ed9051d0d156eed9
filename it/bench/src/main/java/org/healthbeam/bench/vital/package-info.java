/**
 * Vital signs: the streaming job of summaries against the same job written by hand in Flink's
 * DataStream API, on the same bytes, in the same environment.
 */
package org.healthbeam.bench.vital;
