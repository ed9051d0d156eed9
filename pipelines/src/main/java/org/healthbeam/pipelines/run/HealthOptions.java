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
  @Description("What to read: files, folders or globs on any file system, separated by commas.")
  @Validation.Required
  @TemplateParameter(
      order = 1,
      group = "Input and output",
      example = "samples/data/fhir",
      type = ParameterType.GCS_READ_FILE)
  List<String> getInput();

  void setInput(List<String> value);

  @Description("Folder that takes all results; made if absent.")
  @Validation.Required
  @TemplateParameter(
      order = 2,
      group = "Input and output",
      example = "healthbeam-out",
      type = ParameterType.GCS_WRITE_FOLDER)
  String getOutput();

  void setOutput(String value);

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

  void setPseudonymKeyFile(@Nullable String value);

  @Description(
      "The largest share of rejects that a run may have; beyond it the run fails after it has"
          + " written everything.")
  @Default.Double(1.0)
  @TemplateParameter(order = 910, group = "Privacy and limits", example = "0.01", unit = "fraction")
  double getMaxRejectedFraction();

  void setMaxRejectedFraction(double value);
}
