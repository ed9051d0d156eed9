package org.healthbeam.templates.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.pipelines.cli.JobMain;
import org.healthbeam.templates.catalog.Template;

/**
 * {@code SparkApplication} ({@code sparkoperator.k8s.io/v1beta2}), by which the Spark operator
 * submits one template. Of batches only: the pipelines refuse Spark for what never ends.
 */
final class SparkApplications {
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String MEMORY = "spark.executor.memory";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String CORES = "spark.executor.cores";

  private SparkApplications() {}

  static Map<String, Object> of(Template template, SourceTree tree) {
    return Manifests.resource(
        "sparkoperator.k8s.io/v1beta2", "SparkApplication", template, tree, spec(template, tree));
  }

  static JobImage image(SourceTree tree) {
    return new JobImage(
        "spark",
        "spark:%s-scala%s-java17-ubuntu".formatted(tree.spark(), tree.scala()),
        tree.version(),
        "/opt/healthbeam");
  }

  private static Map<String, Object> spec(Template template, SourceTree tree) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("type", "Java");
    spec.put("mode", "cluster");
    spec.put("image", image(tree).name());
    spec.put("sparkVersion", tree.spark());
    spec.put("mainClass", JobMain.class.getName());
    spec.put("mainApplicationFile", "local://" + image(tree).jar());
    spec.put("arguments", JobArguments.of(template, inPlace(image(tree))));
    spec.put("sparkConf", configuration(tree));
    // A start is a new run, which replaces what an earlier one wrote: people decide.
    spec.put("restartPolicy", Map.of("type", "Never"));
    spec.put("volumes", List.of(Manifests.volume()));
    spec.put("driver", driver(tree));
    spec.put("executor", executor(tree));
    return spec;
  }

  /** The driver tells its executors of the job jar only, not of all that is on its class path. */
  private static String[] inPlace(JobImage image) {
    return new String[] {
      "--runner=spark",
      "--sparkMaster=k8s://https://kubernetes.default.svc",
      "--filesToStage=" + image.jar()
    };
  }

  private static Map<String, Object> configuration(SourceTree tree) {
    Map<String, Object> settings = new TreeMap<>(tree.sparkSettings());
    // They have fields of their own.
    settings.keySet().removeAll(List.of(DRIVER_OPTIONS, EXECUTOR_OPTIONS, MEMORY, OVERHEAD, CORES));
    return settings;
  }

  private static Map<String, Object> driver(SourceTree tree) {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("cores", 1);
    driver.put("memory", "2g");
    driver.put("serviceAccount", "spark");
    driver.put("javaOptions", tree.sparkSettings().get(DRIVER_OPTIONS));
    driver.put("volumeMounts", List.of(Manifests.mount()));
    return driver;
  }

  private static Map<String, Object> executor(SourceTree tree) {
    Map<String, Object> executor = new LinkedHashMap<>();
    executor.put("instances", 2);
    executor.put("cores", Integer.parseInt(tree.sparkSettings().get(CORES)));
    executor.put("memory", tree.sparkSettings().get(MEMORY));
    executor.put("memoryOverhead", tree.sparkSettings().get(OVERHEAD));
    executor.put("javaOptions", tree.sparkSettings().get(EXECUTOR_OPTIONS));
    executor.put("volumeMounts", List.of(Manifests.mount()));
    return executor;
  }
}
