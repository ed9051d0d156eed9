package org.healthbeam.pipelines.run;

import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/** The file systems of Hadoop's settings, beside those that Beam has. */
public final class HadoopFiles {
  private static final String OPTIONS = "org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions";

  private HadoopFiles() {}

  /**
   * Lets Beam know the file systems that these options ask for.
   *
   * @param options of the run, with Hadoop's among them
   */
  public static void register(PipelineOptions options) {
    leaveOutDisk(options);
    FileSystems.setDefaultPipelineOptions(options);
  }

  /**
   * Leaves out settings whose default file system is the disk, as where YARN is without HDFS: Beam
   * would have two file systems for it, and refuses every run. By reflection, since runners bring
   * these classes and not all of them do.
   */
  private static void leaveOutDisk(PipelineOptions options) {
    try {
      Class<? extends PipelineOptions> type =
          Class.forName(OPTIONS).asSubclass(PipelineOptions.class);
      PipelineOptions hadoop = options.as(type);
      List<?> settings = (List<?>) type.getMethod("getHdfsConfiguration").invoke(hadoop);
      // Beam takes one or, by null, none; not a list of none.
      for (Object each : settings == null ? List.of() : settings) {
        Object files = each.getClass().getMethod("get", String.class).invoke(each, "fs.defaultFS");
        if (files != null && files.toString().startsWith("file:")) {
          type.getMethod("setHdfsConfiguration", List.class).invoke(hadoop, (Object) null);
        }
      }
    } catch (ClassNotFoundException e) {
      // This runner has none of Hadoop's file systems.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the settings of Hadoop cannot be read", e);
    }
  }
}
