/**
 * Small pipelines that ask each runner what it does, and the page that their answers make, {@code
 * docs/runners.md}. Imports Beam and {@code transforms.runner}; a runner is on the class path of
 * the process that asks it, only.
 */
package org.healthbeam.it.probe;
