package org.healthbeam.templates.kubernetes;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.spec.TemplateFiles;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The manifests of all templates, and the Dockerfiles of the images that they name. */
@AutoService(TemplateFiles.class)
public final class Manifests implements TemplateFiles {
  static final String MANIFESTS = "runners-config/deploy/kubernetes";
  static final String DOCKER = "runners-config/deploy/docker";

  /** The claim of a volume that all pods see, and the volume. */
  private static final String SHARED = "healthbeam";

  static final String MADE =
      "# Made by ./healthbeam template generate of what the options and runners-config/deploy say; change\n"
          + "# them, not this.";
  private static final String EXAMPLES =
      " In a copy, give your own values: those of required parameters are examples.\n";

  private static final int NEVER_BROKEN = 100_000;

  @Override
  public Set<String> folders() {
    return Set.of(MANIFESTS, DOCKER);
  }

  @Override
  public Map<String, String> of(List<Template> templates, Path root) throws IOException {
    SourceTree tree = SourceTree.read(root);
    Map<String, String> files = new TreeMap<>();
    for (JobImage image : List.of(FlinkDeployments.image(tree), SparkApplications.image(tree))) {
      files.put(image.dockerfile(), image.dockerfileText());
    }
    for (Template template : templates) {
      String file = "/" + template.name() + ".yaml";
      files.put(MANIFESTS + "/flink" + file, text(FlinkDeployments.of(template, tree)));
      if (!template.isStreaming()) {
        files.put(MANIFESTS + "/spark" + file, text(SparkApplications.of(template, tree)));
      }
    }
    return files;
  }

  /** Returns a resource of Kubernetes that runs a template. */
  static Map<String, Object> resource(
      String apiVersion,
      String kind,
      Template template,
      SourceTree tree,
      Map<String, Object> spec) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("apiVersion", apiVersion);
    resource.put("kind", kind);
    resource.put("metadata", metadata(template, tree));
    resource.put("spec", spec);
    return resource;
  }

  private static Map<String, Object> metadata(Template template, SourceTree tree) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("app.kubernetes.io/part-of", "healthbeam");
    labels.put("app.kubernetes.io/component", HealthPipelines.name(template.pipeline()));
    labels.put("app.kubernetes.io/version", tree.version());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", template.name());
    metadata.put("labels", labels);
    return metadata;
  }

  static Map<String, Object> volume() {
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("name", SHARED);
    volume.put("persistentVolumeClaim", Map.of("claimName", SHARED));
    return volume;
  }

  static Map<String, Object> mount() {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("name", SHARED);
    mount.put("mountPath", JobArguments.SHARED);
    return mount;
  }

  private static String text(Map<String, Object> manifest) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(NEVER_BROKEN)
            // The same object may stand in two places.
            .setMultiLineFlow(false)
            .build();
    return MADE + EXAMPLES + new Dump(settings).dumpToString(manifest);
  }
}
