/** {@code ./healthbeam cluster}. */
package org.healthbeam.clusters.cli;
