/**
 * What transforms need of the runner that they run on, and which runner has it; {@link
 * org.healthbeam.transforms.runner.RunnerSupport} answers. Imports Beam; sees no runner.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.runner;
