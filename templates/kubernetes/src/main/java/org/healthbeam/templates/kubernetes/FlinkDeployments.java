package org.healthbeam.templates.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.pipelines.cli.JobMain;
import org.healthbeam.templates.catalog.Template;

/**
 * {@code FlinkDeployment} ({@code flink.apache.org/v1beta1}), by which the Flink Kubernetes
 * operator starts a cluster of its own for one template (application mode) and ends it with the
 * job.
 */
final class FlinkDeployments {
  private static final String JOB_MEMORY = "jobmanager.memory.process.size";
  private static final String TASK_MEMORY = "taskmanager.memory.process.size";
  private static final String METRICS_SETTING = "metrics.reporter.prom.port";
  private static final int METRICS_PORT = 9249;
  private static final String SLOTS = "taskmanager.numberOfTaskSlots";

  /** The environment in which the main class runs is that of the cluster. */
  private static final String[] IN_PLACE = {"--runner=flink", "--flinkMaster=[auto]"};

  private FlinkDeployments() {}

  static Map<String, Object> of(Template template, SourceTree tree) {
    return Manifests.resource(
        "flink.apache.org/v1beta1", "FlinkDeployment", template, tree, spec(template, tree));
  }

  static JobImage image(SourceTree tree) {
    return new JobImage(
        "flink",
        "flink:%s-java17".formatted(tree.flink()),
        tree.version(),
        // Flink takes what lies there for the application.
        "/opt/flink/usrlib");
  }

  private static Map<String, Object> spec(Template template, SourceTree tree) {
    int slots = Integer.parseInt(tree.flinkSettings().get(SLOTS));
    String[] version = tree.flink().split("\\.");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("image", image(tree).name());
    spec.put("flinkVersion", "v" + version[0] + "_" + version[1]);
    spec.put("serviceAccount", "flink");
    spec.put("flinkConfiguration", configuration(tree));
    spec.put("podTemplate", podTemplate());
    spec.put("jobManager", resource(tree.flinkSettings().get(JOB_MEMORY), 1));
    spec.put("taskManager", resource(tree.flinkSettings().get(TASK_MEMORY), slots));
    spec.put("job", job(template, tree, slots));
    return spec;
  }

  private static Map<String, Object> configuration(SourceTree tree) {
    Map<String, Object> settings = new TreeMap<>(tree.flinkSettings());
    // They are the resources of the pods.
    settings.remove(JOB_MEMORY);
    settings.remove(TASK_MEMORY);
    settings.replaceAll(
        (name, value) ->
            value.toString().replaceFirst("^hdfs:///healthbeam/", "file:///healthbeam/"));
    settings.put(METRICS_SETTING, Integer.toString(METRICS_PORT));
    // The main class waits for its job, then writes run.json and the report.
    settings.put("execution.attached", "true");
    return settings;
  }

  private static Map<String, Object> podTemplate() {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", "flink-main-container");
    container.put("ports", List.of(metricsPort()));
    container.put("volumeMounts", List.of(Manifests.mount()));
    Map<String, Object> pod = new LinkedHashMap<>();
    pod.put("containers", List.of(container));
    pod.put("volumes", List.of(Manifests.volume()));
    return Map.of("spec", pod);
  }

  /** For whoever monitors pods by the names of their ports; a pod has one process, so one port. */
  private static Map<String, Object> metricsPort() {
    Map<String, Object> port = new LinkedHashMap<>();
    port.put("name", "metrics");
    port.put("containerPort", METRICS_PORT);
    return port;
  }

  private static Map<String, Object> resource(String memory, int cores) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("memory", memory);
    resource.put("cpu", cores);
    return Map.of("resource", resource);
  }

  private static Map<String, Object> job(Template template, SourceTree tree, int parallelism) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("jarURI", "local://" + image(tree).jar());
    job.put("entryClass", JobMain.class.getName());
    job.put("args", JobArguments.of(template, IN_PLACE));
    job.put("parallelism", parallelism);
    // A start is a new run, which replaces what an earlier one wrote; state would be of that one.
    job.put("upgradeMode", "stateless");
    return job;
  }
}
