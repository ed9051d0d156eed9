/** How translations are counted. Plain Java over {@code core.code}. */
package org.healthbeam.core.code.count;
