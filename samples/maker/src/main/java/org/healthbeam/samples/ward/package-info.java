/**
 * A ward's stream of vital signs: clinical courses, the physiology under them, and the monitors
 * that show it with faults. Imports {@code org.healthbeam.samples} and Jackson's streaming writer.
 */
package org.healthbeam.samples.ward;
