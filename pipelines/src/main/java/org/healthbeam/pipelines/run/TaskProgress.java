package org.healthbeam.pipelines.run;

/**
 * How far something is that a runner cuts into tasks.
 *
 * @param name as the runner shows it elsewhere too, such as {@code stage 3}
 * @param step the step of the pipeline that it begins with; may be empty
 * @param done how many of its tasks have ended
 * @param all how many it has
 */
public record TaskProgress(String name, String step, int done, int all) {}
