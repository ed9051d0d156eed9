/** What the pages say, typed and looked at. */
package org.healthbeam.it.docs;
