package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.healthbeam.pipelines.report.Report;

/** What is made of a finished run for people to read. */
interface RunReport {

  /** Returns the name of the file that {@link #write} makes in the folder, or nothing. */
  String fileName(OutputFolder folder);

  /** Makes it from what stands in the folder. */
  void write(OutputFolder folder) throws IOException;

  /** Returns a report of nothing. */
  static RunReport none() {
    return new RunReport() {
      @Override
      public String fileName(OutputFolder folder) {
        return "";
      }

      @Override
      public void write(OutputFolder folder) {}
    };
  }

  /** Returns the self-contained page, for folders on this machine's disk. */
  static RunReport html() {
    return new RunReport() {
      @Override
      public String fileName(OutputFolder folder) {
        return folder.local().isPresent() ? "report.html" : "";
      }

      @Override
      public void write(OutputFolder folder) throws IOException {
        Optional<Path> local = folder.local();
        if (local.isPresent()) {
          Report.write(List.of(local.get()), local.get().resolve("report.html"));
        }
      }
    };
  }
}
