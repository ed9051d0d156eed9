/**
 * Benchmarks and what they need; nothing may import this. It may import everything.
 *
 * <p>Each figure is told beside that of its peer, measured in the same run on the same input, after
 * a check that both give the same.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.bench;
