package org.healthbeam.pipelines.run;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The options that every pipeline has. */
public interface HealthOptions extends PipelineOptions {
  /**
   * {@return files, folders or globs on any file system, or what else a pipeline reads; never empty
   * in a run}
   */
  @Description("What to read: files, folders or globs on any file system, separated by commas.")
  @Validation.Required
  @TemplateParameter(
      order = 1,
      group = "Input and output",
      example = "samples/data/fhir",
      type = ParameterType.GCS_READ_FILE)
  List<String> getInput();

  /**
   * @param value files, folders or globs on any file system, or what else a pipeline reads; never
   *     empty in a run
   */
  void setInput(List<String> value);

  /** {@return the folder of the results, which need not be there} */
  @Description("Folder that takes all results; made if absent.")
  @Validation.Required
  @TemplateParameter(
      order = 2,
      group = "Input and output",
      example = "healthbeam-out",
      type = ParameterType.GCS_WRITE_FOLDER)
  String getOutput();

  /**
   * @param value the folder of the results, which need not be there
   */
  void setOutput(String value);

  /** {@return the file with the key of pseudonyms, at least 16 bytes; null for no pseudonyms} */
  @Description(
      "File with a secret key of at least 16 bytes. With it, subjects become pseudonyms and"
          + " payload hashes are keyed.")
  @Nullable
  @TemplateParameter(
      order = 900,
      group = "Privacy and limits",
      example = "secrets/pseudonym.key",
      type = ParameterType.GCS_READ_FILE)
  String getPseudonymKeyFile();

  /**
   * @param value the file with the key of pseudonyms, at least 16 bytes; null for no pseudonyms
   */
  void setPseudonymKeyFile(@Nullable String value);

  /** {@return the largest share of rejects, from 0 to 1, beyond which the run has failed} */
  @Description(
      "The largest share of rejects that a run may have; beyond it the run fails after it has"
          + " written everything.")
  @Default.Double(1.0)
  @TemplateParameter(order = 910, group = "Privacy and limits", example = "0.01", unit = "fraction")
  double getMaxRejectedFraction();

  /**
   * @param value the largest share of rejects, from 0 to 1, beyond which the run has failed
   */
  void setMaxRejectedFraction(double value);
}
