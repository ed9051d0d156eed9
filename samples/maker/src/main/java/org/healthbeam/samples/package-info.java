/**
 * Makes the sample files that the repository ships, and more of the same. Imports no Beam and
 * nothing of the other modules, so that the samples are independent of what reads them.
 */
package org.healthbeam.samples;
