/**
 * The pipeline {@code monitor-vitals}: vital signs in, summaries of windows and early-warning
 * scores out. Imports {@code core}, {@code transforms.vital}, {@code io} and {@code pipelines.run}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.pipelines.monitorvitals;
