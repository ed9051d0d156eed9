/**
 * Many readings as one block of bytes, so that what costs something for each element is paid once
 * for many. Plain Java.
 */
package org.healthbeam.core.vital.block;
