package org.healthbeam.pipelines.run;

import java.util.OptionalDouble;

/**
 * How far a step of a run is.
 *
 * @param name as the user knows it
 * @param in how much has come into it
 * @param rejected how much of that could not be used
 * @param fraction how much of its work is done, from 0 to 1, where that is known
 */
public record StepProgress(String name, long in, long rejected, OptionalDouble fraction) {}
