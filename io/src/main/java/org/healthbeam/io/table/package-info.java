/** Tables out: lines of tab-separated values and the files that hold them. Imports Beam. */
package org.healthbeam.io.table;
