/** What is the same in every run: options, ledger, run.json, progress. */
package org.healthbeam.pipelines.run;
