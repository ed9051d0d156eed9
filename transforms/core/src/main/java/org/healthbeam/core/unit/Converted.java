package org.healthbeam.core.unit;

/**
 * A value in the unit that was asked for.
 *
 * @param value the value, the double nearest to the exact result
 * @param repaired whether the unit was not what UCUM demands and was read by the repair table
 */
public record Converted(double value, boolean repaired) {}
