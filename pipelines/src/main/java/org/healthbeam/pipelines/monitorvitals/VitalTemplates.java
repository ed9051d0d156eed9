package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.healthbeam.templates.annotations.Delivery;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The templates of {@link MonitorVitals}. */
public final class VitalTemplates {
  private VitalTemplates() {}

  /** From files to files. */
  @PipelineTemplate(
      name = "vitals-files-to-files",
      displayName = "Vital signs from files to files",
      description =
          "Summarizes the vital signs in FHIR, HL7 v2 or CSV files by windows of time, scores"
              + " patients and tells alerts, once over all of the files.",
      category = "Vital signs",
      mode = Mode.BATCH,
      fixed = "streaming=false",
      without = {
        "replaySpeed",
        "replayOrder",
        "maxDelay",
        "revisions",
        "stopTimeout",
        "bootstrapServers",
        "kafkaSettings",
        "idleTimeout",
        "futureTolerance",
        "timeBasis",
        "earlyFirings",
        "allowedLateness",
        "outputTopics",
        "deadLetters",
        "delivery"
      })
  public interface Files extends MonitorVitalsOptions {
    @Override
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        type = ParameterType.GCS_READ_FILE,
        example = "samples/data/vitals/ward.ndjson.gz")
    List<String> getInput();
  }

  /** From topics to files. */
  @PipelineTemplate(
      name = "vitals-kafka-to-files",
      displayName = "Vital signs from Kafka to files",
      description =
          "Summarizes the vital signs in the messages of Kafka topics by windows of time, scores"
              + " patients and tells alerts, as the messages come.",
      category = "Vital signs",
      mode = Mode.STREAMING,
      delivers = Delivery.EXACTLY_ONCE,
      fixed = "streaming=true",
      without = {
        "replaySpeed",
        "replayOrder",
        "outputTopics",
        "stopTimeout",
        "format",
        "partitionBy"
      })
  public interface Topics extends MonitorVitalsOptions {
    // No topic as Dataflow's forms ask for one: they give brokers and topic in one value.
    @Override
    @Description("The topics to read, as kafka://TOPIC, several with commas.")
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        example = "kafka://vitals",
        regexes = "kafka://[a-zA-Z0-9._-]{1,249}")
    List<String> getInput();

    @Override
    @Validation.Required
    String getBootstrapServers();
  }

  /** From topics to topics. */
  @PipelineTemplate(
      name = "vitals-kafka-to-kafka",
      displayName = "Vital signs from Kafka to Kafka",
      description =
          "Summarizes the vital signs in the messages of Kafka topics by windows of time, scores"
              + " patients and tells alerts, as the messages come, in topics that are kept up to"
              + " date by key.",
      category = "Vital signs",
      mode = Mode.STREAMING,
      delivers = Delivery.EXACTLY_ONCE,
      fixed = "streaming=true",
      without = {"replaySpeed", "replayOrder", "stopTimeout", "format", "partitionBy"})
  public interface TopicsToTopics extends Topics {
    @Override
    @Validation.Required
    String getOutputTopics();

    @Override
    @Description(
        "Folder that takes the account of the run: rejects, run.json and the report; made if"
            + " absent.")
    @TemplateParameter(
        order = 2,
        group = "Input and output",
        example = "healthbeam-out",
        type = ParameterType.GCS_WRITE_FOLDER)
    String getOutput();
  }
}
