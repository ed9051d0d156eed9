/** What holds for the house as a whole: every runner alike, the arrows, privacy. */
package org.healthbeam.it;
