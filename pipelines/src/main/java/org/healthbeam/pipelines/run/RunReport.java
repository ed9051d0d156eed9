package org.healthbeam.pipelines.run;

import java.io.IOException;

/** What is made of a finished run for people to read. */
interface RunReport {

  /** Returns the name of the file that {@link #write} makes in the run's folder, or nothing. */
  String fileName();

  /** Makes it from what stands in the folder. */
  void write(OutputFolder folder) throws IOException;

  /** Returns a report of nothing. */
  static RunReport none() {
    return new RunReport() {
      @Override
      public String fileName() {
        return "";
      }

      @Override
      public void write(OutputFolder folder) {}
    };
  }

  /** Returns the self-contained page. */
  static RunReport html() {
    return none();
  }
}
