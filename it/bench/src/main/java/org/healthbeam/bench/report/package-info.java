/** How fast a large report opens in a browser. */
package org.healthbeam.bench.report;
