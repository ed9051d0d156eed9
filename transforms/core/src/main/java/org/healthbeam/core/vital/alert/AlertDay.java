package org.healthbeam.core.vital.alert;

/**
 * What the machine counts of a day.
 *
 * @param day its first millisecond, in UTC
 */
record AlertDay(
    long day,
    long raised,
    long suppressed,
    long delayed,
    long activeMillis,
    long hysteresisMillis) {}
