/**
 * Alerts: rules as data over scores, values, trends and missing devices, the machine that follows
 * them in event time, and the burden of alarms. Imports the Java platform, {@code core.vital} and
 * {@code core.vital.score}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.alert;
